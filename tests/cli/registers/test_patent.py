"""Register evidence on the command line: who brings it is named, and every version is shown with whom it came from."""

import json

import pytest

from tests.cli.registers.test_party import somebody
from tests.cli.shell import Ended, Shell

NUMBER = "201910065946.9"
pytestmark = pytest.mark.usefixtures("surroundings")


async def _add(shell: Shell, by: str, **changes: str) -> Ended:
    row = {"patent_number": NUMBER, "title": "一种装置", "status": "granted", "source": "register", **changes}
    return await shell("patent", "add", "-", "--by", by, "--json", stdin=json.dumps(row).encode())


async def test_evidence_for_which_nobody_is_named_says_so(shell: Shell) -> None:
    row = {"patent_number": NUMBER, "title": "一种装置", "status": "granted", "source": "register"}
    ended = await shell("patent", "add", "-", "--json", stdin=json.dumps(row).encode())
    assert ended.code == 0
    assert "--by" in ended.err
    assert (await shell("patent", "show", NUMBER, "--json")).json["versions"][0]["brought_by"] is None


async def test_every_version_is_shown_with_who_brought_it_and_the_newest_first(shell: Shell) -> None:
    first, second = await somebody(shell), await somebody(shell)
    for by, status in ((first, "granted"), (second, "lapsed"), (first, "lapsed")):
        assert (await _add(shell, by, status=status)).code == 0
    shown = (await shell("patent", "show", f"ZL {NUMBER}", "--json")).json
    assert shown["patent_number"] == NUMBER
    assert [(one["evidence"]["status"], one["brought_by"]) for one in shown["versions"]] == [
        ("lapsed", second),
        ("granted", first),
    ], "the same evidence again is no new version"
    assert {one["brought_on"] for one in shown["versions"]} == {shown["on"]}
    printed = await shell("patent", "show", NUMBER)
    assert printed.code == 0
    assert first in printed.out
    assert second in printed.out


async def test_on_an_earlier_day_nothing_was_known_of_it(shell: Shell) -> None:
    await _add(shell, await somebody(shell))
    ended = await shell("patent", "show", NUMBER, "--on", "2020-01-01", "--json")
    assert (ended.code, ended.json["refused"][0]["code"]) == (2, "patent_not_in_register")
    assert (await shell("patent", "show", "201910065946.1", "--json")).json["refused"][0][
        "code"
    ] == "number_check_failed"


async def test_a_profile_that_was_stated_wrongly_is_stated_again_and_both_are_shown(shell: Shell) -> None:
    unit = (await shell("party", "add", "--organisation", "--name", "某大学", "--json")).json["party_id"]
    first, second = await somebody(shell), await somebody(shell)
    for by, kind, is_new in ((first, "enterprise", True), (second, "university", True), (first, "university", False)):
        ended = await shell(
            *("party", "profile", unit, "--kind", kind, "--region", "hubei.wuhan", "--from", "2024-01-01"),
            *("--by", by, "--json"),
        )
        assert (ended.code, ended.json["new"]) == (0, is_new)
    shown = (await shell("party", "show", unit, "--json")).json["profiles"]
    assert [(one["from_on"], one["kind"], one["stated_by"]) for one in shown] == [
        ("2024-01-01", "university", second),
        ("2024-01-01", "enterprise", first),
    ]
    printed = await shell("party", "show", unit)
    assert second in printed.out
    assert first in printed.out
