"""Things of one's own organisation: whoever is of it makes them, and ends those that any of its people made."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from database.pool import Connection
from database.registers.audit_log import write_audit
from web.sign_in.session import Session
from web.visit import NotFound, Visit

Ending = Callable[[Connection, UUID, UUID, UUID], Awaitable[bool]]
"""The connection, the thing, the organisation, and who ends it; False where the organisation has none such."""


def of_organisation(visit: Visit) -> tuple[Session, UUID]:
    """Who asks, and of which organisation; raises NotFound for whoever acts for none."""
    if visit.session is None or visit.membership.organisation_id is None:
        raise NotFound
    return visit.session, visit.membership.organisation_id


async def end_own(visit: Visit, act: str, thing: UUID, end: Ending) -> None:
    """One transaction with its line in the audit log; raises NotFound where the organisation has none such."""
    by, organisation_id = of_organisation(visit)
    async with visit.console.pool.acquire() as connection, connection.transaction():
        if not await end(connection, thing, organisation_id, by.party_id):
            raise NotFound
        await write_audit(connection, by.party_id, by.membership.role.value, act, "granted", act_id=thing)
