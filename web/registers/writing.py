"""Who writes into registers, and that what was written or refused stands in the audit log."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from database.pool import Connection
from database.registers.audit_log import write_audit
from schemas.lifecycle.registers import check_writer
from schemas.values.refusal import Refused
from web.visit import NotFound, Visit


def may_write(visit: Visit, act: str) -> bool:
    """Whether the role may, as the table of registers has it."""
    return check_writer(act, visit.membership.role) is None


@asynccontextmanager
async def written(visit: Visit, act: str, about: UUID | None = None) -> AsyncIterator[Connection]:
    """One transaction with its line in the audit log, also where it is refused; raises NotFound for other roles."""
    if not may_write(visit, act):
        raise NotFound
    who, role = visit.actor().party_id, visit.membership.role.value
    try:
        async with visit.console.pool.acquire() as connection, connection.transaction():
            yield connection
            await write_audit(connection, who, role, act, "granted", act_id=about)
    except Refused as refused:
        async with visit.console.pool.acquire() as connection:
            await write_audit(connection, who, role, act, "refused", act_id=about, refusals=refused.refusals)
        raise
