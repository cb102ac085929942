"""A person asks why a sum was paid, and what a clause has cost."""

from uuid import uuid4

import pytest

from database.pool import Pool
from tests.cli.shell import Shell
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.stories import sales_are_reported_and_corrected
from tests.lives.world import World


@pytest.fixture
async def world(surroundings: str, pool: Pool) -> World:
    """Two inventors were paid by the law's half: 3,000 and 2,000 yuan."""
    written = await World("clauses").write(pool)
    await STORIES["inventors_are_paid"](Desk(pool).ask, written)
    return written


async def test_from_a_line_to_its_clauses(world: World, shell: Shell) -> None:
    (payout,) = (await shell("list", "--kind", "payout", "--json")).json
    found = (await shell("clauses", payout["filing_id"], "--json")).json
    assert sorted((one["due"], one["paid"], one["stands"]) for one in found["lines"]) == [
        ("2000.00", "2000.00", True),
        ("3000.00", "3000.00", True),
    ]
    inventor = str(world.party("inventor_1"))
    for name in (inventor, f"person:{inventor}"):
        (line,) = (await shell("clauses", payout["filing_id"], "--line", name, "--json")).json["lines"]
        assert line["line"] == inventor
        assert "national.remuneration_floor" in [one["parameter"] for one in line["clauses"]]
        assert {one["provision"] for one in line["clauses"]} == {"Law on Promoting Transformation art. 45(1)(1)"}
        assert {one["line_key"].split(":")[0] for one in line["ledger"]} == {"due", "paid"}
        # The sum is explained by what was recorded when it was determined, down to the line of the bank.
        assert line["bank_line"]
        assert line["steps"]
        assert "Law on Promoting Transformation art. 45(1)(1)" in [one["article"] for one in line["steps"]]
    read = await shell("clauses", payout["filing_id"])
    assert "art. 45(1)(1)" in read.out
    assert f"bank line {line['bank_line']}" in read.out
    assert "3000.00 yuan" in read.out
    replaced = (await shell("clauses", payout["filing_id"], "--all", "--json")).json["lines"]
    assert [one["due"] for one in replaced if not one["stands"]] == [None] * (len(replaced) - 2)
    assert len(replaced) > 2


async def test_from_a_clause_to_all_its_lines(world: World, shell: Shell) -> None:
    found = (await shell("yuan", "--provision", "art. 45(1)(1)", "--json")).json
    assert found["total"] == {"count": 2, "due": "5000.00", "paid": "5000.00"}
    (clause,) = found["clauses"]
    assert (clause["instrument"], clause["count"], clause["due"]) == (
        "Standing Committee decision of 2015-08-29",
        2,
        "5000.00",
    )
    read = await shell("yuan", "--provision", "art. 45(1)(1)", "--instrument", "2015")
    assert "total: 2 lines, due 5000.00, paid 5000.00" in read.out
    none = await shell("yuan", "--provision", "art. 45(1)(1)", "--instrument", "2016", "--json")
    assert (none.code, none.json["refused"][0]["code"]) == (2, "no_line_of_that_clause")
    unused = await shell("yuan", "--provision", "Patent Law art. 42", "--json")
    assert (unused.code, unused.json["total"]) == (0, {"count": 0, "due": "0.00", "paid": "0.00"})


async def test_a_filing_or_a_line_that_does_not_exist_is_refused(world: World, shell: Shell) -> None:
    (payout,) = (await shell("list", "--kind", "payout", "--json")).json
    for arguments, exit_code, code in (
        ((uuid4(),), 2, "filing_unknown"),
        (("no id",), 2, "nothing_of_that_number"),
        ((payout["filing_id"], "--line", "person:nobody"), 2, "no_such_line"),
    ):
        ended = await shell("clauses", *arguments, "--json")
        assert (ended.code, ended.json["refused"][0]["code"]) == (exit_code, code)
    refused = await shell("clauses", payout["filing_id"], "--line", "nobody", "--json")
    assert str(world.party("inventor_1")) in refused.json["refused"][0]["remedy_en"]
    assert (await shell("yuan")).code == 64


async def test_what_was_due_before_a_correction_is_told(surroundings: str, pool: Pool, shell: Shell) -> None:
    await sales_are_reported_and_corrected(Desk(pool).ask, await World("corrected").write(pool))
    (licence,) = (await shell("list", "--kind", "licence", "--json")).json
    found = (await shell("clauses", licence["filing_id"], "--json")).json
    (line,) = found["lines"]
    assert (line["determined"], line["before"]["determined"]) == ("7500.00", "6000.00")
    read = await shell("clauses", licence["filing_id"])
    assert "before: 6000.00 yuan" in read.out
    assert "now: 7500.00 yuan" in read.out
