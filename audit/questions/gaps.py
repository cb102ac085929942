"""What is missing: numbers of a series, recordals past their day, and acts where nobody does or awaits anything."""

from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from audit.questions.moment import Step, no_step, one_moment
from database.pool import Connection, Pool
from database.questions.numbers import (
    Missing,
    events_never_numbered,
    licence_numbers_missing,
    receipt_numbers_missing,
    sequence_numbers_missing,
    versions_missing,
)
from database.questions.rows import quiet_filings
from database.questions.stream import standing_filings
from schemas.values.model import Model

What = Literal[
    "sequence_number",
    "event_without_number",
    "version",
    "licence_number",
    "receipt_number",
    "licence_without_recordal",
    "quiet",
]
_UNRECORDED = frozenset({"due", "overdue", "filed", "refused"})
BROKEN: frozenset[What] = frozenset(
    {"sequence_number", "event_without_number", "version", "licence_number", "receipt_number"}
)
"""Numbers that the database gives without gaps; the others are for a person to judge."""


class Gap(Model):
    """One gap. ``first`` to ``last``: the missing numbers; ``since``: the day that has passed, or of the last act."""

    what: What
    filing_id: UUID | None = None
    first: int | None = None
    last: int | None = None
    since: date | None = None
    about: str = ""
    article: str = ""


class Gaps(Model):
    """By what is missing, then by filing and number."""

    on: date
    rows: tuple[Gap, ...]

    @property
    def ok(self) -> bool:
        """Whether no number is missing; a late recordal breaks no record."""
        return not any(one.what in BROKEN for one in self.rows)


async def gaps(pool: Pool, on: date, quiet_days: int = 180, step: Step = no_step) -> Gaps:
    """As of a day: a recordal is late from the day after its day, a filing quiet after so many days."""
    async with one_moment(pool) as connection:
        rows = [*await _numbers(connection), *await _unrecorded(connection, on, step)]
        for filing_id, kind, stage, last_on in await quiet_filings(connection, on - timedelta(days=quiet_days)):
            rows.append(Gap(what="quiet", filing_id=filing_id, since=last_on, about=f"{kind} {stage}"))
    return Gaps(on=on, rows=tuple(rows))


async def _numbers(connection: Connection) -> list[Gap]:
    def of(what: What, missing: list[Missing]) -> list[Gap]:
        return [
            Gap(what=what, filing_id=one.filing_id, first=one.first, last=one.last, about=one.of) for one in missing
        ]

    never = [
        Gap(what="event_without_number", filing_id=filing_id, first=version, last=version)
        for filing_id, version in await events_never_numbered(connection)
    ]
    return [
        *of("sequence_number", await sequence_numbers_missing(connection)),
        *never,
        *of("version", await versions_missing(connection)),
        *of("licence_number", await licence_numbers_missing(connection)),
        *of("receipt_number", await receipt_numbers_missing(connection)),
    ]


async def _unrecorded(connection: Connection, on: date, step: Step) -> list[Gap]:
    found = []
    async for filing in standing_filings(connection, "licence"):
        step()
        stage, due_by = filing.position["tracks"].get("recordal"), filing.position["recordal_due_by"]
        if stage in _UNRECORDED and due_by is not None and date.fromisoformat(due_by) < on:
            found.append(
                Gap(
                    what="licence_without_recordal",
                    filing_id=filing.filing_id,
                    since=date.fromisoformat(due_by),
                    about=stage,
                    article="IR-15; D-32",
                )
            )
    return found
