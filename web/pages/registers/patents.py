"""What the platform knows of a patent in the office's register: every version with its day, and a new one."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import TypeAdapter, ValidationError
from starlette.responses import RedirectResponse, Response

from client.registering import RegisterRow
from client.today import today
from database.pool import Connection
from database.registers.parties import public_names
from database.registers.patents import PatentVersion, versions_of
from schemas.values.patent_number import PatentNumber
from schemas.values.refusal import Refused, refusal
from web.documents import texts_of
from web.forms.given import Given, read_form
from web.forms.saying import wrong
from web.forms.shape import fields_of
from web.lists.listed import Columns, Listed, once
from web.registers.parties import bring_evidence
from web.registers.writing import may_write
from web.render import render
from web.visit import NotFound, Somebody, Visit
from web.words import value_name

router = APIRouter(prefix="/patents")
_NUMBER: TypeAdapter[PatentNumber] = TypeAdapter(PatentNumber)
_FIELDS = fields_of(RegisterRow)


@dataclass(frozen=True)
class OfPatent:
    """Of which patent."""

    number: str


Version = tuple[PatentVersion, dict[UUID, str]]


async def _versions(connection: Connection, number: str) -> list[Version]:
    """All that was brought of a patent until today, with the names of the organisations who did."""
    found = await versions_of(connection, number, today())
    by: tuple[UUID, ...] = tuple({one.brought_by for one in found if one.brought_by is not None})
    names = await public_names(connection, by)
    return [(one, names) for one in found]


def _all(visit: Visit, asked: OfPatent) -> AsyncIterator[Sequence[Version]]:
    async def read(connection: Connection) -> Sequence[Version]:
        found = await _versions(connection, asked.number)
        if not found:
            raise NotFound
        return found

    return once(visit, read)


_COLUMNS: Columns[Version] = (
    ("brought_on", lambda one, _: one[0].brought_on),
    ("state", lambda one, language: value_name("status", one[0].evidence.status, language)),
    ("title", lambda one, _: one[0].evidence.title),
    ("filed_on", lambda one, _: one[0].evidence.filed_on),
    ("granted_on", lambda one, _: one[0].evidence.granted_on),
    ("ended_on", lambda one, _: one[0].evidence.facts.get("ended_on")),
    ("checked_on", lambda one, _: one[0].evidence.facts.get("checked_on")),
    ("source", lambda one, _: one[0].evidence.source),
    ("evidence_by", lambda one, _: one[1].get(one[0].brought_by, one[0].brought_by) if one[0].brought_by else ""),
)
LIST = Listed("/patents/{number}", _COLUMNS, _all, OfPatent)


@router.get("")
async def patents(visit: Somebody, number: str = Query("", max_length=100)) -> Response:
    """Finds a patent by its number, in any printed form."""
    if number.strip():
        try:
            return RedirectResponse(f"/patents/{_NUMBER.validate_python(number)}", 303)
        except ValidationError:
            refused = Refused(refusal("patent_not_in_register", "number", number=number.strip()))
            return _search(visit, number, refused)
    return _search(visit, "")


@router.get("/new")
async def new_evidence(visit: Somebody, number: str = Query("", max_length=100)) -> Response:
    """The empty form."""
    return _new(visit, {"patent_number": number})


@router.post("/new")
async def brought(visit: Somebody) -> Response:
    """A new reading of the register; the versions before stay."""
    texts = texts_of(await visit.form())
    try:
        number = await bring_evidence(visit, read_form(_FIELDS, texts))
    except Refused as refused:
        return _new(visit, texts, refused)
    return RedirectResponse(f"/patents/{number}", 303)


@router.get("/{number}")
async def patent(visit: Somebody, number: str) -> Response:
    """All that was brought of it until today."""
    async with visit.console.pool.acquire() as connection:
        versions = await _versions(connection, number)
    if not versions:
        return _search(visit, number, Refused(refusal("patent_not_in_register", "number", number=number)))
    may_add = may_write(visit, "bring_evidence")
    names, found = versions[0][1], [one for one, _ in versions]
    return render(visit, "registers/patent.html", listed=LIST, number=number, found=found, names=names, may_add=may_add)


def _search(visit: Visit, number: str, refused: Refused | None = None) -> Response:
    above, beside = wrong((), {}, refused.refusals if refused else (), visit.language)
    return render(
        visit,
        "registers/patents.html",
        404 if refused else 200,
        number=number,
        may_add=may_write(visit, "bring_evidence"),
        errors=above,
        problems=beside,
    )


def _new(visit: Visit, given: Given, refused: Refused | None = None) -> Response:
    if not may_write(visit, "bring_evidence"):
        raise NotFound
    above, beside = wrong(_FIELDS, given, refused.refusals if refused else (), visit.language)
    return render(
        visit,
        "registers/new_evidence.html",
        422 if refused else 200,
        fields=_FIELDS,
        given=given,
        errors=above,
        problems=beside,
    )
