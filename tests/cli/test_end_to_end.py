"""People use the command line on a running platform: a declaration goes from its form to a licence that counts."""

import asyncio
import gc
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from temporalio.client import Client

import cli.session
from client.ask import Asker
from client.tell import send_due
from database.pool import Pool
from database.reads.read_model import events_since
from database.record.sequencer import sequence
from rules.schemes.catalogue import automatic_schemes
from schemas.statements.bars import Bar
from tests.cli.conftest import Shell
from tests.conftest import Database

NUMBER, TITLE = "201910065946.9", "一种专利"


@pytest.fixture
async def people(surroundings: str, shell: Shell) -> dict[str, str]:
    """Name -> party id of everybody in these stories."""
    found = {}
    for name in ("university", "factory", "workshop"):
        found[name] = (await shell("party", "add", "--organisation", "--name", name, "--json")).json["party_id"]
    for name in ("clerk", "operator", "examiner"):
        found[name] = (await shell("party", "add", "--person", "--name", name, "--json")).json["party_id"]
    return found


@pytest.fixture
async def evidence(people: dict[str, str], shell: Shell, tmp_path: Path) -> str:
    """The content hash of a paper in the evidence store."""
    (tmp_path / "register.txt").write_text("excerpt of the register", encoding="utf-8")
    return str((await shell("document", "add", tmp_path / "register.txt", "--by", people["clerk"],
                            "--json")).json["content_hash"])


@pytest.fixture
async def declared(served: None, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path) -> str:
    """A declaration that was announced on 2026-11-03."""
    await add_to_register(shell)
    submitted = await shell(*submit(people, evidence, tmp_path))
    assert submitted.code == 0, submitted.out
    filing: str = submitted.json["filing_id"]
    for arguments in (
        ("mark-filed", filing, "--office-receipt-number", "R-1", "--on", "2026-11-02", "--by", people["operator"],
         "--field", f"bars={json.dumps(nine_noes(evidence))}"),
        ("announce", filing, "--declaration-number", "K-1", "--field", "gazette.issue=42-44", "--on", "2026-11-03",
         "--by", people["examiner"], "--evidence", evidence),
    ):
        ended = await shell("declaration", *arguments, "--json")
        assert ended.code == 0, ended.out
    return filing


async def add_to_register(shell: Shell) -> None:
    row = {"patent_number": NUMBER, "title": TITLE, "status": "granted", "source": "register",
           "filed_on": "2019-01-24", "granted_on": "2020-05-05"}
    assert (await shell("patent", "add", "-", "--json", stdin=json.dumps(row).encode())).code == 0


def nine_noes(evidence: str) -> list[dict[str, Any]]:
    return [{"bar": bar.value, "answer": "no", "evidence": evidence, "checked_on": "2026-11-01"} for bar in Bar]


def submit(people: dict[str, str], evidence: str, folder: Path, **changes: Any) -> tuple[object, ...]:
    offer = {
        "patent_number": f"ZL {NUMBER}", "title": TITLE, "patentees": [{"party_id": people["university"]}],
        "filed_on": "2019-01-24", "granted_on": "2020-05-05", "royalty": {"form": "lump_sum", "amount": "3000.00"},
        "term": {"form": "years_from_effect", "years": 5}, "contact": people["clerk"], "commitments": True,
        "fee_explanation": "按同类许可计算", "attachments": [evidence], **changes,
    }
    (folder / "offer.json").write_text(json.dumps({"offer": offer, "bars": nine_noes(evidence)}), encoding="utf-8")
    return ("declaration", "submit", folder / "offer.json", "--by", people["clerk"], "--organisation",
            people["university"], "--on", "2026-11-01", "--evidence", evidence, "--legal-clock", "acts", "--json")


def notice(people: dict[str, str], filing: str, licensee: str, on: str) -> tuple[object, ...]:
    return ("licence", "give-notice", "--declaration", filing, "--licensee", people[licensee], "--by",
            people[licensee], "--on", on, "--legal-clock", "acts", "--json")


