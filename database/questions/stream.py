"""All events and all filings, one after another by filing, a bounded number at a time whatever there is."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.reads.filters import BEFORE_ALL

_BATCH = 500


@dataclass(frozen=True)
class LoggedEvent:
    """One fact with the filing that it is of; ``body`` as it was sealed, money in fen."""

    filing_id: UUID
    filing_kind: str
    parent_id: UUID | None
    version: int
    act_id: UUID
    kind: str
    legal_on: date
    recorded_at: datetime
    body: dict[str, Any]

    @property
    def act(self) -> dict[str, Any]:
        """The act as it was recorded."""
        act: dict[str, Any] = self.body["act"]
        return act

    @property
    def who(self) -> UUID:
        """The person who acted."""
        return UUID(self.act["by"]["party_id"])

    @property
    def role(self) -> str:
        """In which role."""
        role: str = self.act["by"]["role"]
        return role


@dataclass(frozen=True)
class StandingFiling:
    """One filing as it stands; ``position`` as it is stored, money in fen."""

    filing_id: UUID
    kind: str
    parent_id: UUID | None
    head: int
    stage: str
    position: dict[str, Any]
    due_by: date | None
    updated_at: datetime


async def logged_events(connection: Connection, kinds: Sequence[str] | None = None) -> AsyncIterator[LoggedEvent]:
    """Every event by filing and version; ``kinds``: only events such as ``licence:paid``."""
    after, version = BEFORE_ALL, 0
    while True:
        rows = await connection.fetch(
            """SELECT e.filing_id, f.kind AS filing_kind, f.parent_id, e.version, e.act_id, e.kind, e.legal_on,
                      e.recorded_at, e.body
               FROM events e JOIN filings f USING (filing_id)
               WHERE (e.filing_id, e.version) > ($1, $2) AND ($3::text[] IS NULL OR e.kind = ANY ($3))
               ORDER BY e.filing_id, e.version LIMIT $4""",
            after,
            version,
            None if kinds is None else list(kinds),
            _BATCH,
        )
        for row in rows:
            yield LoggedEvent(**row)
        if len(rows) < _BATCH:
            return
        after, version = rows[-1]["filing_id"], rows[-1]["version"]


async def standing_filings(connection: Connection, kind: str | None = None) -> AsyncIterator[StandingFiling]:
    """Every filing, or those of one kind, by id, with where it stands."""
    after = BEFORE_ALL
    while True:
        rows = await connection.fetch(
            """SELECT filing_id, kind, parent_id, head, stage, position, due_by, updated_at FROM filings
               WHERE filing_id > $1 AND ($2::text IS NULL OR kind = $2) ORDER BY filing_id LIMIT $3""",
            after,
            kind,
            _BATCH,
        )
        for row in rows:
            yield StandingFiling(**row)
        if len(rows) < _BATCH:
            return
        after = rows[-1]["filing_id"]


async def how_many_filings(connection: Connection) -> int:
    """For whoever shows how far he has come."""
    found: int = await connection.fetchval("SELECT count(*) FROM filings")
    return found


async def filings_of_acts(connection: Connection, act_ids: Sequence[UUID]) -> dict[UUID, LoggedEvent]:
    """Act id -> the event that it became."""
    rows = await connection.fetch(
        """SELECT e.filing_id, f.kind AS filing_kind, f.parent_id, e.version, e.act_id, e.kind, e.legal_on,
                  e.recorded_at, e.body
           FROM acts a JOIN events e ON e.filing_id = a.filing_id AND e.act_id = a.act_id
           JOIN filings f ON f.filing_id = e.filing_id WHERE a.act_id = ANY ($1)""",
        list(act_ids),
    )
    return {row["act_id"]: LoggedEvent(**row) for row in rows}


async def events_of_filings(
    connection: Connection, filing_ids: Sequence[UUID], kinds: Sequence[str] | None = None
) -> list[LoggedEvent]:
    """The events of some filings, by filing and version."""
    rows = await connection.fetch(
        """SELECT e.filing_id, f.kind AS filing_kind, f.parent_id, e.version, e.act_id, e.kind, e.legal_on,
                  e.recorded_at, e.body
           FROM events e JOIN filings f USING (filing_id)
           WHERE e.filing_id = ANY ($1) AND ($2::text[] IS NULL OR e.kind = ANY ($2))
           ORDER BY e.filing_id, e.version""",
        list(filing_ids),
        None if kinds is None else list(kinds),
    )
    return [LoggedEvent(**row) for row in rows]


async def children_of(connection: Connection, parent_id: UUID, kind: str) -> AsyncIterator[StandingFiling]:
    """The filings of a kind below one, by id."""
    after = BEFORE_ALL
    while True:
        rows = await connection.fetch(
            """SELECT filing_id, kind, parent_id, head, stage, position, due_by, updated_at FROM filings
               WHERE parent_id = $1 AND kind = $2 AND filing_id > $3 ORDER BY filing_id LIMIT $4""",
            parent_id,
            kind,
            after,
            _BATCH,
        )
        for row in rows:
            yield StandingFiling(**row)
        if len(rows) < _BATCH:
            return
        after = rows[-1]["filing_id"]
