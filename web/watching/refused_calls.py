"""What somebody asked for who has no right to it: a line of the audit log, whatever he is told."""

from contextlib import suppress
from typing import Protocol
from uuid import UUID

import asyncpg

from database.pool import AWAY
from database.registers.audit_log import write_audit
from schemas.values.refusal import refusal
from web.visit import Visit


class Refusing(Protocol):
    """The no that he is told: about which filing, where it is about one, and what he asked for."""

    filing_id: UUID | None
    act_kind: str


async def write_down(visit: Visit, refused: Refusing) -> None:
    """Writes the line. That it cannot be written changes nothing for whoever asked: he is refused all the same."""
    if visit.session is None:
        return
    scope = visit.request.scope
    page = f"{visit.request.method} {scope.get('root_path', '')}{scope['route'].path}"
    why = refusal("page_not_yours", "page", page=page)
    if refused.filing_id is not None:
        why = refusal("not_yours_to_see", "filing", filing_id=refused.filing_id)
    with suppress(*AWAY, asyncpg.PostgresError):
        async with visit.console.pool.acquire() as connection:
            await write_audit(
                connection,
                visit.session.party_id,
                visit.session.membership.role.value,
                refused.act_kind,
                "refused",
                filing_id=refused.filing_id,
                refusals=(why,),
            )
