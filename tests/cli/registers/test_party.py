"""Persons are sealed and can be erased; organisations are public and known by their code."""

import json
import os
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from database.pool import Pool
from schemas.values.credit_code import credit_code_of
from tests.cli.shell import Shell

CODE = credit_code_of("12330000470095016")
pytestmark = pytest.mark.usefixtures("surroundings")
TABLE = json.dumps(
    {
        "year": 2031,
        "rest": [{"first": "2031-01-01", "last": "2031-01-01"}],
        "mark": "S",
        "checked_on": "2030-11-10",
        "cite": {"provision": "whole", "instrument": "a notice of the State Council"},
    }
).encode()


async def somebody(shell: Shell) -> str:
    """A new person."""
    return str((await shell("party", "add", "--person", "--name", "李四", "--json")).json["party_id"])


async def test_an_organisation_is_the_same_party_however_often_it_is_added(shell: Shell) -> None:
    arguments = ("party", "add", "--organisation", "--name", "A university", "--credit-code", CODE, "--json")
    first, again = await shell(*arguments), await shell(*arguments)
    assert (first.json["new"], again.json["new"]) == (True, False)
    assert first.json["party_id"] == again.json["party_id"]
    renamed = await shell("party", "add", "--organisation", "--name", "B", "--credit-code", CODE, "--json")
    assert (renamed.code, renamed.json["refused"][0]["code"]) == (2, "party_differs")


async def test_one_credit_code_is_one_party_however_it_is_written(shell: Shell) -> None:
    code, named = credit_code_of("12330000470095018"), str(uuid4())
    unit = ("party", "add", "--organisation", "--name", "某公司", "--json")
    first = await shell(*unit, "--credit-code", code, "--party-id", named)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code)
    for spelt in (code.lower(), f" {code}", f"{code[:8]} {code[8:]}", wide, f"{code}\u200b"):
        again = await shell(*unit, "--credit-code", spelt)
        assert (again.json["party_id"], again.json["new"]) == (first.json["party_id"], False)
    other = await shell(*unit, "--credit-code", code.lower(), "--party-id", str(uuid4()))
    assert (other.code, other.json["refused"][0]["code"]) == (2, "credit_code_known")
    assert other.json["refused"][0]["facts"]["party_id"] == named


@pytest.mark.parametrize(
    ("code", "why"), [("abc", "malformed"), (CODE[:-1] + "0", "credit_code_wrong"), ("\u200b", "malformed")]
)
async def test_a_credit_code_that_is_none_makes_no_party(shell: Shell, code: str, why: str) -> None:
    ended = await shell("party", "add", "--organisation", "--name", "某公司", "--credit-code", code, "--json")
    assert (ended.code, ended.json["refused"][0]["code"]) == (2, why)


async def test_nothing_of_a_person_is_readable_in_the_database(shell: Shell, pool: Pool) -> None:
    ended = await shell(
        "party",
        "add",
        "-",
        "--json",
        stdin=json.dumps({"kind": "person", "private": {"name": "张三", "contact": "13800000000"}}).encode(),
    )
    async with pool.acquire() as connection:
        row = await connection.fetchrow("SELECT * FROM parties WHERE party_id = $1", UUID(ended.json["party_id"]))
    assert row is not None
    assert "张三".encode() not in bytes(row["sealed"])
    assert row["public_name"] is None


async def test_a_person_is_erased_once(shell: Shell) -> None:
    person = (await shell("party", "add", "--person", "--name", "张三", "--json")).json["party_id"]
    who = await somebody(shell)
    for whom, by in ((uuid4(), who), (person, uuid4())):
        unknown = await shell("party", "erase", whom, "--by", by, "--json")
        assert (unknown.code, unknown.json["refused"][0]["code"]) == (2, "party_unknown")
    other = await shell("party", "erase", person, "--by", who, "--role", "licensee", "--json")
    assert (other.code, other.json["refused"][0]["code"]) == (2, "role_not_allowed")
    ended = [await shell("party", "erase", person, "--by", who, "--json") for _ in range(2)]
    assert [one.json["erased"] for one in ended] == [True, False]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--organisation",), "organisation_nameless"),
        (("--name", "A"), "field_missing"),
        (("--person", "--credit-code", CODE), "person_public"),
        (("--person", "--party-id", "7"), "not_an_id"),
    ],
)
async def test_a_party_that_is_none_is_refused(shell: Shell, arguments: tuple[str, ...], code: str) -> None:
    ended = await shell("party", "add", *arguments, "--json")
    assert (ended.code, ended.json["refused"][0]["code"]) == (2, code)


