"""What somebody asked for who has no right to it: a line of the audit log, whatever he is told."""

from contextlib import suppress

import asyncpg

from database.pool import AWAY
from database.registers.audit_log import write_audit
from schemas.values.refusal import refusal
from web.visit import NotFound, Visit


async def write_down(visit: Visit, refused: NotFound) -> None:
    """Writes the line. That it cannot be written changes nothing for whoever asked: he is refused all the same."""
    if visit.session is None or refused.filing_id is None:
        return
    with suppress(*AWAY, asyncpg.PostgresError):
        async with visit.console.pool.acquire() as connection:
            await write_audit(
                connection,
                visit.session.party_id,
                visit.session.membership.role.value,
                refused.act_kind,
                "refused",
                filing_id=refused.filing_id,
                refusals=(refusal("not_yours_to_see", "filing", filing_id=refused.filing_id),),
            )
