"""Tables of facts: every way to write a cell, and rows that cannot be read are named while the others go on."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cli.whatif.table.cells import Cells
from cli.whatif.table.columns import KNOWN
from cli.whatif.table.file import read_table
from cli.whatif.table.table import ClaimTable
from runtime.settings import ROOT
from schemas.schemes.inputs import Claimant, SchemeItem
from schemas.values.model import SHANGHAI
from schemas.values.money import Money
from schemas.values.refusal import Refused, refusal
from texts.words import refusal_text

HEAD = "item_id,claimant,kind,region,received,received_on,contract_kind,patents,other.batch"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ClaimTable]:
    def made(*lines: str, head: str = HEAD, encoding: str = "utf-8") -> ClaimTable:
        path = tmp_path / "facts.csv"
        path.write_text("\n".join((head, *lines)) + "\n", encoding=encoding)
        return Cells(read_table(path, None)).facts()

    return made


def test_a_row_becomes_the_item_that_its_cells_describe(read: Callable[..., ClaimTable]) -> None:
    facts = read("i1,大学,university,hubei.wuhan,874000.5,2023-05-01,licence,P1:100.00;P2:873900.50,first")
    assert facts.refused == ()
    assert facts.claimant(0) == Claimant(claimant="大学", kind="university", region="hubei.wuhan")
    assert facts.item(0) == SchemeItem.model_validate(
        {
            "item_id": "i1",
            "received": "874000.50",
            "received_on": "2023-05-01",
            "contract_kind": "licence",
            "patents": [{"patent": "P1", "amount": "100.00"}, {"patent": "P2", "amount": "873900.50"}],
            "other": {"batch": "first"},
        }
    )


def test_an_empty_cell_is_not_stated(read: Callable[..., ClaimTable]) -> None:
    facts = read("i1,A,,,,,,,")
    assert facts.refused == ()
    assert facts.item(0) == SchemeItem(item_id="i1")
    assert facts.claimant(0) == Claimant(claimant="A")


def test_every_column_of_a_table_is_a_field_of_an_item_or_a_claimant() -> None:
    assert {*KNOWN} == {*SchemeItem.model_fields, *Claimant.model_fields, "previous_year"} - {"other", "held"}


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("i1,A,university,hubei,10.005,2023-05-01,licence,P1,", "received", "facts_cell_malformed"),
        ("i1,A,university,hubei,-1,2023-05-01,licence,P1,", "received", "facts_cell_malformed"),
        ("i1,A,university,hubei,1e3,2023-05-01,licence,P1,", "received", "facts_cell_malformed"),
        ("i1,A,university,hubei,1000000000000000,2023-05-01,licence,P1,", "received", "facts_cell_malformed"),
        ("i1,A,University,hubei,1,2023-05-01,licence,P1,", "kind", "facts_cell_malformed"),
        ("i1,A,university,湖北,1,2023-05-01,licence,P1,", "region", "facts_cell_malformed"),
        ("i1,A,university,hubei,1,2023-05-01,licence,P1;P1,", "patents", "facts_cell_malformed"),
        ("i1,A,university,hubei,1,2023-05-01,licence,P1;,", "patents", "facts_cell_malformed"),
        ("i1,A,university,hubei,1,2023-05-01,licence,P1:one,", "patents", "facts_cell_malformed"),
        ("i1,,university,hubei,1,2023-05-01,licence,P1,", "claimant", "facts_cell_empty"),
        (",A,university,hubei,1,2023-05-01,licence,P1,", "item_id", "facts_cell_empty"),
        (f"{'i' * 201},A,university,hubei,1,2023-05-01,licence,P1,", "item_id", "facts_cell_malformed"),
    ],
)
def test_a_bad_row_is_named_with_its_number_and_cause(
    read: Callable[..., ClaimTable], row: str, column: str, code: str
) -> None:
    good = "good,B,university,hubei,1,2023-05-01,licence,P1,"
    facts = read(good, row, good.replace("good", "better"))
    assert [(one.row, one.column, one.code) for one in facts.refused] == [(2, column, code)]
    assert facts.numbers.tolist() == [1, 3]
    assert facts.item_ids.to_pylist() == ["good", "better"]
    told = refusal_text(refusal(facts.refused[0].code, "", **facts.refused[0].facts))
    assert column in told.en
    assert column in told.zh


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2023-02-30", "not_a_day"),
        ("01/05/2023", "day_order_unclear"),
        ("45047", "day_as_number"),
        ("2023-05-01 09:00", "day_with_time"),
        ("1984-01-01", "impossible_day"),
    ],
)
def test_a_day_that_is_none_is_told_with_the_reason_that_all_files_give(
    read: Callable[..., ClaimTable], day: str, code: str
) -> None:
    facts = read("i1,A,,,1,2023-05-01,,,", f"i2,A,,,1,{day},,,")
    assert [(one.row, one.column, one.code) for one in facts.refused] == [(2, "received_on", code)]
    assert facts.numbers.tolist() == [1]


@pytest.mark.parametrize("day", ["20230501", "2023/5/1", "2023年5月1日", "2023-05-01 00:00:00", "２０２３．５．１"])
def test_a_day_is_read_as_in_every_other_file(read: Callable[..., ClaimTable], day: str) -> None:
    facts = read(f"i1,A,,,1,{day},,,")
    assert (facts.refused, facts.item(0).received_on) == ((), date(2023, 5, 1))


@pytest.mark.parametrize("yuan", ['"8,740.05"', "￥8740.05", "8740.05元", "８７４０．０５"])
def test_an_amount_is_read_as_in_every_other_file(read: Callable[..., ClaimTable], yuan: str) -> None:
    facts = read(f"i1,A,,,{yuan},,,,", "i2,A,,,1.00,,,,", "i3,A,,,1万,,,,")
    assert facts.amounts["received"].tolist() == [874005, 100]
    assert [(one.row, one.column) for one in facts.refused] == [(3, "received")]


def test_a_character_that_only_its_maker_can_read_is_told_with_row_and_column(read: Callable[..., ClaimTable]) -> None:
    facts = read("i1,A,,,1,,,,一批", "i2,A,,,1,,,,一\ue5e5", encoding="gb18030")
    assert [(one.row, one.column, one.code, one.facts["character"]) for one in facts.refused] == [
        (2, "other.batch", "private_use_character", "U+E5E5")
    ]


def test_a_patent_is_one_patent_of_the_table_in_every_printed_form(read: Callable[..., ClaimTable]) -> None:
    facts = read(
        "i1,A,,,1,,,201910065946.9,",
        "i2,A,,,1,,,zl2019 1006 5946.9:1;p 1:2,",
        "i3,A,,,1,,,P1;ＺＬ２０１９１００６５９４６．９,",
    )
    assert facts.patents is not None
    assert [
        [facts.patents.values[one] for one in facts.patents.codes[first:last]]
        for first, last in ((0, 1), (1, 3), (3, 5))
    ] == [["201910065946.9"], ["201910065946.9", "P1"], ["P1", "201910065946.9"]]
    assert len(facts.patents.values) == 2
    doubled = read("i1,A,,,1,,,201910065946.9;ZL201910065946.9,")
    assert [(one.row, one.column) for one in doubled.refused] == [(1, "patents")]


def test_an_item_that_stands_twice_counts_once_and_only_within_its_claimant(read: Callable[..., ClaimTable]) -> None:
    facts = read("i1,A,,,1,,,,", "i1,B,,,2,,,,", "i1,A,,,3,,,,")
    assert [(one.row, one.code, one.facts["row"]) for one in facts.refused] == [(3, "facts_item_twice", 1)]
    assert facts.amounts["received"].tolist() == [100, 200]
    assert facts.incomplete.tolist() == [True, False]


def test_who_is_said_to_be_two_things_is_what_the_first_row_says(read: Callable[..., ClaimTable]) -> None:
    facts = read("i1,A,,hubei,1,,,,", "i2,A,university,,1,,,,", "i3,A,enterprise,hubei,1,,,,")
    (wrong,) = facts.refused
    assert (wrong.row, wrong.column, wrong.facts["known"], wrong.facts["row"]) == (3, "kind", "university", 2)
    assert facts.claimant(0) == Claimant(claimant="A", kind="university", region="hubei")


def test_a_row_of_another_width_is_named_and_keeps_the_numbers_of_the_others(read: Callable[..., ClaimTable]) -> None:
    facts = read("i1,A,,,1,,,,", "i2,A,,1", "i3,A,,,x,,,,", "i4,A,,,4,,,,")
    assert [(one.row, one.code) for one in facts.refused] == [(2, "facts_row_width"), (3, "facts_cell_malformed")]
    assert facts.numbers.tolist() == [1, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_usual_encoding_is_read(read: Callable[..., ClaimTable], encoding: str) -> None:
    assert read("i1,武汉大学,,,1,,,,", encoding=encoding).claimants.values == ("武汉大学",)


@pytest.mark.parametrize(
    ("cells", "fen"),
    [
        (pa.array([Decimal("8740.05"), None], pa.decimal128(17, 2)), [874005, -1]),
        (pa.array([Decimal("8740.0500"), None], pa.decimal128(20, 4)), [874005, -1]),
        (pa.array([Decimal(8740), None], pa.decimal128(38, 0)), [874000, -1]),
        (pa.array([Decimal("999999999999999.99"), None], pa.decimal128(38, 2)), [10**17 - 1, -1]),
        (pa.array(["8740.05", None]), [874005, -1]),
        (pa.array(["8740.05", None]).dictionary_encode(), [874005, -1]),
        (pa.array(["8740.05", None], pa.large_string()), [874005, -1]),
        (pa.array(["8,740.05", None], pa.large_string()).dictionary_encode(), [874005, -1]),
        (pa.array([8740, None], pa.int64()), [874000, -1]),
        (pa.array([8740, None], pa.uint16()), [874000, -1]),
        (pa.array([999_999_999_999_999, None]), [99_999_999_999_999_900, -1]),
    ],
)
def test_an_amount_of_a_parquet_file_is_exact(tmp_path: Path, cells: Any, fen: list[int]) -> None:
    assert _parquet(tmp_path, received=cells).amounts["received"].tolist() == fen


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([Decimal("-1.00"), None], pa.decimal128(17, 2)),
        pa.array([Decimal("0.005"), None], pa.decimal128(17, 3)),
        pa.array([Decimal("1000000000000000.00"), None], pa.decimal128(38, 2)),
        pa.array([Decimal(2**64), None], pa.decimal128(38, 2)),
        pa.array([-1, None]),
        pa.array([10**15, None]),
        pa.array([2**63, None], pa.uint64()),
    ],
)
def test_an_amount_that_is_none_is_named(tmp_path: Path, cells: Any) -> None:
    assert [one.row for one in _parquet(tmp_path, received=cells).refused] == [1]


@pytest.mark.parametrize("cells", [pa.array([1.5, None]), pa.array([1.0, None]), pa.array([True, None])])
def test_an_amount_that_may_have_lost_a_fen_is_refused(tmp_path: Path, cells: Any) -> None:
    with pytest.raises(Refused, match="facts_column_type"):
        _parquet(tmp_path, received=cells)


_MIDNIGHT = datetime(2023, 5, 1)  # noqa: DTZ001  # as programs write a day that has no zone
_IN_SHANGHAI = datetime(2023, 5, 1, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([date(2023, 5, 1), None], pa.date32()),
        pa.array([date(2023, 5, 1), None], pa.date64()),
        *(pa.array([_MIDNIGHT, None], pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")),
        pa.array([_IN_SHANGHAI, None], pa.timestamp("us", "Asia/Shanghai")),
        pa.array([_IN_SHANGHAI, None], pa.timestamp("us", "UTC")),
        pa.array([_IN_SHANGHAI.replace(tzinfo=UTC), None], pa.timestamp("ns", "UTC")),
        pa.array(["2023-05-01", None], pa.large_string()),
        pa.array(["2023/5/1", None], pa.large_string()).dictionary_encode(),
    ],
    ids=lambda cells: str(cells.type),
)
def test_days_of_a_parquet_file(tmp_path: Path, cells: Any) -> None:
    facts = _parquet(tmp_path, received_on=cells)
    assert facts.refused == ()
    assert (facts.item(0).received_on, facts.item(1).received_on) == (date(2023, 5, 1), None)


def test_an_instant_that_is_no_day_is_told_with_where_it_is_in_shanghai(tmp_path: Path) -> None:
    morning = pa.array([_MIDNIGHT.replace(hour=9), None], pa.timestamp("us"))
    (bad,) = _parquet(tmp_path, received_on=morning).refused
    assert (bad.row, bad.code, bad.facts["there"]) == (1, "day_with_time", "2023-05-01 09:00:00")


@pytest.mark.parametrize("cells", [pa.array([45047, None]), pa.array([45047.0, None])])
def test_a_number_is_no_day(tmp_path: Path, cells: Any) -> None:
    with pytest.raises(Refused, match="facts_column_type"):
        _parquet(tmp_path, received_on=cells)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("item_id,kind", "facts_column_missing"),
        ("item_id,claimant,recieved", "facts_column_unknown"),
        ("item_id,claimant,other.Batch", "facts_column_unknown"),
        ("item_id,claimant,kind,kind", "column_twice"),
    ],
)
def test_a_table_with_wrong_columns_is_refused(read: Callable[..., ClaimTable], head: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read(head=head)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    for name, code in (
        ("facts.xlsx", "facts_kind_unknown"),
        ("missing.csv", "file_unreadable"),
        ("missing.parquet", "file_unreadable"),
    ):
        with pytest.raises(Refused, match=code):
            read_table(tmp_path / name, None)
    (tmp_path / "broken.parquet").write_bytes(b"no parquet at all")
    with pytest.raises(Refused, match="file_unreadable"):
        read_table(tmp_path / "broken.parquet", None)


def test_every_column_is_documented() -> None:
    text = (ROOT / "docs" / "whatif.md").read_text(encoding="utf-8")
    assert [name for name in KNOWN if f"`{name}`" not in text] == []


def test_amounts_are_money_to_the_fen(read: Callable[..., ClaimTable]) -> None:
    assert read("i1,A,,,999999999999999.99,,,,").item(0).received == Money(10**17 - 1)


def _parquet(folder: Path, **columns: Any) -> ClaimTable:
    table = pa.table({"item_id": ["i1", "i2"], "claimant": ["A", "A"], **columns})
    pq.write_table(table, folder / "facts.parquet")
    return Cells(read_table(folder / "facts.parquet", None)).facts()
