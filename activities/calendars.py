"""The holiday tables under which an act is recorded: those that two people had approved when it began."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from activities.remembered import Known
from database.pool import Connection
from database.registers.calendar_tables import approved_at, tables_in_use
from rules.filing.moved import moved_days, stands_as
from rules.kinds import Kind
from rules.law.calendar import Calendar, Calendars
from schemas.standing.fact import MovedDay


@dataclass(frozen=True)
class CalendarInUse:
    """The calendar of one act; ``number``: of its last table."""

    number: int
    calendars: Calendars

    @property
    def calendar(self) -> Calendar:
        """What it is counted by."""
        return self.calendars.at(self.number)

    def moves(self, kind: Kind[Any, Any, Any], known: Known) -> bool:
        """Whether a filing stands elsewhere under it than it was left, by the same facts."""
        if known.position is None or self.number == known.calendar:
            return False
        return not stands_as(known.position, kind.derive(known.facts, known.surroundings, self.calendar))

    def moved(self, kind: Kind[Any, Any, Any], known: Known) -> tuple[MovedDay, ...]:
        """The days that the tables since the last fact have moved."""
        if known.position is None:
            return ()
        return moved_days(
            lambda calendar: kind.derive(known.facts, known.surroundings, calendar),
            self.calendars,
            known.calendar,
            self.number,
        )


class ReadCalendars:
    """Reads the tables again when the database has another last one than was read.

    The number alone does not say so: after the database was set back it is given again, to another table.
    """

    def __init__(self, first: Calendar) -> None:
        self._first = first
        self._read: Calendars | None = None
        self._approved_at: datetime | None = None

    async def in_use(self, connection: Connection, number: int) -> CalendarInUse:
        """What holds for an act that began under the table of this ``number``."""
        approved = await approved_at(connection, number) if number else None
        read = self._read  # only now: other acts read beside this one
        if read is None or read.latest != number or self._approved_at != approved:
            read = self._read = Calendars(self._first, await tables_in_use(connection))
            self._approved_at = approved
        return CalendarInUse(number, read)
