"""People use the command line on a running platform: a declaration goes from its form to a licence that counts."""

import json
import re
import zipfile
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from temporalio.client import Client

from client.ask import Asker
from client.tell import send_due
from database.pool import Pool
from database.reads.read_model import events_since
from database.record.sequencer import sequence
from rules.schemes.catalogue import automatic_schemes
from tests.cli.offers import NUMBER, notice
from tests.cli.shell import Shell
from tests.conftest import Database


async def test_a_notice_begins_a_licence_and_its_repeat_gets_the_same_receipt(
    declared: str, people: dict[str, str], shell: Shell
) -> None:
    first = await shell(*notice(people, declared, "factory", "2026-11-10"))
    assert first.code == 0, first.out
    assert f"--act-id {first.json['act_id']}" in first.err
    again = await shell(*notice(people, declared, "factory", "2026-11-10"))
    assert again.json == first.json
    later = await shell(*notice(people, declared, "factory", "2026-11-11"))
    assert [one["code"] for one in later.json["refused"]] == ["open_licence_exists"]
    other = await shell(*notice(people, declared, "workshop", "2026-11-10"))
    assert other.json["receipt_number"] != first.json["receipt_number"]

    found = (await shell("list", "--kind", "licence", "--parent", declared, "--json")).json
    assert {one["filing_id"] for one in found} == {first.json["filing_id"], other.json["filing_id"]}


async def test_a_filing_shows_where_it_stands_and_who_may_do_what(declared: str, shell: Shell) -> None:
    shown = (await shell("show", declared, "--json")).json
    assert shown["stage"] == "in_force"
    assert shown["workflow"] == "running"
    assert [one["kind"] for one in shown["events"]] == [
        "declaration:submitted",
        "declaration:filed",
        "declaration:announced",
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
    by = ("--by", people["operator"])
    asked = await shell("pass-day", "2027-01-31", *by)
    assert (asked.code, "not_confirmed" in asked.err) == (64, True), "what falls due is shown, and nothing is done"
    assert "licence" in asked.out
    passed = await shell("pass-day", "2027-01-31", *by, "--yes", "--json")
    assert passed.code == 0, passed.out
    assert licence in {one["filing_id"] for one in passed.json["passed"]}
    assert sum(one["count"] for one in passed.json["falls_due"] if one["kind"] == "licence") > 0
    assert (await shell("pass-day", "2027-01-31", *by, "--yes", "--json")).json["passed"] == []
    assert licence in (await shell("tasks", "--json")).out
    one = await shell("pass-day", "2027-02-01", "--filing", licence, *by, "--yes", "--json")
    assert [answer["filing_id"] for answer in one.json["passed"]] == [licence]
    log = (await shell("audit", "log", "--by", people["operator"], "--json")).json
    assert [(one["outcome"], one["legal_on"]) for one in log if one["act_kind"] == "pass_day"] == [
        ("granted", "2027-01-31"),
        ("granted", "2027-01-31"),
        ("granted", "2027-02-01"),
    ]


async def test_a_day_that_has_not_come_passes_only_in_a_demonstration(
    people: dict[str, str], shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPEN_LICENCE_LEGAL_CLOCK", "timer")
    ended = await shell("pass-day", "2099-01-01", "--by", people["operator"], "--yes", "--json")
    assert (ended.code, ended.json["refused"][0]["code"]) == (2, "day_not_come")
    clerk = await shell("pass-day", "2026-01-01", "--by", people["clerk"], "--role", "licensor", "--yes", "--json")
    assert (clerk.code, clerk.json["refused"][0]["code"]) == (2, "role_not_allowed")
    log = (await shell("audit", "log", "--by", people["operator"], "--json")).json
    assert [(one["act_kind"], one["outcome"], one["legal_on"]) for one in log] == [
        ("pass_day", "refused", "2099-01-01")
    ]


async def test_the_outbox_tells_licences_what_happened_to_their_offer(
    declared: str,
    people: dict[str, str],
    evidence: str,
    shell: Shell,
    surroundings: str,
    pool: Pool,
    temporal_client: Client,
) -> None:
    licence = (await shell(*notice(people, declared, "factory", "2026-11-10"))).json["filing_id"]
    assert (
        await shell(
            "declaration",
            "file-withdrawal",
            declared,
            "--ground",
            "legitimate_reason",
            "--reason",
            evidence,
            "--on",
            "2026-11-11",
            "--by",
            people["clerk"],
        )
    ).code == 0
    assert (
        await shell(
            "declaration",
            "announce-withdrawal",
            declared,
            "--field",
            "gazette.issue=42-46",
            "--on",
            "2026-11-15",
            "--by",
            people["examiner"],
            "--evidence",
            evidence,
        )
    ).code == 0
    while await send_due(Asker(temporal_client, pool, task_queue=surroundings), automatic_schemes()):
        pass
    assert (await shell("show", licence, "--json")).json["stage"] == "not_concluded"


async def test_events_come_in_one_order(declared: str, pool: Pool, shell: Shell) -> None:
    async with pool.acquire() as connection:
        while await sequence(connection):
            pass
        known = await events_since(connection)
    found = (await shell("events", "--json")).json
    assert [one["sequence_number"] for one in found] == [one.sequence_number for one in known] == [1, 2, 3]
    assert [one["sequence_number"] for one in (await shell("events", "--since", "2", "--json")).json] == [3]
    assert "declaration:announced" in (await shell("events")).out


async def test_the_package_has_the_columns_of_the_form_and_its_attachments(
    declared: str, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path, pool: Pool
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
        "form": "lump_sum",
        "amount": "3000.00",
        "pay_within_days": None,
        "first_payment_after_months": 0,
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
    declared: str, shell: Shell, fresh_database: Database
) -> None:
    for proof in ("rebuild", "reconcile"):
        ended = await shell("audit", proof, "--json")
        assert (ended.code, ended.json["ok"]) == (0, True), ended.out
        counted = await shell("--lang", "zh", "audit", proof)
        assert not re.findall(r"[a-z]+_[a-z_]+", counted.out), "every count has a name"
    forger = await asyncpg.connect(fresh_database.superuser)
    await forger.execute("UPDATE filings SET stage = 'withdrawn' WHERE filing_id = $1", UUID(declared))
    await forger.close()
    ended = await shell("audit", "rebuild", "--json")
    assert (ended.code, ended.json["ok"]) == (1, False)
    assert {one["filing_id"] for one in ended.json["differences"]} == {declared}
    assert "differs" in (await shell("audit", "rebuild")).out
