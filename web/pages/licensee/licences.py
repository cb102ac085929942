"""The licences of whoever looks: what each one owes next, which report is due, and the papers to take along."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from client.today import today
from database.bulletin.pages import Direction, Page, Place, read_instant_place
from database.console.mine import Mine, Narrowed, mine
from database.console.positions import positions_of
from database.pool import Connection
from database.reads.lists import ListedFiling, list_filings
from database.registers.parties import public_names
from rules.licence.validity import Validity, validity_of
from schemas.acts.act import FilingKind
from schemas.lifecycle.licence import LICENCE
from schemas.lifecycle.table import acts_expected
from schemas.standing.dues import Obligation
from schemas.standing.position import Deadline, LicencePosition
from schemas.standing.positions import stored_position
from texts.words import name_of
from web.lists.listed import BATCH, Columns, Listed
from web.parties import party_ids
from web.render import render
from web.rights.whose import see, whose
from web.visit import NotFound, Somebody, Visit

router = APIRouter(prefix="/licences")
PAGE = 20
REPORT = "report_sales"
_PAYABLE = frozenset({"scheduled", "overdue", "reported"})


@dataclass(frozen=True)
class Dues:
    """What a licence asks for now; what has no day stands last."""

    position: LicencePosition
    validity: Validity

    @property
    def open_dues(self) -> list[Obligation]:
        """What is not paid yet and is asked for, the earliest first."""
        found = [one for one in self.position.obligations if one.state in _PAYABLE and one.open_amount.fen > 0]
        return sorted(found, key=lambda one: one.due_by or date.max)

    @property
    def reports(self) -> list[Deadline]:
        """The sales reports that are due, the earliest first."""
        return sorted((one for one in self.position.deadlines if one.what == REPORT), key=attrgetter("by"))

    @property
    def has_certificate(self) -> bool:
        """Whether it took effect, and did not fall since."""
        return self.position.effective_on is not None and self.validity.state in ("in_force", "ended", "provisional")


@dataclass(frozen=True)
class ShownLicence:
    """One licence with the names of the organisations in it."""

    listed: ListedFiling
    dues: Dues
    names: dict[UUID, str]


def dues_of(stored: dict[str, object]) -> Dues:
    """Those of a licence's position as it is kept."""
    position = stored_position(FilingKind.LICENCE, stored)
    assert isinstance(position, LicencePosition)
    return Dues(position, validity_of(position, today()))


async def listed(
    visit: Visit, connection: Connection, place: Place | None, direction: Direction, size: int
) -> tuple[Page[Mine], dict[UUID, Dues]]:
    """A page of the licences that are theirs, newest first, with what each asks for."""
    narrowed = Narrowed(kind=FilingKind.LICENCE.value)
    found = await mine(connection, whose(visit), narrowed, place=place, direction=direction, size=size)
    stored = await positions_of(connection, [one.filing_id for one in found.rows])
    return found, {filing_id: dues_of(position) for filing_id, position in stored.items()}


async def read(visit: Visit, connection: Connection, licence_id: UUID) -> ShownLicence:
    """One licence; raises NotFound where there is none, or none that is yours to see."""
    await see(visit, connection, licence_id)
    found = (await list_filings(connection, filing_id=licence_id))[0]
    if found.kind != FilingKind.LICENCE:
        raise NotFound
    dues = dues_of((await positions_of(connection, [licence_id]))[licence_id])
    names = await public_names(connection, party_ids(dues.position.model_dump(mode="json")))
    return ShownLicence(found, dues, names)


async def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[tuple[Mine, Dues]]]:
    place, is_more = None, True
    while is_more:
        async with visit.console.pool.acquire() as connection:
            found, dues = await listed(visit, connection, place, "older", BATCH)
        yield [(one, dues[one.filing_id]) for one in found.rows if one.filing_id in dues]
        place = found.older
        is_more = place is not None


def _first_due(dues: Dues) -> Obligation | None:
    return next(iter(dues.open_dues), None)


_COLUMNS: Columns[tuple[Mine, Dues]] = (
    ("filing_id", lambda one, _: one[0].filing_id),
    ("patent_number", lambda one, _: one[0].patent_number),
    ("title", lambda one, _: one[0].title),
    ("stage", lambda one, language: name_of("stages", f"licence.{one[0].stage}", language)),
    ("term_ends_on", lambda one, _: one[1].validity.until),
    ("due_next", lambda one, _: due.open_amount.yuan if (due := _first_due(one[1])) else ""),
    ("due_by", lambda one, _: due.due_by if (due := _first_due(one[1])) else ""),
    ("report_due", lambda one, _: next((report.by for report in one[1].reports), None)),
)
LIST = Listed("/licences", _COLUMNS, _all)


@router.get("")
async def licences(visit: Somebody, older: str = "", newer: str = "") -> HTMLResponse:
    """The list, a page at a time."""
    direction: Direction = "newer" if newer else "older"
    async with visit.console.pool.acquire() as connection:
        found, dues = await listed(visit, connection, read_instant_place(newer or older), direction, PAGE)
    return render(
        visit,
        "licensee/licences.html",
        listed=LIST,
        found=found.rows,
        dues=dues,
        newer=f"?newer={found.newer}" if found.newer else "",
        older=f"?older={found.older}" if found.older else "",
    )


@router.get("/{licence_id}")
async def licence(visit: Somebody, licence_id: UUID) -> HTMLResponse:
    """The page of one licence."""
    async with visit.console.pool.acquire() as connection:
        found = await read(visit, connection, licence_id)
    position = found.dues.position
    acts = acts_expected(LICENCE, position.stage, position.tracks.stages(), visit.membership.role)
    return render(visit, "licensee/licence.html", found=found, dues=found.dues, acts=acts)
