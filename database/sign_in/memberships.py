"""Roles of accounts: what one person proposes counts when another grants it, until somebody ends it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from database.bulletin.pages import Place, Portion, portion_of
from database.pool import Connection
from database.reads.filters import Filters
from database.record.guards import refusing
from database.registers.parties import require_parties
from schemas.values.actor import Role
from schemas.values.refusal import refuse


@dataclass(frozen=True)
class MembershipRow:
    """One role of one account, with its whole life."""

    membership_id: UUID
    account_id: UUID
    party_id: UUID
    role: Role
    organisation_id: UUID | None
    organisation_name: str | None
    region: str | None
    platform: str | None
    proposed_by: UUID
    proposed_at: datetime
    granted_by: UUID | None
    granted_at: datetime | None
    ended_by: UUID | None
    ended_at: datetime | None
    reason: str | None

    @property
    def counts(self) -> bool:
        """Granted by a second person, and not ended."""
        return self.granted_at is not None and self.ended_at is None


_ALL = """SELECT m.membership_id, m.account_id, m.party_id, m.role, m.organisation_id,
              p.public_name AS organisation_name, m.region, m.platform, m.proposed_by, m.proposed_at, g.granted_by,
              g.granted_at, e.ended_by, e.ended_at, e.reason
          FROM memberships m LEFT JOIN parties p ON p.party_id = m.organisation_id
          LEFT JOIN membership_grants g USING (membership_id) LEFT JOIN membership_ends e USING (membership_id)"""


async def propose_membership(
    connection: Connection,
    membership_id: UUID,
    account_id: UUID,
    role: Role,
    proposed_by: UUID,
    *,
    organisation_id: UUID | None = None,
    region: str | None = None,
    platform: str | None = None,
) -> bool:
    """The first person; True when it is new. Raises Refused ``party_unknown`` or ``account_unknown``."""
    await require_parties(connection, proposed_by, *((organisation_id,) if organisation_id else ()))
    status = await connection.execute(
        """INSERT INTO memberships
               (membership_id, account_id, party_id, role, organisation_id, region, platform, proposed_by)
           SELECT $1, account_id, party_id, $3, $4, $5, $6, $7 FROM accounts WHERE account_id = $2 AND state = 'active'
           ON CONFLICT (membership_id) DO NOTHING""",
        membership_id,
        account_id,
        role.value,
        organisation_id,
        region,
        platform,
        proposed_by,
    )
    if status == "INSERT 0 1":
        return True
    if await find_membership(connection, membership_id) is None:
        raise refuse("account_unknown", "account_id", account_id=account_id)
    return False


async def grant_membership(connection: Connection, membership_id: UUID, granted_by: UUID) -> bool:
    """The second person; True when it is granted by this. A repeat changes nothing.

    Raises Refused ``party_unknown``, ``membership_unknown``, ``membership_ended``, or ``same_person`` where whoever
    grants it has proposed it or would get it: by any account.
    """
    await require_parties(connection, granted_by)
    known = await find_membership(connection, membership_id)
    if known is None:
        raise refuse("membership_unknown", "membership_id", membership_id=membership_id)
    if known.ended_at is not None:
        raise refuse("membership_ended", "membership_id", membership_id=membership_id)
    with refusing(party_id=granted_by):
        status = await connection.execute(
            """INSERT INTO membership_grants (membership_id, granted_by) VALUES ($1, $2)
               ON CONFLICT (membership_id) DO NOTHING""",
            membership_id,
            granted_by,
        )
    return status == "INSERT 0 1"


async def end_membership(connection: Connection, membership_id: UUID, ended_by: UUID, reason: str) -> bool:
    """Ends a role, or declines a proposal; one person is enough. True when it ends by this.

    Raises Refused ``party_unknown`` or ``membership_unknown``.
    """
    await require_parties(connection, ended_by)
    if await find_membership(connection, membership_id) is None:
        raise refuse("membership_unknown", "membership_id", membership_id=membership_id)
    status = await connection.execute(
        """INSERT INTO membership_ends (membership_id, ended_by, reason) VALUES ($1, $2, $3)
           ON CONFLICT (membership_id) DO NOTHING""",
        membership_id,
        ended_by,
        reason,
    )
    return status == "INSERT 0 1"


async def find_membership(connection: Connection, membership_id: UUID) -> MembershipRow | None:
    """One of them by its id."""
    rows = await connection.fetch(f"{_ALL} WHERE m.membership_id = $1", membership_id)
    return _membership(rows[0]) if rows else None


async def memberships_of(connection: Connection, account_id: UUID) -> tuple[MembershipRow, ...]:
    """All of an account, also those that wait or ended, in the order of their proposals."""
    rows = await connection.fetch(f"{_ALL} WHERE m.account_id = $1 ORDER BY m.proposed_at, m.membership_id", account_id)
    return tuple(_membership(row) for row in rows)


async def waiting_memberships(
    connection: Connection, after: Place | None = None, limit: int = 100
) -> Portion[MembershipRow]:
    """Proposals that nobody granted or declined, oldest first."""
    given = Filters("g.membership_id IS NULL", "e.membership_id IS NULL")
    given.beyond("m.proposed_at, m.membership_id", ">", after)
    rows = await connection.fetch(
        f"{_ALL} {given.where} ORDER BY m.proposed_at, m.membership_id LIMIT {given.put(limit + 1)}", *given.values
    )
    found = [_membership(row) for row in rows]
    return portion_of(found, limit, lambda one: Place(one.proposed_at, one.membership_id))


async def has_role(connection: Connection, role: Role) -> bool:
    """Whether anybody has this role; nobody else asks so until the end of the transaction."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"has_role {role.value}")
    return bool(
        await connection.fetchval("SELECT EXISTS (SELECT FROM memberships_in_force WHERE role = $1)", role.value)
    )


def _membership(row: object) -> MembershipRow:
    fields = dict(row)  # type: ignore[call-overload]  # asyncpg's rows are mappings
    return MembershipRow(**{**fields, "role": Role(fields["role"])})
