"""Whole filings, as histories are compared with them: events as they are hashed, answers, and what was refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class LoggedEvent:
    """One event with the answer to its act, in the text of the database; None where the act has none."""

    filing_id: UUID
    version: int
    act_id: UUID
    legal_on: date
    recorded_at: datetime
    canonical: bytes
    answer: str | None


@dataclass(frozen=True)
class LoggedFiling:
    """A filing's own row."""

    filing_id: UUID
    kind: str
    workflow_id: str
    legal_clock: str


async def filings_logged(connection: Connection, filing_ids: Sequence[UUID]) -> list[LoggedFiling]:
    """The filings among these that there are."""
    rows = await connection.fetch(
        "SELECT filing_id, kind, workflow_id, legal_clock FROM filings WHERE filing_id = ANY($1)", list(filing_ids)
    )
    return [LoggedFiling(**row) for row in rows]


async def events_logged(connection: Connection, filing_ids: Sequence[UUID]) -> list[LoggedEvent]:
    """All their events, by filing and version."""
    rows = await connection.fetch(
        """SELECT e.filing_id, e.version, e.act_id, e.legal_on, e.recorded_at, e.canonical, a.answer::text AS answer
           FROM events e LEFT JOIN acts a USING (act_id)
           WHERE e.filing_id = ANY($1) ORDER BY e.filing_id, e.version""",
        list(filing_ids),
    )
    return [LoggedEvent(**row) for row in rows]


async def refusals_logged(
    connection: Connection, filing_ids: Sequence[UUID]
) -> list[tuple[UUID, UUID, list[dict[str, Any]]]]:
    """(filing, act, refusals) of every asking that the audit log says was refused."""
    rows = await connection.fetch(
        """SELECT filing_id, act_id, refusals FROM audit_log
           WHERE filing_id = ANY($1) AND act_id IS NOT NULL AND outcome = 'refused' ORDER BY id""",
        list(filing_ids),
    )
    return [(row["filing_id"], row["act_id"], row["refusals"]) for row in rows]
