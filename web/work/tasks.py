"""Tasks are taken, given to a colleague, or given back; each change has its line in the audit log."""

from collections.abc import Sequence
from uuid import UUID

from client.today import today
from database.registers.audit_log import write_audit
from database.work.tasks import TaskKey, Way, assign
from web.rights.whose import whose
from web.visit import NotFound, Visit
from web.work.own import of_organisation
from web.work.people import people_of

MOST = 100
"""Tasks that are divided at once."""
_LOGGED: dict[Way, str] = {"take": "take_task", "give": "give_task", "give_back": "give_back_task"}


async def divide(visit: Visit, tasks: Sequence[TaskKey], way: Way, to: UUID | None = None) -> list[UUID]:
    """The filings of those whose doer is another one now. ``to``: whom they are given to.

    Raises NotFound for whoever acts for no organisation, and where they are given to nobody of it.
    """
    (by, organisation_id), mine = of_organisation(visit), visit.membership
    doer = {"take": by.party_id, "give": to, "give_back": None}[way]
    if way == "give" and doer is None:
        raise NotFound
    async with visit.console.pool.acquire() as connection, connection.transaction():
        if doer is not None and doer not in (await people_of(visit, connection, today())).names:
            raise NotFound
        changed = await assign(
            connection, whose(visit), mine.role, organisation_id, tasks[:MOST], way, doer, by.party_id
        )
        for filing_id in changed:
            await write_audit(connection, by.party_id, mine.role.value, _LOGGED[way], "granted", filing_id=filing_id)
    return changed
