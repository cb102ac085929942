"""What people look for: by number, title and party, and what must be done by when."""

from datetime import date

import pytest

import cli.reads.lists
from tests.cli.shell import Shell


async def listed(shell: Shell, *filters: object) -> list[str]:
    ended = await shell("list", *filters, "--json")
    assert ended.code == 0, ended.out
    return [one["filing_id"] for one in ended.json]


async def test_a_filing_is_found_by_whatever_it_is_known_by(
    declared: str, people: dict[str, str], shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = (await shell("list", "--json")).json
    assert (line["declaration_number"], line["party_name"], line["next_what"]) == ("K-1", "university", "annual_fee")
    number, title = line["patent_number"], line["title"]
    for filters in (
        ("--number", "ｋ－１"),
        ("--patent", f"ZL {number}"),
        ("--title", title[1:5]),
        ("--party", "Ｕniversity"),
        ("--party", people["university"]),
        ("--stage", "in_force", "--kind", "declaration"),
    ):
        assert await listed(shell, *filters) == [declared], filters
    for filters in (("--title", "100%"), ("--stage", "expired"), ("--party", people["factory"])):
        assert await listed(shell, *filters) == [], filters
    other = await shell("list", "--number", "K-2")
    assert (other.code, "K-1" in other.err) == (2, True)
    for name in (declared, "K-1", number, number.replace(".", "")):
        assert (await shell("show", name, "--json")).json["filing_id"] == declared

    assert (await shell("tasks", "--json")).json == []
    monkeypatch.setattr(cli.reads.lists, "today", lambda: date(2026, 11, 3))
    due = (await shell("tasks", "--upcoming", "200", "--json")).json
    assert [one["by_on"] for one in due] == sorted(one["by_on"] for one in due)
    assert {one["what"] for one in due} == {"annual_fee", "status_check"}
    assert (due[0]["by_on"], due[0]["is_open"], due[0]["patent_number"]) == (line["next_by"], False, number)
    of_operator = (await shell("tasks", "--upcoming", "200", "--role", "operator", "--json")).json
    assert {one["what"] for one in of_operator} == {"status_check"}
    assert (await shell("tasks", "--upcoming", "10", "--json")).json == []

    shown = (await shell("show", "K-1")).out
    assert title in shown
    assert "university" in shown
    assert "3000.00" in shown


async def test_a_correction_that_waits_says_so_and_what_the_second_person_types(
    declared: str, people: dict[str, str], evidence: str, shell: Shell
) -> None:
    asked = await shell(
        "declaration", "correct-fact", declared, "--corrects", (await announcement(shell, declared))["act_id"],
        "--reason", evidence, "--field", 'replacement={"declaration_number": "K-9"}', "--by", people["examiner"],
        "--role", "office", "--evidence", evidence, "--json",
    )  # fmt: skip
    assert asked.code == 0, asked.out
    shown = await shell("show", declared, "--json")
    (waits,) = shown.json["waits_for_second_person"]
    assert waits["act_id"] == asked.json["act_id"]
    assert waits["command"] in (await shell("show", declared)).out
    typed = waits["command"].replace("SECOND_PERSON", people["operator"]).split()[1:]
    assert (await shell(*typed, "--json")).code == 0
    assert (await shell("show", declared, "--json")).json["waits_for_second_person"] == []


async def announcement(shell: Shell, filing: str) -> dict[str, str]:
    events = (await shell("show", filing, "--json")).json["events"]
    found: dict[str, str] = next(one for one in events if one["kind"] == "declaration:announced")
    return found


async def test_a_filter_that_can_find_nothing_names_its_choices(surroundings: str, shell: Shell) -> None:
    mistyped: tuple[tuple[tuple[str, ...], str], ...] = (
        (("list", "--stage", "inforce"), "in_force"),
        (("list", "--stage", "in_force", "--kind", "payout"), "waiting_for_facts"),
        (("tasks", "--role", "licencee"), "licensee"),
        (("list", "--kind", "licenses"), "licence"),
    )
    for arguments, choice in mistyped:
        ended = await shell(*arguments)
        assert ended.code == 64, ended.out
        assert choice in ended.err
    unknown: tuple[tuple[tuple[str, ...], str], ...] = (
        (("list", "--party", "nobody"), "nothing_called_so"),
        (("list", "--parent", "11111111-1111-4111-8111-111111111111"), "filing_unknown"),
        (("show", "CN-XYZ"), "nothing_of_that_number"),
    )
    for arguments, code in unknown:
        ended = await shell(*arguments, "--json")
        assert (ended.code, ended.json["refused"][0]["code"]) == (2, code)


async def test_the_same_organisation_added_again_is_said(surroundings: str, shell: Shell) -> None:
    first = (await shell("party", "add", "--organisation", "--name", "某（深圳）公司", "--json")).json
    assert first["warnings"] == []
    again = (await shell("party", "add", "--organisation", "--name", "某(深圳) 公司", "--json")).json
    assert again["warnings"][0]["facts"]["party_id"] == first["party_id"]
    found = await shell("party", "list", "--name", "（深圳", "--json")
    assert {one["party_id"] for one in found.json} == {first["party_id"], again["party_id"]}
    unclear = await shell("party", "show", "某(深圳)公司", "--json")
    assert (unclear.code, unclear.json["refused"][0]["code"]) == (2, "several_of_that_name")
    assert (await shell("party", "show", first["party_id"], "--json")).json["filings"] == []
