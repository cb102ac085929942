"""Files that are no table, or hardly one, are told for what they are; no row of them is lost in silence."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.session import Session
from tests.cli.importing.tables import put, reasons, row, table
from tests.cli.shell import Shell
from tests.lives.world import World


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "declarations.csv"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (lambda text: text.replace("\r\n", "\r"), 1),
        (lambda text: text[:-2].replace("\r\n", "\r", 2), 1),
        (lambda text: "\r\n".join(text.split("\r\n")[:2]) + "\r" + "\r\n".join(text.split("\r\n")[2:]), 2),
    ],
)
async def test_rows_that_a_carriage_return_alone_divides_are_never_lost_in_silence(
    path: Path, shell: Shell, body: Callable[[str], str], line: int
) -> None:
    put(path, body(table(*(row(World(f"{n}")) for n in range(3))).decode()).encode())
    ended = await shell("import", path, "--check", "--json")
    assert ended.code == 2
    told = ended.json.get("rows") or ended.json["refused"]
    assert [one["code"] for one in told] == ["line_end_alone"]
    assert f"line {line} holds" in told[0]["en"]


async def test_a_cell_is_as_long_as_a_line_may_be_and_longer_records_are_not_gathered(path: Path, shell: Shell) -> None:
    put(
        path,
        table(row(World("one"), 许可费说明="长" * 200_000), row(World("two"), 其他事项=("x" * 60_000 + "\n") * 50)),
    )
    ended = await shell("import", path, "--check", "--json")
    assert reasons(ended)[:2] == [(2, "too_long", "fee_explanation"), (3, "quote_unclosed", "")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00\xc0\xff", "file_is_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "file_is_workbook"),
        ("专利号,title".encode("utf-16-le"), "encoding_unsupported"),
    ],
)
async def test_a_file_that_is_no_csv_at_all_is_named(path: Path, shell: Shell, body: bytes, code: str) -> None:
    put(path, body)
    ended = await shell("import", path, "--check", "--json")
    assert (ended.code, [one["code"] for one in ended.json["refused"]]) == (2, [code])


@pytest.mark.parametrize("command", [("import",), ("import", "--check"), ("deliver",)])
@pytest.mark.parametrize("name", [".", "none.csv"])
async def test_a_folder_or_a_missing_file_is_refused_in_both_languages(
    session: Session, tmp_path: Path, shell: Shell, command: tuple[str, ...], name: str
) -> None:
    ended = await shell(*command, tmp_path / name, "--json")
    assert (ended.code, [one["code"] for one in ended.json["refused"]]) == (64, ["file_unreadable"])


async def test_a_table_that_can_be_read_only_once_is_refused(tmp_path: Path, shell: Shell) -> None:
    os.mkfifo(tmp_path / "pipe")
    ended = await asyncio.wait_for(shell("import", tmp_path / "pipe", "--check", "--json"), 20)
    assert (ended.code, ended.json["refused"][0]["code"]) == (64, "file_unreadable")


async def test_who_a_row_leaves_to_its_owner_is_told_once_and_at_the_owner(path: Path, shell: Shell) -> None:
    put(path, table(row(World("one"), 专利权人="某大学"), row(World("two"), 专利权人="")))
    ended = await shell("import", path, "--check", "--json")
    assert reasons(ended) == [(2, "not_an_id", "patentees"), (3, "field_missing", "patentees")]


async def test_a_stage_that_is_none_is_found_before_anything_is_imported(path: Path, shell: Shell) -> None:
    existing = {"公告日": "2024/5/6", "声明编号": "K-1"}
    put(
        path,
        table(
            row(World("one"), 阶段="in_force", **existing),
            row(World("two"), 阶段="生效", **existing),
            row(World("three"), 阶段="in_force", 公告日="", 声明编号="K-3"),
        ),
    )
    ended = await shell("import", path, "--check", "--by", World("one").party("operator"), "--json")
    assert reasons(ended) == [(3, "stage_unknown", "stage"), (4, "announcement_day_missing", "announced_on")]


def _running(world: World, rate: str) -> dict[str, str]:
    return row(world, 许可费形式="提成", 提成基数="销售额", 提成率=rate, 金额="")


@pytest.mark.parametrize("day", ["2026-03-02 00:00:00", "20260302", "2026-03-02T00:00:00Z", "２０２６．３．２"])
async def test_a_day_is_read_as_in_every_other_file(path: Path, shell: Shell, day: str) -> None:
    put(path, table(row(World("one"), 提交日=day)))
    assert (await shell("import", path, "--check", "--json")).json["counts"] == {"good": 1}


async def test_what_is_no_number_or_no_day_is_told_with_its_reason_and_counted_by_it(path: Path, shell: Shell) -> None:
    put(
        path,
        table(
            row(World("one"), 许可年限="1_0"),
            row(World("two"), 付款天数="3_0"),
            row(World("three"), 付款天数="15.0个工作日"),
            row(World("four"), 提交日="02/03/2026"),
            row(World("five"), 提交日="46083"),
            row(World("six"), 许可费形式="分期", 金额="", 分期款="0:5千;1e1:5000"),
            row(World("seven"), 付款天数="１５ 个工作日", 许可年限="３年", 金额="人民币10,000元整"),
        ),
    )
    ended = await shell("import", path, "--check", "--json")
    assert reasons(ended) == [
        (2, "not_a_whole_number", "term_years"),
        (3, "not_a_whole_number", "pay_within_days"),
        (4, "not_a_whole_number", "pay_within_days"),
        (5, "day_order_unclear", "on"),
        (6, "day_as_number", "on"),
        (7, "not_money", "instalments"),
        (7, "not_a_whole_number", "instalments"),
    ]
    assert ended.json["refused_for"] == {
        "not_a_whole_number": 4,
        "day_order_unclear": 1,
        "day_as_number": 1,
        "not_money": 1,
    }
    assert (ended.json["counts"], ended.code) == ({"refused": 6, "good": 1}, 2)


async def test_a_rate_a_hundred_times_below_the_usual_is_warned_of_unless_its_sign_is_there(
    path: Path, shell: Shell
) -> None:
    put(path, table(_running(World("one"), "0.03"), _running(World("two"), "0.03%"), _running(World("three"), "3")))
    ended = await shell("import", path, "--check", "--json")
    assert [(one["line"], one["kind"], one["code"], one["where"]) for one in ended.json["rows"]] == [
        (2, "warned", "running_rate_as_fraction", "rate")
    ]
    assert (ended.json["counts"], ended.code) == ({"good": 3}, 0)


async def test_a_character_that_only_its_maker_can_read_is_told_with_row_and_column(path: Path, shell: Shell) -> None:
    text = table(row(World("one")), row(World("two"), 其他事项="一种\ue5e5方法")).decode()
    put(path, text.encode("gb18030"))
    ended = await shell("import", path, "--check", "--json")
    assert reasons(ended) == [(3, "private_use_character", "other_matters")]
    assert ended.json["rows"][0]["facts"] == {"character": "U+E5E5", "place": "3"}
