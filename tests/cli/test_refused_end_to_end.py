"""People ask for what cannot be on a running platform, and are told why and what to do."""

import asyncio
import gc
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

import cli.screen.waiting
import cli.session
from database.pool import Pool
from tests.cli.offers import NUMBER, add_to_register, submit
from tests.cli.shell import Shell


async def test_a_refusal_of_the_law_exits_with_2_and_stands_in_the_audit_log(
    served: None, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path, pool: Pool
) -> None:
    ended = await shell(*submit(people, evidence, tmp_path))
    assert ended.code == 2
    (found,) = ended.json["refused"]
    assert found["code"] == "patent_not_in_register"
    assert found["article"]
    assert found["remedy_zh"]
    assert found["remedy_en"]
    async with pool.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM audit_log WHERE outcome = 'refused'") == 1


async def test_a_repeat_is_given_the_first_answer_and_another_form_under_its_id_is_refused(
    served: None, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path
) -> None:
    await add_to_register(shell)
    act_id = str(UUID(int=7))
    first = await shell(*submit(people, evidence, tmp_path), "--act-id", act_id)
    again = await shell(*submit(people, evidence, tmp_path), "--act-id", act_id)
    assert first.json == again.json
    other = await shell(*submit(people, evidence, tmp_path, title="另一种专利"), "--act-id", act_id)
    assert other.code == 2


async def test_an_act_of_a_filing_that_does_not_exist_is_refused(
    served: None, people: dict[str, str], shell: Shell
) -> None:
    nobody = UUID(int=9)
    for arguments in (
        ("declaration", "discard", nobody, "--by", people["clerk"]),
        ("licence", "retract", nobody, "--by", people["factory"]),
        ("show", nobody),
        ("package", nobody),
        ("pass-day", "2026-11-20", "--filing", nobody, "--by", people["operator"], "--yes"),
    ):
        ended = await shell(*arguments, "--json")
        assert (ended.code, ended.json["refused"][0]["code"]) == (2, "filing_unknown"), arguments


async def test_a_second_declaration_is_refused_and_the_first_is_found_by_its_patent(
    declared: str, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path
) -> None:
    refused = (await shell(*submit(people, evidence, tmp_path), "--json")).json["refused"]
    assert [one["code"] for one in refused] == ["already_declared"]
    assert refused[0]["remedy_en"].endswith(f"list --patent {NUMBER}")
    listed = await shell("list", "--patent", f"ZL {NUMBER}", "--json")
    assert [one["filing_id"] for one in listed.json] == [declared]
    unknown = await shell("list", "--patent", "02139508.X", "--json")
    assert (unknown.code, unknown.json["refused"][0]["code"]) == (2, "nothing_called_so")
    wrong = await shell("list", "--patent", "201910065946.8", "--json")
    assert (wrong.code, wrong.json["refused"][0]["where"]) == (64, "--patent")


async def test_an_act_on_a_filing_of_another_kind_is_refused(
    declared: str, people: dict[str, str], evidence: str, shell: Shell, pool: Pool
) -> None:
    notice = await shell(
        "licence",
        "give-notice",
        "--declaration",
        declared,
        "--licensee",
        people["factory"],
        "--by",
        people["factory"],
        "--json",
    )
    licence, recorded = notice.json["filing_id"], "SELECT count(*) FROM events"
    async with pool.acquire() as connection:
        before = await connection.fetchval(recorded)
    for arguments in (
        ("licence", "pay", declared, "--amount", "5.00", "--voucher", evidence, "--by", people["factory"]),
        ("declaration", "discard", licence, "--by", people["clerk"]),
        ("declaration", "countersign", licence, "--countersigns", UUID(int=9), "--by", people["clerk"]),
        ("payout", "countersign", licence, "--countersigns", UUID(int=9), "--by", people["clerk"]),
    ):
        ended = await shell(*arguments, "--json")
        assert (ended.code, ended.json["refused"][0]["code"]) == (2, "filing_of_another_kind"), ended.out
    async with pool.acquire() as connection:
        assert await connection.fetchval(recorded) == before


async def test_without_a_worker_a_person_is_told_what_may_be_missing(
    surroundings: str,
    people: dict[str, str],
    evidence: str,
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cli.session, "PATIENCE", timedelta(seconds=1))
    monkeypatch.setattr(cli.screen.waiting, "_TELL_AFTER", 0.2)
    ended = await asyncio.wait_for(shell(*submit(people, evidence, tmp_path)), 20)
    assert ended.code == 1
    assert ended.json["fault"]["whose"] == "temporal"
    assert ended.json["fault"]["retry"] is True
    assert "make up" in ended.err
    gc.collect()  # the SDK keeps an error that nobody fetches, and asyncio complains when it is collected


async def test_a_notice_has_the_clock_of_its_declaration_whatever_is_asked(
    declared: str, people: dict[str, str], shell: Shell
) -> None:
    factory = people["factory"]
    given = ("licence", "give-notice", "--declaration", declared, "--licensee", factory, "--by", factory)
    asked = (*given, "--on", "2026-11-04", "--json")
    other = await shell(*asked, "--legal-clock", "timer")
    assert (other.code, other.json["refused"][0]["code"]) == (2, "legal_clock_differs")
    inherited = await shell(*asked)
    assert inherited.code == 0, inherited.out
    assert (await shell("show", inherited.json["filing_id"], "--json")).json["legal_clock"] == "acts"
