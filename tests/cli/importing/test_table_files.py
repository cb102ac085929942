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
