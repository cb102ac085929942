"""The people of an organisation who share a role, and who of them is away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from database.bulletin.pages import Place, Portion, portion_of
from database.pool import Connection
from database.reads.filters import Filters
from schemas.values.actor import Role


@dataclass(frozen=True)
class Absence:
    """Somebody is away from one day to another, both included."""

    absence_id: UUID
    party_id: UUID
    from_on: date
    until_on: date
    told_by: UUID


async def colleagues(connection: Connection, organisation_id: UUID, role: Role, platform: str | None) -> list[UUID]:
    """Everybody who has that role in the organisation now, for the whole or for the same sub-platform."""
    rows = await connection.fetch(
        """SELECT DISTINCT party_id FROM memberships_in_force
           WHERE organisation_id = $1 AND role = $2 AND platform IS NOT DISTINCT FROM $3""",
        organisation_id,
        role.value,
        platform,
    )
    return [row["party_id"] for row in rows]


async def absences_of(
    connection: Connection,
    organisation_id: UUID,
    of: Collection[UUID],
    since: date,
    after: Place | None = None,
    limit: int = 100,
) -> Portion[Absence]:
    """Absences of these of its people that are not over before ``since``, what ends first first."""
    given = Filters("ended_at IS NULL")
    given.given("organisation_id = {0}", organisation_id)
    given.given("party_id = ANY({0})", list(of))
    given.given("until_on >= {0}", since)
    given.beyond("until_on, absence_id", ">", after)
    rows = await connection.fetch(
        f"""SELECT absence_id, party_id, from_on, until_on, told_by FROM absences {given.where}
            ORDER BY until_on, absence_id LIMIT {given.put(limit + 1)}""",
        *given.values,
    )
    return portion_of([Absence(**row) for row in rows], limit, lambda one: Place(one.until_on, one.absence_id))


async def away_on(
    connection: Connection, organisation_id: UUID, of: Collection[UUID], day: date
) -> Mapping[UUID, date]:
    """Who of these of its people is away on that day, and until which."""
    rows = await connection.fetch(
        """SELECT party_id, max(until_on) AS until_on FROM absences
           WHERE organisation_id = $1 AND party_id = ANY($2) AND $3 BETWEEN from_on AND until_on AND ended_at IS NULL
           GROUP BY party_id""",
        organisation_id,
        list(of),
        day,
    )
    return {row["party_id"]: row["until_on"] for row in rows}


async def add_absence(connection: Connection, organisation_id: UUID, absence: Absence) -> None:
    """Once, however often it is told."""
    await connection.execute(
        """INSERT INTO absences (absence_id, organisation_id, party_id, from_on, until_on, told_by)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (absence_id) DO NOTHING""",
        absence.absence_id,
        organisation_id,
        absence.party_id,
        absence.from_on,
        absence.until_on,
        absence.told_by,
    )


async def end_absence(connection: Connection, absence_id: UUID, organisation_id: UUID, ended_by: UUID) -> bool:
    """It is taken back; False where the organisation has none such."""
    status = await connection.execute(
        """UPDATE absences SET ended_at = clock_timestamp(), ended_by = $3
           WHERE absence_id = $1 AND organisation_id = $2 AND ended_at IS NULL""",
        absence_id,
        organisation_id,
        ended_by,
    )
    return status == "UPDATE 1"
