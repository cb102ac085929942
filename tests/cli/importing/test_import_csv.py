"""A table of declarations is read in any usual form, row by row, and imported once."""

import asyncio
import time
from pathlib import Path
from uuid import UUID

import pytest

from benchmarks.import_check import HEADER, write
from cli.session import Session
from client.files.csv_file import GB18030, UTF8, UTF8_BOM, records, survey
from client.importing.importing import Imported, Importer, Outcome
from client.importing.rows import import_rows
from database.pool import Pool
from schemas.acts.act import FilingKind
from tests.cli.importing.tables import put, reasons, row, table
from tests.cli.shell import Shell
from tests.lives.declarations import DeclarationLife
from tests.lives.world import World
from texts.words import refusal_text

SECONDS_FOR_5000_ROWS = 20.0
"""Ten times what the whole is allowed per row, and the start of a process on a busy machine."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "declarations.csv"


@pytest.mark.parametrize(("encoding", "codec"), [(UTF8, "utf-8"), (UTF8_BOM, "utf-8-sig"), (GB18030, "gb18030")])
async def test_the_encoding_is_found_and_told(path: Path, shell: Shell, encoding: str, codec: str) -> None:
    put(path, table(row(World("one")), row(World("two"))).decode().encode(codec))
    ended = await shell("import", path, "--check", "--json")
    assert (ended.code, ended.json["encoding"], ended.json["counts"]) == (0, encoding, {"good": 2})


async def test_unknown_bytes_are_named_with_line_and_offset(path: Path, shell: Shell) -> None:
    body = table(row(World("one")), row(World("two"), 专利名称="@@"), row(World("three")))
    put(path, body.replace(b"@@", b"\xff\xfe"))
    ended = await shell("import", path, "--check", "--json")
    assert (ended.code, ended.json["counts"]) == (2, {"good": 2, "refused": 1})
    [bad] = ended.json["rows"]
    assert bad["en"] == f"line 3: the bytes FF at offset {body.index(b'@@')} of the file are no text in UTF-8"
    assert "FF" in bad["zh"]


async def test_a_gb18030_file_with_bad_bytes_is_still_gb18030(path: Path, shell: Shell) -> None:
    body = table(*(row(World(f"{n}")) for n in range(4)), row(World("bad"), 专利名称="@@")).decode().encode("gb18030")
    put(path, body.replace(b"@@", b"\xff"))
    ended = await shell("import", path, "--check", "--json")
    assert ended.json["encoding"] == GB18030
    assert reasons(ended) == [(6, "bytes_unreadable", "")]


async def test_utf_16_is_refused_with_what_to_do(path: Path, shell: Shell) -> None:
    put(path, table(row(World("one"))).decode().encode("utf-16"))
    ended = await shell("import", path, "--check", "--json")
    assert (ended.code, ended.json["refused"][0]["code"]) == (2, "encoding_unsupported")


async def test_an_unknown_column_refuses_the_file_with_all_that_is_wrong(path: Path, shell: Shell) -> None:
    one = row(World("one"), 价格="5")
    del one["承诺"]
    put(path, table(one))
    ended = await shell("import", path, "--check", "--json")
    assert ended.code == 2
    assert [one["code"] for one in ended.json["refused"]] == ["column_unknown", "column_missing"]


async def test_each_bad_row_is_told_with_its_column_and_the_others_go_on(path: Path, shell: Shell) -> None:
    wrong = str(World("one").patent_number)
    wrong = wrong[:-1] + ("1" if wrong[-1] != "1" else "2")
    put(
        path,
        table(
            row(World("one"), 专利号=wrong),
            row(World("two"), 金额="-5"),
            row(World("three"), 金额="5.001"),
            row(World("four"), 提交日="2026-02-30"),
            row(World("five"), 许可年限="", 许可截止日="2050-01-01"),
            row(World("six"), 提交日="2021-05-31"),
            row(World("seven"), 专利权人=f"{World('seven').party('unit')};{World('seven').party('licensee')}"),
            row(World("eight"), 许可费形式="随便"),
            row(World("nine")),
            row(World("nine")),
        ),
    )
    ended = await shell("import", path, "--check", "--json")
    assert reasons(ended) == [
        (2, "number_check_failed", "patent_number"),
        (3, "no_money", "amount"),
        (4, "not_money", "amount"),
        (5, "not_a_day", "on"),
        (6, "term_beyond_patent", "term_ends_on"),
        (7, "declared_before_grant", "granted_on"),
        (8, "consent_missing", "patentees"),
        (9, "cell_not_a_choice", "royalty_form"),
        (11, "row_twice", "patent_number"),
    ]
    for one in ended.json["rows"]:
        assert one["zh"]
        assert one["remedy_en"]


async def test_a_line_break_in_quotes_is_text_and_an_open_quote_swallows_nothing(path: Path, shell: Shell) -> None:
    broken = table(row(World("two"), 其他事项="@@")).splitlines()[1].replace(b"@@", b'"never closed')
    put(
        path,
        table(row(World("one"), 其他事项="第一行\n第二行", 许可费说明='他说"好"\n'))
        + broken
        + b"\r\n"
        + table(*(row(World(f"{n}"), 其他事项="") for n in range(5))).split(b"\r\n", 1)[1],
    )
    known = survey(path)
    rows = list(import_rows(records(path, known), path.name, None))
    assert rows[0].act is not None
    assert rows[0].act.offer.other_matters == "第一行\n第二行"
    assert [(one.line, one.refusals[0].code) for one in rows if one.refusals] == [(5, "quote_unclosed")]
    assert sum(one.act is not None for one in rows) == 6


async def test_a_row_of_another_width_is_refused(path: Path, shell: Shell) -> None:
    body = table(row(World("one")))
    put(path, body.rstrip() + b",more\r\n" + b"short,row\r\n\r\n")
    ended = await shell("import", path, "--check", "--json")
    assert reasons(ended) == [(2, "row_width", ""), (3, "row_width", "")]


async def test_control_characters_do_not_reach_the_terminal(path: Path, shell: Shell) -> None:
    put(path, table(row(World("one"), 申请日="\x1b[2J=cmd|'/c calc'!A0")))
    ended = await shell("import", path, "--check")
    assert "\x1b" not in ended.out
    assert "\\u001b[2J=cmd" in ended.out


@pytest.mark.slow  # it measures
async def test_five_thousand_rows_are_checked_in_their_time(path: Path, shell: Shell) -> None:
    write(path, 5_000, "gb18030")
    began = time.process_time()  # others use the machine too
    ended = await shell("import", path, "--check", "--json")
    assert time.process_time() - began < SECONDS_FOR_5000_ROWS
    assert ended.json["counts"] == {"good": 4_950, "refused": 50}


def test_the_example_is_good() -> None:
    example = Path("examples/declarations.csv")
    rows = list(import_rows(records(example, survey(example)), example.name, by=None))
    assert rows
    assert all(one.act is not None for one in rows), [one.refusals for one in rows]
    assert HEADER[0] in example.read_text().splitlines()[0]


def importing(session: Session, by: UUID | None = None, second: UUID | None = None) -> Importer:
    return Importer(session.pool, session.ask, session.of_installation().ask, by, second)


async def imported(importer: Importer, path: Path) -> list[Imported]:
    return [one async for one in importer.run(path.name, records(path, survey(path)))]


async def count(pool: Pool, query: str) -> int:
    async with pool.acquire() as connection:
        number: int = await connection.fetchval(query)
    return number


async def test_an_import_that_was_cut_off_goes_on_and_every_row_is_there_once(path: Path, session: Session) -> None:
    worlds = [await World(f"cut {n}").write(session.pool) for n in range(25)]
    put(path, table(*(row(one) for one in worlds)))
    seen: list[Imported] = []

    async def begin() -> None:
        async for one in importing(session).run(path.name, records(path, survey(path))):
            seen.append(one)  # noqa: PERF401  # it is looked at while it grows

    first = asyncio.create_task(begin())
    while len(seen) < 4:
        await asyncio.sleep(0.01)
        assert not first.done()
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)

    done = await imported(importing(session), path)
    assert {one.outcome for one in done} == {Outcome.IMPORTED, Outcome.KNOWN}
    assert [one.line for one in done] == list(range(2, 27))
    assert await count(session.pool, "SELECT count(*) FROM filings") == 25
    assert await count(session.pool, "SELECT count(*) FROM events") == 25

    again = await imported(importing(session), path)
    assert {one.outcome for one in again} == {Outcome.KNOWN}
    assert {one.line: one.filing_id for one in again} == {one.line: one.filing_id for one in done}


async def test_a_mended_file_does_only_what_is_not_done(path: Path, session: Session) -> None:
    worlds = [await World(f"mended {n}").write(session.pool) for n in range(3)]
    put(path, table(row(worlds[0]), row(worlds[1], 金额="1万"), row(worlds[2])))
    first = await imported(importing(session), path)
    assert [one.outcome for one in first] == [Outcome.IMPORTED, Outcome.REFUSED, Outcome.IMPORTED]
    spelt = row(worlds[0], 专利号=f"zl{worlds[0].patent_number}", 金额="10000", 提交日="2026年3月2日")
    put(path, table(row(worlds[2]), spelt, row(worlds[1])))
    done = await imported(importing(session), path)
    assert [one.outcome for one in done] == [Outcome.KNOWN, Outcome.KNOWN, Outcome.IMPORTED]
    assert [one.filing_id for one in done[:2]] == [first[2].filing_id, first[0].filing_id]
    assert await count(session.pool, "SELECT count(*) FROM events") == 3


async def test_a_row_that_was_changed_after_it_was_taken_is_told_with_its_columns(path: Path, session: Session) -> None:
    world = await World("changed").write(session.pool)
    put(path, table(row(world)))
    [first] = await imported(importing(session), path)
    put(path, table(row(world, 金额="20,000.00", 许可年限="5")))
    [changed] = await imported(importing(session), path)
    (no,) = changed.refusals
    assert (no.code, no.facts["filing_id"], no.facts["columns"]) == (
        "row_changed",
        str(first.filing_id),
        "amount、term_years",
    )
    assert await count(session.pool, "SELECT count(*) FROM events") == 1
    life = DeclarationLife(world)
    taken_back = life.take_back().but(filing_id=first.filing_id)
    await session.ask(FilingKind.DECLARATION, taken_back)
    assert [one.outcome for one in await imported(importing(session), path)] == [Outcome.IMPORTED]


async def test_a_row_that_waits_for_its_second_person_is_not_taken_over_otherwise(path: Path, session: Session) -> None:
    world = await World("waits").write(session.pool)
    operator = world.party("operator")
    put(path, table(row(world, 阶段="in_force", 公告日="2024/5/6")))
    await imported(importing(session, operator), path)
    put(path, table(row(world, 阶段="in_force", 公告日="2024/5/7")))
    [changed] = await imported(importing(session, operator, world.party("second_operator")), path)
    assert [(one.code, one.facts["columns"]) for one in changed.refusals] == [("row_changed", "announced_on")]


async def test_a_patent_that_is_declared_otherwise_is_refused_with_its_article(path: Path, session: Session) -> None:
    world = await World("twice").write(session.pool)
    await session.ask(FilingKind.DECLARATION, DeclarationLife(world).submit())
    put(path, table(row(world), row(World("nobody"))))
    done = await imported(importing(session), path)
    assert [one.outcome for one in done] == [Outcome.REFUSED, Outcome.REFUSED]
    assert [one.code for one in done[0].refusals] == ["already_declared"]
    assert refusal_text(done[0].refusals[0]).article
    assert {"patent_not_in_register"} <= {one.code for one in done[1].refusals}
    assert await count(session.pool, "SELECT count(*) FROM filings") == 1


async def test_an_existing_declaration_is_taken_over_by_two_people(path: Path, session: Session, shell: Shell) -> None:
    world = await World("existing").write(session.pool)
    put(path, table(row(world, 阶段="in_force", 公告日="2024/5/6", 声明编号="K-1")))
    operator, second = world.party("operator"), world.party("second_operator")

    refused = await shell("import", path, "--check", "--json")
    assert reasons(refused) == [(2, "import_operator_missing", "stage")]
    [waiting] = await imported(importing(session, operator), path)
    assert waiting.outcome is Outcome.AWAITS_COUNTERSIGNATURE
    [done] = await imported(importing(session, operator, second), path)
    assert done.outcome is Outcome.IMPORTED
    async with session.pool.acquire() as connection:
        found = await connection.fetchrow("SELECT stage, position ->> 'declaration_number' AS number FROM filings")
    assert found is not None
    assert (found["stage"], found["number"]) == ("in_force", "K-1")


async def test_the_row_itself_is_the_evidence(path: Path, session: Session) -> None:
    world = await World("evidence").write(session.pool)
    put(path, table(row(world, 专利名称="=1+1")))
    [refused] = await imported(importing(session), path)
    assert [one.code for one in refused.refusals] == ["differs_from_register"]
    put(path, table(row(world)))
    [done] = await imported(importing(session), path)
    async with session.pool.acquire() as connection:
        body = await connection.fetchval(
            """SELECT d.body FROM events e JOIN documents d ON d.content_hash = e.body #>> '{act,evidence,0}'
               WHERE e.filing_id = $1""",
            done.filing_id,
        )
    assert body == table(row(world)).splitlines(keepends=True)[1]


async def test_the_command_counts_and_ends_with_2_when_a_row_was_refused(
    path: Path, session: Session, shell: Shell
) -> None:
    world = await World("command").write(session.pool)
    put(path, table(row(world), row(World("nobody"))))
    ended = await shell("import", path, "--json")
    assert (ended.code, ended.json["counts"]) == (2, {"imported": 1, "refused": 1})
    assert (await shell("import", path)).out.endswith("known 1, refused 1\nrefused patent_not_in_register: 1\n")
