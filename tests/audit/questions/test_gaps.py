"""Numbers that are missing, recordals past their day, and filings in which nobody does or awaits anything."""

from datetime import date, timedelta

import pytest

from audit.questions.gaps import gaps
from database.pool import Pool
from tests.audit.forging import Forger
from tests.audit.questions.conftest import Tell
from tests.lives.all_stories import STORIES

DAY = date(2026, 6, 1)


async def test_nothing_is_missing_where_nothing_was_taken_away(tell: Tell, auditor: Pool) -> None:
    await tell(STORIES["inventors_are_paid"], STORIES["a_notice_stays_unpaid_and_the_next_one_is_paid"])
    found = await gaps(auditor, DAY)
    assert found.ok
    assert found.rows == ()


@pytest.mark.parametrize(
    ("statement", "what", "first"),
    [
        ("DELETE FROM sequence_numbers WHERE sequence_number = 3", "sequence_number", 3),
        ("DELETE FROM sequence_numbers WHERE sequence_number = 3", "event_without_number", None),
        ("DELETE FROM events WHERE kind = 'licence:closed_unpaid'", "version", None),
        ("UPDATE filings SET head = head + 2 WHERE kind = 'declaration'", "version", None),
        ("DELETE FROM licences WHERE n = 1", "licence_number", 1),
        ("DELETE FROM notice_receipts WHERE receipt_number LIKE '%1'", "receipt_number", 1),
        ("DELETE FROM notice_receipts WHERE receipt_number LIKE '%2'", "receipt_number", 2),
    ],
)
async def test_a_number_that_is_gone_is_told(
    statement: str, what: str, first: int | None, tell: Tell, auditor: Pool, tampering: Forger
) -> None:
    await tell(STORIES["a_notice_stays_unpaid_and_the_next_one_is_paid"])
    await tampering.execute(statement)
    found = await gaps(auditor, DAY)
    missing = [one for one in found.rows if one.what == what]
    assert len(missing) == 1
    assert first in (None, missing[0].first)
    assert not found.ok


async def test_a_licence_is_without_recordal_from_the_day_after_its_day(tell: Tell, auditor: Pool) -> None:
    await tell(STORIES["sales_are_reported_and_corrected"])
    due_by = date.fromisoformat(
        await auditor.fetchval("SELECT position ->> 'recordal_due_by' FROM filings WHERE kind = 'licence'")
    )
    assert not [one for one in (await gaps(auditor, due_by)).rows if one.what == "licence_without_recordal"]
    found = await gaps(auditor, due_by + timedelta(days=1))
    (late,) = [one for one in found.rows if one.what == "licence_without_recordal"]
    assert (late.since, late.article) == (due_by, "IR-15; D-32")
    assert found.ok, "a late recordal breaks no series of numbers"


async def test_a_filing_that_waits_for_nobody_and_no_day_is_quiet(tell: Tell, auditor: Pool, tampering: Forger) -> None:
    await tell(STORIES["a_notice_is_retracted"])
    assert not [one for one in (await gaps(auditor, date(2030, 1, 1))).rows if one.what == "quiet"]
    await tampering.execute("UPDATE filings SET due_by = NULL WHERE kind = 'declaration'")
    await tampering.execute("UPDATE tasks SET closed_on = '2026-06-01', closed_how = 'done' WHERE closed_on IS NULL")
    (quiet,) = [one for one in (await gaps(auditor, date(2030, 1, 1))).rows if one.what == "quiet"]
    assert quiet.about == "declaration in_force"
    assert quiet.since is not None
    assert not [one for one in (await gaps(auditor, quiet.since + timedelta(days=180))).rows if one.what == "quiet"]