async def test_a_notice_begins_a_licence_and_its_repeat_gets_the_same_receipt(
    declared: str, people: dict[str, str], shell: Shell,
) -> None:
    first = await shell(*notice(people, declared, "factory", "2026-11-10"))
    assert first.code == 0, first.out
    assert f"--act-id {first.json['act_id']}" in first.err
    again = await shell(*notice(people, declared, "factory", "2026-11-11"))
    assert again.json == first.json
    other = await shell(*notice(people, declared, "workshop", "2026-11-10"))
    assert other.json["receipt_number"] != first.json["receipt_number"]

    found = (await shell("list", "--kind", "licence", "--parent", declared, "--json")).json
    assert {one["filing_id"] for one in found} == {first.json["filing_id"], other.json["filing_id"]}


async def test_a_filing_shows_where_it_stands_and_who_may_do_what(declared: str, shell: Shell) -> None:
    shown = (await shell("show", declared, "--json")).json
    assert shown["stage"] == "in_force"
    assert shown["workflow"] == "running"
    assert [one["kind"] for one in shown["events"]] == [
        "declaration:submitted", "declaration:filed", "declaration:announced",
    ]
    assert "file_withdrawal" in shown["acts_possible"]["licensor"]
    assert "timer" not in shown["acts_possible"]
    assert shown["position"]["offer"]["terms"][0]["royalty"]["amount"] == "3000.00"
    read = await shell("show", declared)
    assert "in_force" in read.out
    assert "file_withdrawal" in read.out


async def test_days_pass_only_when_they_are_told_to(declared: str, people: dict[str, str], shell: Shell) -> None:
    licence = (await shell(*notice(people, declared, "factory", "2026-11-10"))).json["filing_id"]
    assert (await shell("tasks", "--json")).json == [] or licence not in (await shell("tasks", "--json")).out
    passed = await shell("pass-day", "2027-01-31", "--json")
    assert passed.code == 0, passed.out
    assert licence in {one["filing_id"] for one in passed.json["passed"]}
    assert (await shell("pass-day", "2027-01-31", "--json")).json["passed"] == []
    assert licence in (await shell("tasks", "--json")).out
    one = await shell("pass-day", "2027-02-01", "--filing", licence, "--json")
    assert [answer["filing_id"] for answer in one.json["passed"]] == [licence]


async def test_the_outbox_tells_licences_what_happened_to_their_offer(
    declared: str, people: dict[str, str], evidence: str, shell: Shell, surroundings: str, pool: Pool,
    temporal_client: Client,
) -> None:
    licence = (await shell(*notice(people, declared, "factory", "2026-11-10"))).json["filing_id"]
    assert (await shell(
        "declaration", "file-withdrawal", declared, "--ground", "legitimate_reason", "--reason", evidence, "--on",
        "2026-11-11", "--by", people["clerk"],
    )).code == 0
    assert (await shell(
        "declaration", "announce-withdrawal", declared, "--field", "gazette.issue=42-46", "--on", "2026-11-15", "--by",
        people["examiner"], "--evidence", evidence,
    )).code == 0
    while await send_due(Asker(temporal_client, pool, task_queue=surroundings), automatic_schemes()):
        pass
    assert (await shell("show", licence, "--json")).json["stage"] == "not_concluded"


async def test_events_come_in_one_order(declared: str, pool: Pool, shell: Shell) -> None:
    async with pool.acquire() as connection:
        while await sequence(connection):
            pass
        known = await events_since(connection)
    found = (await shell("events", "--json")).json
    assert [one["position"] for one in found] == [one.position for one in known] == [1, 2, 3]
    assert [one["position"] for one in (await shell("events", "--since", "2", "--json")).json] == [3]
    assert "declaration:announced" in (await shell("events")).out


async def test_the_package_has_the_columns_of_the_form_and_its_attachments(
    declared: str, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path, pool: Pool,
) -> None:
    ended = await shell("package", declared, "--out", tmp_path / "package", "--by", people["operator"], "--json")
    assert ended.code == 0, ended.out
    text = (tmp_path / "package" / "declaration.txt").read_text(encoding="utf-8")
    columns = [line for line in text.splitlines() if line.startswith(tuple("①②③④⑤⑥"))]
    assert len(columns) == 6
    assert f"ZL{NUMBER}" in text
    assert "一次总付 3000.00 元" in text
    assert "university" in text
    assert "clerk" in text, "who reads may see the contact's name"
    body = json.loads((tmp_path / "package" / "declaration.json").read_text(encoding="utf-8"))
    assert body["offer"]["royalty"] == {
        "form": "lump_sum", "amount": "3000.00", "pay_within_days": None, "first_payment_after_months": 0,
    }
    assert (tmp_path / "package" / "attachments" / f"{evidence}.txt").read_text() == "excerpt of the register"
    async with pool.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM audit_log WHERE outcome = 'read'") == 1

    unread = await shell("package", declared, "--out", tmp_path / "package.zip")
    assert unread.code == 0, unread.err
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        assert "clerk" not in archive.read("declaration.txt").decode()

    assert (await shell("package", declared, "--out", tmp_path / "package", "--json")).json["refused"][0]["code"] == (
        "file_unwritable"
    )


