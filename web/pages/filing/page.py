"""One filing: where it stands, what it waits for, what happened, and what whoever looks may do next."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.stages.stage import Track
from texts.words import name_of
from web.pages.filing.drawing import Drawing, draw, tracks_walked
from web.pages.filing.read import ShownFiling, at_one_instant, read, read_before, sections_of
from web.pages.filing.story import story
from web.render import render
from web.rights.pages import HISTORIANS, PACKAGED_FOR
from web.visit import Somebody, Visit
from web.words import word

router = APIRouter()


@router.get("/filings/{filing_id}")
async def filing(visit: Somebody, filing_id: UUID, before: str = "") -> HTMLResponse:
    """The page of one filing; ``before``: where its timeline goes on."""
    async with at_one_instant(visit) as connection:
        found = await read(visit, connection, filing_id, read_before(before))
    if visit.request.headers.get("hx-request") == "true":
        return render(visit, "filing/earlier.html", **_told(visit, found))
    return render(visit, "filing/page.html", **shown(visit, found, "filing"), **_told(visit, found), **_drawn(found))


@router.get("/filings/{filing_id}/doing")
async def doing(visit: Somebody, filing_id: UUID) -> HTMLResponse:
    """Every act that the role of the visit has there: what can be done now, and of the others why not."""
    async with at_one_instant(visit) as connection:
        found = await read(visit, connection, filing_id, shown=1)
    return render(visit, "filing/doing.html", **shown(visit, found, "doing"))


def shown(visit: Visit, found: ShownFiling, section: str) -> dict[str, Any]:
    """What every page of a filing has."""
    listed, kind = found.listed, found.listed.kind
    stages = [(f"{kind}.{found.position.stage}", True)]
    stages += [(f"{track}.{stage}", False) for track, stage in found.position.tracks.stages().items() if stage != "-"]
    page = visit.console.temporal_page if visit.membership.role in HISTORIANS else None
    return {
        "found": found,
        "kind": kind,
        "compact": visit.membership.role in HISTORIANS,
        "stages": stages,
        "sections_of_filing": sections_of(visit, listed.filing_id, section),
        "stage_named": lambda scope: lambda stage: name_of("stages", f"{scope}.{stage}", visit.language),
        "track_named": lambda track: name_of("tracks", track, visit.language),
        "phase_named": lambda phase: word(f"phase_{phase}", visit.language),
        "is_packaged": kind == FilingKind.DECLARATION and visit.membership.role in PACKAGED_FOR,
        "temporal_page": page and f"{page}{quote(listed.workflow_id, safe='')}",
    }


def _told(visit: Visit, found: ShownFiling) -> dict[str, Any]:
    return {
        "items": story(visit, found),
        "earlier": f"/filings/{found.listed.filing_id}?before={found.earlier}" if found.earlier else "",
    }


def _drawn(found: ShownFiling) -> dict[str, Any]:
    lifecycle = LIFECYCLES[FilingKind(found.listed.kind)]
    drawings = list[Drawing]()
    for track, walked in tracks_walked(lifecycle, [(one.stage, one.tracks) for one in found.stood]):
        now = found.position.stage if track is Track.RIGHT else found.position.tracks.stages().get(track)
        # What other filings changed since the last act was asked for is in the position alone.
        drawings.append(draw(lifecycle, track, [*walked, now] if now and walked[-1:] != [now] else walked))
    return {"drawings": drawings}
