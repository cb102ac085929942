"""Secret addresses by which calendars read deadlines: made and ended by their owner alone."""

from dataclasses import dataclass, field
from uuid import UUID

from database.console.calendars import add_calendar, end_calendar
from database.registers.audit_log import write_audit
from texts.lines import Language
from web.sign_in.keys import plain_hash
from web.sign_in.session import Session
from web.visit import NotFound, SignInNeeded, Visit


@dataclass(frozen=True)
class MadeCalendar:
    """A new one, and its whole address, which nobody keeps."""

    calendar_id: UUID
    address: str = field(repr=False)


async def make_calendar(visit: Visit, language: Language) -> MadeCalendar:
    """One more, of what this role sees."""
    by, calendar_id, secret = _owner(visit), visit.new_id(), visit.new_secret()
    async with visit.console.pool.acquire() as connection, connection.transaction():
        await add_calendar(
            connection, calendar_id, plain_hash(secret), by.account_id, by.membership.membership_id, language
        )
        await write_audit(
            connection, by.party_id, by.membership.role.value, "make_calendar", "granted", act_id=calendar_id
        )
    return MadeCalendar(calendar_id, address_of(visit, secret))


def address_of(visit: Visit, secret: str) -> str:
    """The whole address of that secret."""
    return visit.address(f"/deadlines/{secret}.ics")


async def stop_calendar(visit: Visit, calendar_id: UUID) -> None:
    """Whoever has the address reads nothing any more; raises NotFound where it is none of one's own."""
    by = _owner(visit)
    async with visit.console.pool.acquire() as connection, connection.transaction():
        if not await end_calendar(connection, calendar_id, by.account_id):
            raise NotFound
        await write_audit(
            connection, by.party_id, by.membership.role.value, "end_calendar", "granted", act_id=calendar_id
        )


def _owner(visit: Visit) -> Session:
    if visit.session is None:
        raise SignInNeeded
    return visit.session