async def test_an_audit_of_an_honest_record_agrees_and_of_a_forged_one_exits_with_1(
    declared: str, shell: Shell, fresh_database: Database,
) -> None:
    for proof in ("rebuild", "reconcile"):
        ended = await shell("audit", proof, "--json")
        assert (ended.code, ended.json["ok"]) == (0, True), ended.out
    forger = await asyncpg.connect(fresh_database.superuser)
    await forger.execute("UPDATE filings SET stage = 'withdrawn' WHERE filing_id = $1", UUID(declared))
    await forger.close()
    ended = await shell("audit", "rebuild", "--json")
    assert (ended.code, ended.json["ok"]) == (1, False)
    assert {one["filing_id"] for one in ended.json["differences"]} == {declared}
    assert "不一致" in (await shell("audit", "rebuild")).out


async def test_a_refusal_of_the_law_exits_with_2_and_stands_in_the_audit_log(
    served: None, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path, pool: Pool,
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
    served: None, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path,
) -> None:
    await add_to_register(shell)
    act_id = str(UUID(int=7))
    first = await shell(*submit(people, evidence, tmp_path), "--act-id", act_id)
    again = await shell(*submit(people, evidence, tmp_path), "--act-id", act_id)
    assert first.json == again.json
    other = await shell(*submit(people, evidence, tmp_path, title="另一种专利"), "--act-id", act_id)
    assert other.code == 2


async def test_an_act_of_a_filing_that_does_not_exist_is_refused(
    served: None, people: dict[str, str], shell: Shell,
) -> None:
    nobody = UUID(int=9)
    for arguments in (("declaration", "discard", nobody, "--by", people["clerk"]),
                      ("licence", "retract", nobody, "--by", people["factory"]),
                      ("show", nobody), ("package", nobody), ("pass-day", "2026-11-20", "--filing", nobody)):
        ended = await shell(*arguments, "--json")
        assert (ended.code, ended.json["refused"][0]["code"]) == (2, "filing_unknown"), arguments


async def test_a_second_declaration_is_refused_and_the_first_is_found_by_its_patent(
    declared: str, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path,
) -> None:
    refused = (await shell(*submit(people, evidence, tmp_path), "--json")).json["refused"]
    assert [one["code"] for one in refused] == ["already_declared"]
    assert refused[0]["remedy_en"].endswith(f"list --patent {NUMBER}")
    for patent, found in ((f"ZL {NUMBER}", [declared]), ("02139508.X", [])):
        listed = await shell("list", "--patent", patent, "--json")
        assert [one["filing_id"] for one in listed.json] == found
    wrong = await shell("list", "--patent", "201910065946.8", "--json")
    assert (wrong.code, wrong.json["refused"][0]["where"]) == (2, "patent")


async def test_an_act_on_a_filing_of_another_kind_is_refused(
    declared: str, people: dict[str, str], evidence: str, shell: Shell, pool: Pool,
) -> None:
    notice = await shell("licence", "give-notice", "--declaration", declared, "--licensee", people["factory"],
                         "--by", people["factory"], "--json")
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
    surroundings: str, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cli.session, "PATIENCE", timedelta(seconds=1))
    monkeypatch.setattr(cli.session, "_TELL_AFTER", 0.2)
    ended = await asyncio.wait_for(shell(*submit(people, evidence, tmp_path)), 20)
    assert ended.code == 1
    assert ended.json["fault"]["whose"] == "temporal"
    assert ended.json["fault"]["retry"] is True
    assert "make up" in ended.err
    gc.collect()  # the SDK keeps an error that nobody fetches, and asyncio complains when it is collected
