"""The people of an organisation who share a role, and who of them is away."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from database.pool import Connection
from schemas.values.actor import Role


@dataclass(frozen=True)
class Absence:
    """Somebody is away from one day to another, both included."""

    absence_id: UUID
    party_id: UUID
    from_on: date
    until_on: date
    told_by: UUID

    def covers(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on


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


async def absences_of(connection: Connection, organisation_id: UUID, since: date, most: int = 200) -> list[Absence]:
    """Absences of its people that are not over before ``since``, what ends first first."""
    rows = await connection.fetch(
        """SELECT absence_id, party_id, from_on, until_on, told_by FROM absences
           WHERE organisation_id = $1 AND until_on >= $2 AND ended_at IS NULL
           ORDER BY until_on, absence_id LIMIT $3""",
        organisation_id,
        since,
        most,
    )
    return [Absence(**row) for row in rows]


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
