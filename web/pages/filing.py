"""One filing: where it stands, what it waits for, what happened, and what whoever looks may do next."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from database.pool import Connection
from database.reads.lists import ListedFiling, list_filings
from database.reads.read_model import findings_of, tasks_of
from database.record.event_log import ChainLink, chain_of, find_head
from database.record.posting import Finding, Task
from database.registers.parties import public_names
from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.table import acts_expected, acts_possible
from schemas.standing.position import BasePosition
from schemas.standing.positions import stored_position
from web.parties import party_ids
from web.render import render
from web.rights.whose import see
from web.visit import Somebody, Visit

router = APIRouter()


@dataclass(frozen=True)
class ShownFiling:
    """Everything about one filing that a person asks for first."""

    listed: ListedFiling
    position: BasePosition
    tasks: list[Task]
    findings: list[Finding]
    events: list[ChainLink]
    acts: tuple[str, ...]
    """What whoever looks may do now."""
    other_acts: tuple[str, ...]
    """What an authority may tell besides; it contradicts what we have, and opens a finding."""
    names: dict[UUID, str]
    """Of the organisations that are named in it."""


async def read(visit: Visit, connection: Connection, filing_id: UUID) -> ShownFiling:
    """The filing as it stands; raises NotFound where there is none, or none that is yours to see."""
    await see(visit, connection, filing_id)
    listed = (await list_filings(connection, filing_id=filing_id))[0]
    head = await find_head(connection, filing_id)
    assert head is not None
    kind = FilingKind(listed.kind)
    position = stored_position(kind, head.position)
    events = [link async for link in chain_of(connection, filing_id)]
    role, at = visit.membership.role, (LIFECYCLES[kind], position.stage, position.tracks.stages())
    expected = acts_expected(*at, role)
    ids = party_ids(position.model_dump(mode="json"), *(one.body["act"] for one in events))
    return ShownFiling(
        listed,
        position,
        await tasks_of(connection, filing_id),
        await findings_of(connection, filing_id),
        events,
        expected,
        tuple(one for one in acts_possible(*at, role) if one not in expected),
        await public_names(connection, ids),
    )


@router.get("/filings/{filing_id}")
async def filing(visit: Somebody, filing_id: UUID) -> HTMLResponse:
    """The page of one filing."""
    async with (
        visit.console.pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        found = await read(visit, connection, filing_id)
    return render(visit, "filing.html", **_context(visit, found))


def _context(visit: Visit, found: ShownFiling) -> dict[str, Any]:
    listed, kind = found.listed, found.listed.kind
    stages = [(f"{kind}.{found.position.stage}", True)]
    stages += [(f"{track}.{stage}", False) for track, stage in found.position.tracks.stages().items() if stage != "-"]
    page = visit.console.temporal_page
    return {
        "found": found,
        "kind": kind,
        "stages": stages,
        "temporal_page": page and f"{page}{quote(listed.workflow_id, safe='')}",
    }
