"""Files for auditors at the command line: none is written over, and each command says what it wrote."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from database.pool import Pool
from tests.cli.shell import Shell
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.world import World

HEADS = ("银行", "账号", "流水号", "日期", "金额", "对方户名", "摘要")
LINE = (
    "bank",
    "account inventors_are_paid",
    "licensee 1 1",
    "2026/4/21",
    "10,000.00",
    "licensee inventors_are_paid",
    "",
)


@pytest.fixture
async def paid(surroundings: str, pool: Pool) -> World:
    world = await World("inventors_are_paid").write(pool)
    await STORIES["inventors_are_paid"](Desk(pool).ask, world)
    return world


def _csv(path: Path, *lines: tuple[str, ...], encoding: str = "utf-8") -> Path:
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in (HEADS, *lines))
    path.write_text(text, encoding=encoding)
    return path


async def test_a_banks_export_is_read_as_it_comes(paid: World, shell: Shell, tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "gb18030"):
        ended = await shell("audit", "outside", "--bank", _csv(tmp_path / encoding, LINE, encoding=encoding), "--json")
        assert (ended.code, ended.json["counts"]) == (0, {"theirs": 1, "ours": 1, "both": 1})
    table = pa.Table.from_pylist([dict(zip(HEADS, LINE, strict=True))])
    pq.write_table(table, tmp_path / "bank.parquet")
    with xlsxwriter.Workbook(str(tmp_path / "bank.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, LINE)
        sheet.write_datetime(1, 3, date(2026, 4, 21), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(1, 4, 10000)
        sheet.write_row(2, 0, (*LINE[:2], 0, *LINE[3:]))
        sheet.write_number(2, 2, 6222021234567890123)
    workbook = await shell("audit", "outside", "--bank", tmp_path / "bank.xlsx", "--json")
    assert workbook.json["counts"] == {"theirs": 1, "ours": 1, "both": 1}
    assert [one["refusals"][0]["code"] for one in workbook.json["refused_lines"]] == ["number_lost_digits"]
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and no more")
    assert (await shell("audit", "outside", "--bank", tmp_path / "broken.xlsx", "--json")).code not in (0, 1)
    assert (await shell("audit", "outside", "--bank", tmp_path / "bank.parquet")).code == 0


async def test_a_line_that_cannot_be_read_is_told_with_its_number_and_the_others_are_compared(
    paid: World, shell: Shell, tmp_path: Path
) -> None:
    wrong = (*LINE[:4], "ten thousand", *LINE[5:])
    ended = await shell("audit", "outside", "--bank", _csv(tmp_path / "bank.csv", LINE, wrong), "--json")
    assert ended.code == 1
    ((refused,),) = [[one] for one in ended.json["refused_lines"]]
    assert (refused["line"], refused["refusals"][0]["code"], refused["refusals"][0]["where"]) == (
        3,
        "not_money",
        "amount",
    )
    assert ended.json["counts"]["both"] == 1
    read = await shell("audit", "outside", "--bank", tmp_path / "bank.csv")
    assert "3 amount" in read.out


async def test_a_list_without_a_column_that_it_needs_and_two_lists_at_once_are_refused(
    surroundings: str, shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "bank.csv").write_text("bank,account\nb,a\n", encoding="utf-8")
    ended = await shell("audit", "outside", "--bank", tmp_path / "bank.csv", "--json")
    assert {one["where"] for one in ended.json["refused"]} == {"serial", "day", "amount"}
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    assert (await shell("audit", "outside", "--gazette", tmp_path / "empty.csv")).code == 2
    both = await shell("audit", "outside", "--bank", "a", "--treasury", "b", "--json")
    assert (both.code, both.json["refused"][0]["code"]) == (64, "one_list_at_a_time")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("sample", "--risk", "--size", "3"), "paper.xlsx"),
        (("tables",), "tables"),
        (("report", "--year", "2026"), "report"),
        (("process", "--ocel"), "log.json"),
        (("process", "--xes"), "log.xes"),
    ],
)
async def test_a_file_is_written_once(
    words: tuple[str, ...], name: str, paid: World, shell: Shell, tmp_path: Path
) -> None:
    asked = ("audit", *words, *(() if words[0] == "process" else ("--out",)), tmp_path / name)
    first = await shell(*asked)
    assert first.code == 0, first.err
    assert str(tmp_path / name) in first.out
    again = await shell(*asked, "--json")
    assert again.code not in (0, 1)
    assert "refused" in again.json


async def test_a_figure_is_opened_to_its_filings(paid: World, shell: Shell, tmp_path: Path) -> None:
    opened = await shell("audit", "report", "--year", "2026", "--figure", "licences.effective", "--json")
    licence = next(one for one in (await shell("list", "--kind", "licence", "--json")).json)
    assert opened.json["filings"] == [licence["filing_id"]]
    unknown = await shell("audit", "report", "--year", "2026", "--figure", "licences.efective", "--json")
    assert (unknown.code, unknown.json["refused"][0]["code"]) == (2, "figure_unknown")
    assert "licences.effective" in unknown.json["refused"][0]["remedy_en"]
    ended = await shell("audit", "report", "--year", "2026", "--out", tmp_path, "--json", "--lang", "en")
    assert ended.json["files"][0] == str(tmp_path / "open-licence-2026.json")
    assert json.loads((tmp_path / "open-licence-2026.json").read_text(encoding="utf-8"))["year"] == 2026
