"""What the log had granted before it was set back: a repair brings it, the recorder finds it when it is asked again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from database.pool import Connection
from schemas.values.actor import Role


@dataclass(frozen=True)
class GrantedBefore:
    """A grant that a history proves. ``body_hash``: of the act as it was asked; ``declaration_id``: of a notice."""

    act_id: UUID
    body_hash: bytes
    filing_id: UUID
    granted_at: datetime
    workflow_id: str
    run_id: str
    receipt_number: str | None = None
    declaration_id: UUID | None = None


async def bring(connection: Connection, one: GrantedBefore, who: UUID, role: Role) -> UUID | None:
    """Keeps the proof, once for each role; no later notice takes the receipt number that was told. In a transaction.

    ``role``: only an operator vouches for the day of the grant; another's proof keeps the number alone. Where the
    number was told to another licence since, nothing is kept, and it is that licence that is returned.
    """
    if one.receipt_number and one.declaration_id:
        await connection.execute(
            """INSERT INTO counters AS c (scope, last) VALUES ('notice:' || $1::uuid, right($2::text, 6)::bigint)
               ON CONFLICT (scope) DO UPDATE SET last = greatest(c.last, excluded.last)""",
            one.declaration_id,
            one.receipt_number,
        )
        other = await _taken_by_another(connection, one.receipt_number, one.filing_id)
        if other is not None:
            return other
    await connection.execute(
        """INSERT INTO granted_before (act_id, body_hash, filing_id, granted_at, receipt_number, workflow_id, run_id,
                                       brought_by, brought_as)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING""",
        one.act_id,
        one.body_hash,
        one.filing_id,
        one.granted_at,
        one.receipt_number,
        one.workflow_id,
        one.run_id,
        who,
        role.value,
    )
    return None


async def find_granted(connection: Connection, act_id: UUID, body_hash: bytes) -> datetime | None:
    """When the act was granted, where an operator vouches for it and nothing else was asked."""
    found: datetime | None = await connection.fetchval(
        """SELECT granted_at FROM granted_before
           WHERE act_id = $1 AND body_hash = $2 AND brought_as = 'operator'""",
        act_id,
        body_hash,
    )
    return found


async def _taken_by_another(connection: Connection, receipt_number: str, filing_id: UUID) -> UUID | None:
    licence_id: UUID | None = await connection.fetchval(
        "SELECT licence_id FROM notice_receipts WHERE receipt_number = $1 AND licence_id <> $2",
        receipt_number,
        filing_id,
    )
    return licence_id
