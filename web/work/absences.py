"""Who of one's colleagues is away, from which day to which: told by anybody of them, for himself or another."""

from typing import Any
from uuid import UUID

from client.today import today
from database.registers.audit_log import write_audit
from database.work.absences import Absence, add_absence, end_absence
from schemas.values.model import Day, Model
from schemas.values.refusal import refuse
from schemas.wire.form import filled
from web.visit import NotFound, Visit
from web.work.own import end_own, of_organisation
from web.work.people import people_of


class NewAbsence(Model):
    """What is told of an absence; both days are part of it."""

    party_id: UUID
    from_on: Day
    until_on: Day


async def tell_absence(visit: Visit, given: dict[str, Any]) -> UUID:
    """One more; raises Refused with every defect, and NotFound for who is no colleague."""
    by, organisation_id = of_organisation(visit)
    new, absence_id = filled(NewAbsence, given), visit.new_id()
    if new.until_on < new.from_on:
        raise refuse("absence_ends_before_it_begins", "until_on", from_on=new.from_on, until_on=new.until_on)
    async with visit.console.pool.acquire() as connection, connection.transaction():
        if new.party_id not in (await people_of(visit, connection, today())).names:
            raise NotFound
        absence = Absence(absence_id, new.party_id, new.from_on, new.until_on, by.party_id)
        await add_absence(connection, organisation_id, absence)
        await write_audit(
            connection, by.party_id, by.membership.role.value, "add_absence", "granted", act_id=absence_id
        )
    return absence_id


async def take_back_absence(visit: Visit, absence_id: UUID) -> None:
    """A plan that changed, or somebody who is here again; raises NotFound."""
    await end_own(visit, "end_absence", absence_id, end_absence)
