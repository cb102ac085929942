"""What stands in the read model and in the ledger is what the facts prove; whatever was changed by hand is found."""

from collections import Counter

import asyncpg
import pytest

from audit.rebuild import rebuild_and_compare
from audit.report import Report
from database.pool import Pool
from database.record.event_log import seal
from schemas.values.canonical import FIRST_PREVIOUS_HASH, plain
from tests.audit.counted import counted_from_events
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.stories import sales_are_reported_and_corrected
from tests.lives.stories_of_money import inventors_are_paid
from tests.lives.telling import Story
from tests.lives.world import World


async def _told(pool: Pool, *stories: Story) -> None:
    for story in stories:
        await story(Desk(pool).ask, await World(story.__name__).write(pool))


def _where(report: Report) -> list[str]:
    return sorted(one.where for one in report.differences)


async def test_all_shapes_of_life_are_proved_by_their_facts(engine: Pool, auditor: Pool) -> None:
    await _told(engine, *STORIES.values())
    report = await rebuild_and_compare(auditor)
    assert report.as_json()["differences"] == []
    assert report.ok
    assert report.counts["declarations"] == len(STORIES)
    assert min(report.counts[what] for what in ("licences", "payouts", "determinations", "tasks", "receipts")) > 0
    assert report.counts["events"] == await auditor.fetchval("SELECT count(*) FROM events")
    counted = await counted_from_events(auditor)  # after every kind of act, correction and withdrawal
    assert len({(counted_as, measure) for counted_as, measure, _, _ in counted}) > 10
    kept = await auditor.fetch(
        """SELECT counted_as, measure, price_form, band, sum(count)::int FROM band_counts WHERE region = '*'
           GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0"""
    )
    bands = Counter[tuple[str, str, str, int]]()
    for (counted_as, measure, form, number), many in counted.items():
        bands[counted_as, measure, form, int(f"{number:d}"[0].ljust(len(str(number)), "0"))] += many
    assert {tuple(row)[:4]: row[4] for row in kept} == bands
    prices = await auditor.fetch(
        """SELECT counted_as, measure, price_form, price, sum(count)::int FROM price_counts WHERE region = '*'
           GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0"""
    )
    exactly = {key: many for key, many in counted.items() if key[1] in ("amount", "unit_price", "rate")}
    assert {tuple(row)[:4]: row[4] for row in prices} == exactly


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE filings SET stage = 'paid' WHERE kind = 'declaration'", "filings.stage"),
        ("UPDATE filings SET due_by = '2030-01-01' WHERE kind = 'payout'", "filings.due_by"),
        ("UPDATE filings SET position = jsonb_set(position, '{pool}', '1') WHERE kind = 'payout'", "position.pool"),
        ("UPDATE offers SET ended_on = '2026-05-01'", "offers.ended_on"),
        ("UPDATE licences SET running = NOT running", "licences.running"),
        ("UPDATE receipts SET reversed_fen = 1", "receipts."),
        ("DELETE FROM bank_line_parts", "bank_lines."),
        ("UPDATE bank_line_parts SET fen = fen - 1", "bank_lines."),
        ("DELETE FROM tasks", "tasks."),
        ("UPDATE listings SET status = 'ended'", "listings"),
        ("UPDATE listings SET title = 'made'", "listings"),
        ("DELETE FROM filing_parties WHERE relation = 'licensee'", "filing_parties"),
        ("UPDATE filing_counts SET count = count + 1", "counts."),
        ("UPDATE act_counts SET count = 0", "counts.acts"),
        ("UPDATE listing_counts SET count = count + 1", "counts.offered."),
        ("UPDATE band_counts SET count = count + 1", "counts.offered."),
        ("UPDATE price_counts SET count = count + 1", "counts.exactly."),
        ("UPDATE stated_terms SET amount = 1 WHERE counted_as = 'licensed'", "stated_terms"),
        ("UPDATE stated_terms SET licences = 0", "stated_terms"),
        ("INSERT INTO findings SELECT filing_id, 'made', 'made', '{}', '2026-05-01' FROM filings", "findings.made"),
        ("DELETE FROM filings WHERE kind = 'payout'", "events"),
        ("DELETE FROM acts WHERE act_id IN (SELECT act_id FROM events WHERE kind = 'licence:paid')", "acts."),
        ("INSERT INTO acts SELECT gen_random_uuid(), filing_id, '', '{}', now() FROM filings LIMIT 1", "acts."),
        ("UPDATE events SET legal_on = legal_on - 1 WHERE kind = 'licence:paid'", "events.2.act.on"),
        ("UPDATE events SET recorded_at = recorded_at - interval '1 day' WHERE version = 2", "events.2.recorded_at"),
        ("DELETE FROM events WHERE kind = 'licence:registered'", "events.7.previous_hash"),
    ],
)
async def test_a_change_by_hand_is_found(
    statement: str, where: str, engine: Pool, auditor: Pool, tampering: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await _told(engine, inventors_are_paid)
    assert (await rebuild_and_compare(auditor)).ok
    await tampering.execute(statement)
    report = await rebuild_and_compare(auditor)
    assert not report.ok
    assert [one for one in _where(report) if one.startswith(where)]


async def test_a_ledger_line_that_was_moved_is_found_though_the_sum_is_still_zero(
    engine: Pool, auditor: Pool, tampering: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await _told(engine, inventors_are_paid)
    await tampering.execute("UPDATE postings SET fen = 2 * fen WHERE line_key LIKE 'receipt:%'")
    assert all(one.startswith("ledger.receipt:") for one in _where(await rebuild_and_compare(auditor)))
    await tampering.execute("UPDATE postings SET fen = fen + 1 WHERE account = 'bank'")
    assert any(one.startswith("postings.") for one in _where(await rebuild_and_compare(auditor)))


async def test_an_event_whose_whole_chain_was_sealed_again_differs_from_its_amounts(
    engine: Pool, auditor: Pool, tampering: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await _told(engine, sales_are_reported_and_corrected)
    rows = await tampering.fetch(
        "SELECT e.* FROM events e JOIN filings f USING (filing_id) WHERE f.kind = 'licence' ORDER BY version"
    )
    previous = FIRST_PREVIOUS_HASH
    for row in rows:
        body = row["body"]
        if row["kind"] == "licence:sales_reported":
            body["made"]["determinations"][0]["result"][0]["amount"] += 1
        event = seal(
            row["filing_id"],
            row["version"],
            row["act_id"],
            row["kind"],
            row["legal_on"],
            row["recorded_at"],
            body,
            previous,
            row["code_version"],
        )
        previous = event.hash
        await tampering.execute(
            "UPDATE events SET canonical = $3, previous_hash = $4, hash = $5 WHERE filing_id = $1 AND version = $2",
            row["filing_id"],
            row["version"],
            event.canonical,
            event.previous_hash,
            event.hash,
        )
    await tampering.execute("UPDATE filings SET head_hash = $2 WHERE filing_id = $1", rows[0]["filing_id"], previous)
    found = _where(await rebuild_and_compare(auditor))
    assert found  # the answers that were given keep the hash of the true event
    assert all(one.endswith(".content_hash") for one in found)
    for row in await tampering.fetch("SELECT act_id, canonical FROM events"):
        await tampering.execute(
            "UPDATE acts SET answer = jsonb_set(answer, '{content_hash}', to_jsonb(encode(sha256($2), 'hex'))) "
            "WHERE act_id = $1",
            row["act_id"],
            row["canonical"],
        )
    assert [one.removesuffix(one.rpartition(".")[2]) for one in _where(await rebuild_and_compare(auditor))] == [
        "events.3.determination.result."
    ]


async def test_a_sealed_body_that_is_no_act_is_a_difference_and_no_crash(
    engine: Pool, auditor: Pool, tampering: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await _told(engine, STORIES["a_notice_is_retracted"])
    row = await tampering.fetchrow("SELECT * FROM events WHERE kind = 'licence:retracted'")
    assert row is not None
    body = {**row["body"], "made": {"determinations": "none"}}
    event = seal(
        row["filing_id"],
        row["version"],
        row["act_id"],
        row["kind"],
        row["legal_on"],
        row["recorded_at"],
        body,
        row["previous_hash"],
        row["code_version"],
    )
    await tampering.execute(
        "UPDATE events SET canonical = $3, hash = $4 WHERE filing_id = $1 AND version = $2",
        row["filing_id"],
        row["version"],
        event.canonical,
        event.hash,
    )
    await tampering.execute("UPDATE filings SET head_hash = $2 WHERE filing_id = $1", row["filing_id"], event.hash)
    await tampering.execute(
        "UPDATE acts SET answer = jsonb_set(answer, '{content_hash}', to_jsonb(encode(sha256($2), 'hex'))) "
        "WHERE act_id = $1",
        row["act_id"],
        event.canonical,
    )
    assert _where(await rebuild_and_compare(auditor)) == ["facts"]


def test_a_report_adds_up_and_is_plain_json() -> None:
    first, second = Report(), Report()
    first.count("events", 2)
    second.count("events")
    second.compare(None, "postings.sum", 0, 1)
    first.add(second)
    assert first.as_json() == plain(
        {
            "ok": False,
            "counts": {"events": 3},
            "differences": [{"filing_id": None, "where": "postings.sum", "proved": 0, "found": 1}],
        }
    )
