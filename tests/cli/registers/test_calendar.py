"""Holiday tables on the command line: proposed, withdrawn, approved, and what a table moved."""

from typing import Any

import pytest

from database.pool import Pool
from tests.activities.test_calendars import PAID, TABLE
from tests.cli.registers.test_party import somebody
from tests.cli.shell import Ended, Shell
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.stories import announced
from tests.lives.world import World

pytestmark = pytest.mark.usefixtures("surroundings")
MISTYPED = TABLE.but(rest=[{"first": "2027-01-01", "last": "2027-01-10"}], worked=())


async def _propose(shell: Shell, by: object, table: Any = TABLE) -> Ended:
    return await shell("calendar", "propose", "-", "--by", by, "--json", stdin=table.model_dump_json().encode())


def _codes(ended: Ended) -> list[str]:
    return [one["code"] for one in ended.json["refused"]]


async def test_a_mistyped_proposal_is_withdrawn_and_the_right_one_approved(shell: Shell, pool: Pool) -> None:
    one, other, third = [await somebody(shell) for _ in range(3)]
    assert (await _propose(shell, one, MISTYPED)).code == 0
    assert _codes(await _propose(shell, other)) == ["calendar_table_exists"]
    withdrawn = await shell("calendar", "withdraw", "2027", "--by", other, "--json")
    assert (withdrawn.json["loaded_by"], withdrawn.json["withdrawn_by"]) == (one, other)
    assert _codes(await shell("calendar", "withdraw", "2027", "--by", other, "--json")) == [
        "no_proposed_calendar_table"
    ]
    assert _codes(await shell("calendar", "approve", "2027", "--by", third, "--json")) == ["no_proposed_calendar_table"]
    assert (await _propose(shell, one)).code == 0
    assert (await shell("calendar", "approve", "2027", "--by", third, "--json")).code == 0
    listed = (await shell("calendar", "list", "--json")).json["tables"]
    assert [(table["state"], table["loaded_by"], table["decided_by"], table["number"]) for table in listed] == [
        ("in_use", one, third, 1),
        ("withdrawn", one, other, None),
    ]
    assert listed[1]["table"] == MISTYPED.model_dump(mode="json")


async def test_a_table_in_use_is_not_withdrawn(shell: Shell, pool: Pool) -> None:
    await _propose(shell, await somebody(shell))
    assert (await shell("calendar", "approve", "2027", "--by", await somebody(shell), "--json")).code == 0
    assert _codes(await shell("calendar", "withdraw", "2027", "--by", await somebody(shell), "--json")) == [
        "no_proposed_calendar_table"
    ]


async def test_one_list_shows_what_moved_from_what_to_what(shell: Shell, pool: Pool) -> None:
    desk, world = Desk(pool), await World("calendar on the command line").write(pool)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(world, FREE)))
    await desk.ask(licence, licence.give_notice(PAID))
    assert _codes(await shell("calendar", "moved", "2027", "--json")) == ["calendar_table_not_in_use"]
    await _propose(shell, await somebody(shell))
    await shell("calendar", "approve", "2027", "--by", await somebody(shell), "--json")
    before = (await shell("calendar", "moved", "2027", "--json")).json
    assert (before["messages_left"], before["moved"]) == (1, [])

    await desk.tell_all()
    found = (await shell("calendar", "moved", "2027", "--json")).json
    assert found["messages_left"] == 0
    (recordal,) = [one for one in found["moved"] if one["key"] == "recordal"]
    assert (recordal["filing_id"], recordal["was"], recordal["now"], recordal["how"]) == (
        str(licence.filing_id),
        "2027-02-09",
        "2027-02-15",
        "later",
    )
    assert (recordal["was_provisional"], recordal["now_provisional"]) == (True, False)
    every = (await shell("calendar", "moved", "2027", "--confirmed", "--json")).json["moved"]
    assert len(every) == len(found["moved"]) + found["confirmed"]
    assert {one["how"] for one in every} >= {"later", "confirmed"}
    printed = await shell("calendar", "moved", "2027")
    assert "2027-02-15" in printed.out