async def test_a_document_is_known_by_its_content(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    who = await somebody(shell)
    ended = [await shell("document", "add", tmp_path / name, "--by", who, "--json") for name in ("a.pdf", "b.pdf")]
    assert ended[0].json["content_hash"] == ended[1].json["content_hash"]
    assert ended[0].json["media_type"] == "application/pdf"
    (tmp_path / "empty.pdf").touch()
    empty = await shell("document", "add", tmp_path / "empty.pdf", "--by", who, "--json")
    assert empty.json["refused"][0]["code"] == "document_empty"
    nobodys = await shell("document", "add", tmp_path / "a.pdf", "--by", uuid4(), "--json")
    assert (nobodys.code, nobodys.json["refused"][0]["code"]) == (2, "party_unknown")


async def test_a_document_from_an_archive_whose_names_are_no_utf_8_is_stored(shell: Shell, tmp_path: Path) -> None:
    name = os.fsdecode("测试.pdf".encode("gb18030"))
    (tmp_path / name).write_bytes(b"%PDF from an archive")
    ended = await shell("document", "add", tmp_path / name, "--by", await somebody(shell), "--json")
    assert (ended.code, ended.json["media_type"]) == (0, "application/pdf")
    assert ended.json["name"].endswith(".pdf")


@pytest.mark.parametrize(
    ("option", "value"), [("--name", "\udcff"), ("--name", "x" * 201), ("--name", " "), ("--media-type", "\udcff")]
)
async def test_a_name_that_cannot_be_kept_is_refused(shell: Shell, tmp_path: Path, option: str, value: str) -> None:
    (tmp_path / "a.txt").write_text("a")
    ended = await shell("document", "add", tmp_path / "a.txt", "--by", uuid4(), option, value, "--json")
    assert (ended.code, ended.json["refused"][0]["where"]) == (64, option)


async def test_register_evidence_that_names_a_patent_twice_is_refused(shell: Shell, pool: Pool) -> None:
    row = {"title": "A", "status": "granted", "source": "register"}
    twice = json.dumps([{**row, "patent_number": "201910065946.9"}, {**row, "patent_number": "ZL 2019100659469"}])
    ended = await shell("patent", "add", "-", "--by", await somebody(shell), "--json", stdin=twice.encode())
    assert [(one["code"], one["where"]) for one in ended.json["refused"]] == [("register_row_twice", "patents.1")]
    assert ended.code == 2
    async with pool.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM patents") == 0


async def test_register_evidence_with_a_wrong_number_changes_nothing(shell: Shell, pool: Pool) -> None:
    row = {"title": "A", "status": "lapsed", "source": "register", "ended_on": "2026-01-24"}
    bad = json.dumps([{**row, "patent_number": "201910065946.9"}, {**row, "patent_number": "201910065946.1"}])
    by = await somebody(shell)
    ended = await shell("patent", "add", "-", "--by", by, "--json", stdin=bad.encode())
    assert [(one["code"], one["where"]) for one in ended.json["refused"]] == [
        ("number_check_failed", "patents.1.patent_number")
    ]
    good = json.dumps({**row, "patent_number": "ZL201910065946.9"})
    assert (await shell("patent", "add", "-", "--by", by, stdin=good.encode())).code == 0
    async with pool.acquire() as connection:
        rows = await connection.fetch("SELECT patent_number, kind, facts FROM patents")
    assert [tuple(one) for one in rows] == [("201910065946.9", "invention", {"ended_on": "2026-01-24"})]


async def test_a_holiday_table_takes_two_people(shell: Shell) -> None:
    one, other = await somebody(shell), await somebody(shell)
    assert (await shell("calendar", "approve", "2031", "--by", one, "--json")).json["refused"][0]["code"] == (
        "no_proposed_calendar_table"
    )
    assert (await shell("calendar", "propose", "-", "--by", one, "--json", stdin=TABLE)).code == 0
    alone = await shell("calendar", "approve", "2031", "--by", one, "--json")
    assert (alone.code, alone.json["refused"][0]["code"]) == (2, "same_person")
    approved = await shell("calendar", "approve", "2031", "--by", other, "--json")
    assert (approved.json["loaded_by"], approved.json["approved_by"]) == (one, other)
    asked = (await shell("audit", "log", "--by", other, "--json")).json
    assert [(entry["act_kind"], entry["outcome"]) for entry in asked] == [("approve_calendar", "granted")]


@pytest.mark.parametrize("arguments", [("propose", "-"), ("approve", "2031")])
async def test_a_holiday_table_is_an_operators_and_nobodys_else(shell: Shell, arguments: tuple[str, ...]) -> None:
    one, other, nobody = await somebody(shell), await somebody(shell), uuid4()
    if arguments[0] == "approve":
        assert (await shell("calendar", "propose", "-", "--by", other, stdin=TABLE)).code == 0
    for by, role, code in ((nobody, "operator", "party_unknown"), (one, "licensee", "role_not_allowed")):
        ended = await shell("calendar", *arguments, "--by", by, "--role", role, "--json", stdin=TABLE)
        assert (ended.code, ended.json["refused"][0]["code"]) == (2, code)
        [seen] = (await shell("audit", "log", "--by", by, "--json")).json
        assert (seen["role"], seen["outcome"], seen["refusals"][0]["code"]) == (role, "refused", code)


async def test_commands_that_name_nobody_are_refused(shell: Shell, tmp_path: Path) -> None:
    nobody, seat = uuid4(), ("--kind", "university", "--region", "hubei.wuhan", "--from", "2020-01-01")
    (tmp_path / "events.jsonl").write_text("")
    (tmp_path / "table.csv").write_text("patent_number\n")
    for arguments in (
        ("deliver", tmp_path / "events.jsonl", "--by", nobody),
        ("party", "profile", await somebody(shell), *seat, "--by", nobody),
        ("settlement", "schedule", "WH-2025-SELLER-2PCT", "--authority", nobody),
        ("import", tmp_path / "table.csv", "--by", nobody),
    ):
        ended = await shell(*arguments, "--json")
        assert (arguments[0], ended.code, ended.json["refused"][0]["code"]) == (arguments[0], 2, "party_unknown")
