"""Every yuan by clause, every clause by yuan: what the log determined, beside what the ledger says was paid of it."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from cli.demo.filings.filing import tell
from database.pool import Connection, Pool, open_pool
from database.reads.clauses import clauses_of, ledger_of, lines_by_clause
from database.record.posting import Line
from database.standing.ledger import standing_lines
from schemas.values.money import Money
from tests.conftest import Database
from tests.database.record.filings import DAY, record
from tests.lives.all_stories import STORIES
from tests.lives.declarations import RUNNING, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.stories import announced, sales_are_reported_and_corrected
from tests.lives.stories_of_money import (
    a_subsidy_is_claimed_and_paid,
    approved,
    booked,
    inventors_are_paid,
    the_first_grant_is_rewarded,
)
from tests.lives.telling import AUGUST, JULY
from tests.lives.world import World

FLOOR = "Law on Promoting Transformation art. 45(1)(1)"


@pytest.fixture
async def connection(fresh_engine: Pool) -> AsyncIterator[Connection]:
    async with fresh_engine.acquire() as one:
        yield one


async def _filing(connection: Connection, kind: str) -> UUID:
    found: UUID = await connection.fetchval(
        "SELECT filing_id FROM determinations_made WHERE kind = $1 ORDER BY version DESC LIMIT 1", kind
    )
    return found


async def test_a_paid_line_leads_to_its_clauses_and_its_postings(fresh_engine: Pool, connection: Connection) -> None:
    world = await World("paid").write(fresh_engine)
    await inventors_are_paid(Desk(fresh_engine).ask, world)
    payout = await _filing(connection, "payout")
    standing = [one for one in await clauses_of(connection, payout) if one.stands]
    first = [one for one in standing if one.line == str(world.party("inventor_1"))]
    assert {(one.parameter, one.value, one.provision, one.mark) for one in first} == {
        ("national.remuneration_floor", "0.5", FLOOR, "V1"),
        ("national.net_income_costs", "transaction_taxes、upkeep、direct", FLOOR, "I"),
    }
    assert {(one.fen, one.due_fen, one.paid_fen) for one in first} == {(300_000, 300_000, 300_000)}
    ledger = [one for one in await ledger_of(connection, payout) if one.line == str(world.party("inventor_1"))]
    assert sum(one.fen for one in ledger) == 0
    assert max(one.fen for one in ledger) == 300_000, "the payment that came back is gone from the sum"
    assert {one.line_key.split(":")[0] for one in ledger} == {"due", "paid"}


async def test_what_was_determined_again_is_marked_as_superseded(fresh_engine: Pool, connection: Connection) -> None:
    await sales_are_reported_and_corrected(Desk(fresh_engine).ask, await World("corrected").write(fresh_engine))
    licence = await _filing(connection, "licence")
    found = await clauses_of(connection, licence)
    assert {(one.fen, one.stands, one.superseded_by, one.due_fen, one.paid_fen) for one in found} == {
        (600_000, False, 4, None, None),
        (750_000, True, None, 750_000, 600_000),
    }
    # No value is read for a royalty: it rests on the articles that its steps cite.
    assert {(one.parameter, one.provision) for one in found} == {
        (None, "Civil Code art. 846"),
        (None, "announced terms; D-41"),
    }


async def test_a_clause_leads_to_all_its_lines_once(fresh_engine: Pool, connection: Connection) -> None:
    for name in ("one", "other"):
        await inventors_are_paid(Desk(fresh_engine).ask, await World(name).write(fresh_engine))
    await the_first_grant_is_rewarded(Desk(fresh_engine).ask, await World("granted").write(fresh_engine))
    found = await lines_by_clause(connection, "art. 45(1)(1)", "2015-08-29")
    assert sorted((one.due_fen, one.paid_fen) for one in found) == [(200_000, 200_000)] * 2 + [(300_000, 300_000)] * 2
    assert {tuple(one.parameters) for one in found} == {("national.net_income_costs", "national.remuneration_floor")}
    assert await lines_by_clause(connection, "art. 4") == [], "a number is whole"
    assert await lines_by_clause(connection, "ART. 45(1)", "Decision of nobody") == []
    bonus = await lines_by_clause(connection, "rule 77")
    assert [(one.due_fen, one.paid_fen) for one in bonus] == [(150_000, 0), (150_000, 0)]


async def test_money_paid_on_a_line_that_fell_is_still_found(fresh_engine: Pool, connection: Connection) -> None:
    desk, world = Desk(fresh_engine), await World("fallen").write(fresh_engine)
    payout = await booked(desk.ask, world)
    licence = payout.parent
    assert isinstance(licence, LicenceLife)
    await approved(desk.ask, payout)
    first = payout.line_of("inventor_1")
    await tell(desk.ask, payout, payout.instruct(first), payout.paid(first, Money.of("3000.00")))
    reversal = licence.reverse_receipt(JULY)
    await tell(desk.ask, licence, reversal)
    await tell(desk.ask, payout, payout.surroundings_changed(JULY, reversal.act_id))
    (found,) = await lines_by_clause(connection, FLOOR)
    assert (found.line, found.stands, found.due_fen, found.paid_fen) == (
        str(world.party("inventor_1")),
        False,
        0,
        300_000,
    )


async def test_of_a_licence_that_never_was_no_royalty_stands(fresh_engine: Pool, connection: Connection) -> None:
    desk, world = Desk(fresh_engine), await World("void").write(fresh_engine)
    declaration = await announced(desk.ask, DeclarationLife(world, RUNNING))
    licence = LicenceLife(declaration)
    await tell(desk.ask, licence, licence.give_notice(), licence.report_sales(AUGUST, 1, Money.of("200000.00")))
    assert [one.due_fen for one in await lines_by_clause(connection, "Civil Code art. 846")] == [600_000]
    withdrawal = declaration.announce_withdrawal(licence.give_notice().on)
    await tell(desk.ask, declaration, withdrawal)
    await tell(desk.ask, licence, licence.surroundings_changed(withdrawal.on, withdrawal.act_id))
    assert await lines_by_clause(connection, "Civil Code art. 846") == []
    assert [one.stands for one in await clauses_of(connection, licence.filing_id)] == [False, False]


async def test_every_yuan_that_left_a_unit_has_its_clause(fresh_engine: Pool, connection: Connection) -> None:
    for story in STORIES.values():
        await story(Desk(fresh_engine).ask, await World(story.__name__).write(fresh_engine))
    payouts = await connection.fetch("SELECT filing_id FROM filings WHERE kind = 'payout'")
    paid = 0
    for row in payouts:
        left = sum(
            -fen
            for (key, account), fen in (await standing_lines(connection, row["filing_id"])).items()
            if key.startswith("paid:") and account.startswith("bank:")
        )
        lines = await connection.fetchval(
            "SELECT coalesce(sum(paid_fen), 0) FROM line_money WHERE filing_id = $1", row["filing_id"]
        )
        assert left == lines
        paid += left
    assert paid > 0
    without = await connection.fetch(
        "SELECT m.* FROM line_money m LEFT JOIN line_clauses c USING (filing_id, version, ordinal, line) "
        "WHERE c.provision IS NULL"
    )
    assert without == []


def _determination(subject: str, **lines: int) -> dict[str, Any]:
    return {
        "rule": "subsidy",
        "as_of": "2026-11-22",
        "inputs": {"subject": subject},
        "unknown": [],
        "answers": {},
        "reads": [
            {
                "name": "sz.rate",
                "value": "0.05",
                "since": "2020-01-01",
                "mark": "V1",
                "citation": {"provision": "Measures art. 9", "instrument": "Notice of 2020-01-01"},
            }
        ],
        "steps": [
            {"what": "rate", "how": "", "result": "", "article": "Measures art. 9"},
            {"what": "cap", "how": "", "result": "", "article": "Measures art. 10"},
        ],
        "result": [{"name": name, "amount": fen} for name, fen in lines.items()],
        "parameter_hash": "",
    }


async def test_the_views_know_no_kinds_of_filings(fresh_engine: Pool, connection: Connection) -> None:
    filing, applicant, left_out = uuid4(), str(uuid4()), str(uuid4())
    paid = (Line(f"paid:claim:{left_out}:7", "grant", 40, DAY), Line(f"paid:claim:{left_out}:7", "bank", -40, DAY))
    await record(
        fresh_engine,
        filing,
        body={
            "made": {
                "determinations": [
                    _determination("2025", **{applicant: 100, left_out: 50}),
                    _determination("2026", **{applicant: 7}),
                ]
            }
        },
        lines=paid,
    )
    await record(fresh_engine, filing, body={"made": {"determinations": [_determination("2025", **{applicant: 120})]}})
    await record(fresh_engine, filing, body={"made": {"determinations": []}})
    await record(fresh_engine, filing, body={})
    found = await lines_by_clause(connection, "measures art. 9")
    assert [(one.subject, one.line, one.stands, one.due_fen, one.paid_fen) for one in found] == sorted(
        [("2025", applicant, True, 120, 0), ("2025", left_out, False, 0, 40), ("2026", applicant, True, 7, 0)]
    )
    assert {one.provision for one in await clauses_of(connection, filing)} == {"Measures art. 9", "Measures art. 10"}


async def test_the_auditor_reads_the_clauses(fresh_engine: Pool, fresh_database: Database) -> None:
    await inventors_are_paid(Desk(fresh_engine).ask, await World("audited").write(fresh_engine))
    async with await open_pool(fresh_database.auditor, 1) as pool, pool.acquire() as auditor:
        payout = await _filing(auditor, "payout")
        assert await clauses_of(auditor, payout)
        assert await ledger_of(auditor, payout)
        assert await lines_by_clause(auditor, FLOOR)


async def test_a_subsidy_leads_to_the_schemes_clause_and_is_counted_once(
    fresh_engine: Pool, connection: Connection
) -> None:
    await a_subsidy_is_claimed_and_paid(Desk(fresh_engine).ask, await World("subsidised").write(fresh_engine))
    found = await lines_by_clause(connection, "reply on patent transformation")
    assert [(one.line.split(":")[0], one.due_fen, one.paid_fen) for one in found] == [("settled", 50_000, 50_000)]
