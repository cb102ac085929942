"""The colleagues of a visit: who has the same role in the same organisation, and who of them is away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from database.pool import Connection
from database.registers.audit_log import write_audit
from database.registers.parties import opened_names
from database.work.absences import away_on, colleagues
from web.visit import Visit


@dataclass(frozen=True)
class People:
    """``names``: everybody of the same role here, oneself too; ``away``: who is away today, and until which day."""

    me: UUID
    names: Mapping[UUID, str]
    away: Mapping[UUID, date]

    def name(self, party_id: UUID | None) -> str:
        """What he is called; of who has the role no more, his id."""
        return "" if party_id is None else self.names.get(party_id, str(party_id))


async def people_of(visit: Visit, connection: Connection, on: date) -> People:
    """Nobody but oneself for whoever acts for no organisation. That names were read stands in the audit log."""
    mine, session = visit.membership, visit.session
    assert session is not None
    if mine.organisation_id is None:
        return People(session.party_id, {session.party_id: session.name}, {})
    found = {*await colleagues(connection, mine.organisation_id, mine.role, mine.platform)}
    names = {}
    if others := sorted(found - {session.party_id}):
        names = await opened_names(connection, visit.console.sessions.key, others)
        await write_audit(connection, session.party_id, mine.role.value, "see_colleagues", "read")
    everybody = {session.party_id: session.name} | {one: names.get(one, str(one)) for one in others}
    return People(session.party_id, everybody, await away_on(connection, mine.organisation_id, everybody.keys(), on))
