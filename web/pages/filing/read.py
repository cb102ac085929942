"""What a page of a filing shows, read at one instant, as far as it is whoever looks to see."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from database.console.history import Stood, Told, stood_at, told_of
from database.pool import Connection
from database.reads.lists import ListedFiling, list_filings
from database.reads.read_model import findings_of, tasks_of
from database.record.event_log import find_head
from database.record.posting import Finding, Task
from database.registers.parties import public_names
from schemas.acts.act import FilingKind
from schemas.lifecycle.towards import acts_towards
from schemas.standing.position import BasePosition
from schemas.standing.positions import stored_position
from schemas.values.actor import Role
from web.pages.filing.offered import Offered, offered
from web.parties import party_ids
from web.rights.pages import HISTORIANS
from web.rights.parts import own_party
from web.rights.whose import see
from web.visit import Visit

SHOWN = 40
"""Acts of the timeline that one page shows."""


class Before(NamedTuple):
    """Where the timeline goes on."""

    on: date
    version: int

    def __str__(self) -> str:
        return f"{self.on}.{self.version}"


def read_before(text: str) -> Before | None:
    """A place of the timeline, of its text; None where it is none, whoever wrote it."""
    day, _, version = text.partition(".")
    try:
        return Before(date.fromisoformat(day), int(version)) if len(version) < 9 else None
    except ValueError:
        return None


@dataclass(frozen=True)
class ShownFiling:
    """Everything about one filing that a person asks for first."""

    listed: ListedFiling
    position: BasePosition
    tasks: list[Task]
    findings: list[Finding]
    told: list[Told]
    """Its acts by their legal days, the last first."""
    earlier: Before | None
    """From where the timeline goes on."""
    stood: list[Stood]
    offered: Offered
    asked_for: tuple[str, ...]
    """Those of the acts that a task or a day of whoever looks asks for, what is due first first."""
    own: UUID | None
    """Whose part alone is shown; None: all of it."""
    names: dict[UUID, str]
    """Of the organisations that are named in it."""

    @property
    def kind(self) -> FilingKind:
        return FilingKind(self.listed.kind)

    @property
    def acts(self) -> tuple[str, ...]:
        """What whoever looks may do now, with what is asked for before the others."""
        return tuple(dict.fromkeys((*self.asked_for, *self.offered.expected)))


@asynccontextmanager
async def at_one_instant(visit: Visit) -> AsyncIterator[Connection]:
    """Reads that agree with each other, whatever is recorded meanwhile."""
    async with (
        visit.console.pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        yield connection


async def read(
    visit: Visit, connection: Connection, filing_id: UUID, before: Before | None = None, shown: int = SHOWN
) -> ShownFiling:
    """The filing as it stands; raises NotFound where there is none, or none that is yours to see."""
    await see(visit, connection, filing_id)
    listed = (await list_filings(connection, filing_id=filing_id))[0]
    head = await find_head(connection, filing_id)
    assert head is not None
    kind = FilingKind(listed.kind)
    position = stored_position(kind, head.position)
    on, version = before or (None, None)
    told = await told_of(connection, filing_id, on, version, limit=shown + 1)
    is_more, told = len(told) > shown, told[:shown]
    own = own_party(visit, kind)
    ids = party_ids(position.model_dump(mode="json"), *(one.act for one in told)) if own is None else (own,)
    tasks, role = await tasks_of(connection, filing_id), visit.membership.role
    can = offered(kind, position.stage, position.tracks.stages(), role)
    return ShownFiling(
        listed,
        position,
        tasks,
        await findings_of(connection, filing_id),
        told,
        Before(told[-1].legal_on, told[-1].version) if is_more and told else None,
        await stood_at(connection, filing_id),
        can,
        _asked_for(position, tasks, role, can.expected),
        own,
        await public_names(connection, ids),
    )


def _asked_for(position: BasePosition, tasks: Sequence[Task], role: Role, acts: tuple[str, ...]) -> tuple[str, ...]:
    waits = [(one.by_on or date.max, one.what) for one in tasks if one.closed_on is None and one.role == role.value]
    comes = [(one.by, one.what) for one in position.deadlines if one.role is role]
    return tuple(act for _, what in sorted(waits) + sorted(comes) for act in acts_towards(what, acts))


def sections_of(visit: Visit, filing_id: UUID, current: str) -> list[tuple[str, str, bool]]:
    """The pages of a filing that the visit may read: key of its name, address, whether it is this one."""
    pages = ["filing", "doing", "money", "documents", "below"]
    if visit.membership.role in HISTORIANS:
        pages.append("history")
    return [
        (f"section_{one}", f"/filings/{filing_id}" + ("" if one == "filing" else f"/{one}"), one == current)
        for one in pages
    ]
