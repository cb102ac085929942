"""Secret addresses by which calendars read deadlines: of the secret only the hash is kept."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from database.bulletin.pages import Place, Portion, portion_of
from database.pool import Connection
from database.reads.filters import Filters
from schemas.values.actor import Role


@dataclass(frozen=True)
class DeadlineCalendar:
    """One address. ``last_used_on`` is a day in Beijing."""

    calendar_id: UUID
    membership_id: UUID
    language: Literal["zh", "en"]
    created_at: datetime
    last_used_on: date | None


@dataclass(frozen=True)
class Reader:
    """As what a calendar reads now: the membership of its owner, which holds today."""

    calendar_id: UUID
    language: Literal["zh", "en"]
    party_id: UUID
    membership_id: UUID
    role: Role
    organisation_id: UUID | None
    region: str | None
    platform: str | None


async def add_calendar(
    connection: Connection, calendar_id: UUID, secret_hash: bytes, account_id: UUID, membership_id: UUID, language: str
) -> None:
    """One more."""
    await connection.execute(
        """INSERT INTO deadline_calendars (calendar_id, secret_hash, account_id, membership_id, language)
           VALUES ($1, $2, $3, $4, $5)""",
        calendar_id,
        secret_hash,
        account_id,
        membership_id,
        language,
    )


async def calendars_of(
    connection: Connection, account_id: UUID, after: Place | None = None, limit: int = 100
) -> Portion[DeadlineCalendar]:
    """Those of an account that are not ended, the newest first."""
    given = Filters("ended_at IS NULL")
    given.given("account_id = {0}", account_id)
    given.beyond("created_at, calendar_id", "<", after)
    rows = await connection.fetch(
        f"""SELECT calendar_id, membership_id, language, created_at, last_used_on FROM deadline_calendars {given.where}
            ORDER BY created_at DESC, calendar_id DESC LIMIT {given.put(limit + 1)}""",
        *given.values,
    )
    found = [DeadlineCalendar(**row) for row in rows]
    return portion_of(found, limit, lambda one: Place(one.created_at, one.calendar_id))


async def read_calendar(connection: Connection, secret_hash: bytes, today: date) -> Reader | None:
    """Who reads by that secret; None where it is none, is ended, or its owner has the role no more.

    The day is written once a day.
    """
    row = await connection.fetchrow(
        """WITH used AS (UPDATE deadline_calendars SET last_used_on = $2
               WHERE secret_hash = $1 AND ended_at IS NULL AND last_used_on IS DISTINCT FROM $2)
           SELECT c.calendar_id, c.language, m.party_id, m.membership_id, m.role, m.organisation_id, m.region,
                  m.platform
           FROM deadline_calendars c JOIN memberships_in_force m USING (membership_id)
           WHERE c.secret_hash = $1 AND c.ended_at IS NULL""",
        secret_hash,
        today,
    )
    return Reader(**{**row, "role": Role(row["role"])}) if row else None


async def end_calendar(connection: Connection, calendar_id: UUID, account_id: UUID) -> bool:
    """It is read no more; False where the account has none such."""
    status = await connection.execute(
        """UPDATE deadline_calendars SET ended_at = clock_timestamp()
           WHERE calendar_id = $1 AND account_id = $2 AND ended_at IS NULL""",
        calendar_id,
        account_id,
    )
    return status == "UPDATE 1"
