"""What a licence owes, period by period: who reports sales, who doubts a report, what came of each, in plain words."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from client.today import today
from database.pool import Connection
from database.record.event_log import chain_of, find_head
from rules.licence.royalty import Period, periods, running_part
from schemas.acts.act import FilingKind
from schemas.standing.dues import Obligation
from schemas.standing.position import DeclarationPosition, LicencePosition
from schemas.standing.positions import stored_position
from schemas.statements.offer import TermsVersion
from schemas.values.money import Money
from texts.lines import Language
from web.lists.listed import Columns, Listed
from web.pages.filing.documents import OfFiling
from web.pages.filing.read import ShownFiling, at_one_instant, read
from web.render import render
from web.visit import NotFound, Somebody, Visit
from web.words import value_name, word

router = APIRouter()
_REPORTS = ("report_sales", "correct_report")
_OF_PERIOD = ("dispute_report", "audit")
"""What a licensor may do about a report."""


@dataclass(frozen=True)
class Reported:
    """One reporting period: what was told of it, what it makes payable, and what may be done about it now."""

    period: Period
    sales: dict[str, str]
    owed: Money | None
    is_disputed: bool
    acts: tuple[tuple[str, str], ...]
    """Name of an act and where its form is."""


@dataclass(frozen=True)
class ShownRoyalties:
    """A licence with its terms and its periods, the last first."""

    found: ShownFiling
    position: LicencePosition
    terms: TermsVersion | None
    reported: list[Reported]


async def _all(visit: Visit, asked: OfFiling) -> AsyncIterator[Sequence[Reported]]:
    async with at_one_instant(visit) as connection:
        found = await read_royalties(visit, connection, asked.filing_id)
    yield found.reported


def _sales(one: Reported, language: Language) -> str:
    return "; ".join(f"{value_name('base', name, language)} {value}" for name, value in one.sales.items())


_COLUMNS: Columns[Reported] = (
    ("royalties_of", lambda one, _: one.period.n),
    ("from_on", lambda one, _: one.period.first_on),
    ("until_on", lambda one, _: one.period.last_on),
    ("royalties_told", _sales),
    ("royalties_owed", lambda one, _: None if one.owed is None else one.owed.yuan),
    ("state", lambda one, language: word("royalties_doubted", language) if one.is_disputed else ""),
)
LIST = Listed("/filings/{filing_id}/royalties", _COLUMNS, _all, OfFiling)


@router.get("/filings/{filing_id}/royalties")
async def royalties(visit: Somebody, filing_id: UUID) -> HTMLResponse:
    """The page of a licence that is in force or was; raises NotFound for other filings."""
    async with at_one_instant(visit) as connection:
        shown = await read_royalties(visit, connection, filing_id)
    return render(
        visit,
        "royalties.html",
        listed=LIST,
        found=shown.found,
        position=shown.position,
        terms=shown.terms,
        reported=shown.reported,
        obligations=[one for one in shown.position.obligations if one.state != "void"],
        number_of=_number_of,
        can_dispute="open_dispute" in shown.found.acts,
    )


async def read_royalties(visit: Visit, connection: Connection, filing_id: UUID) -> ShownRoyalties:
    """All that the page shows; raises NotFound for what is no licence, or not theirs."""
    found = await read(visit, connection, filing_id, shown=0)
    position = found.position
    if not isinstance(position, LicencePosition):
        raise NotFound(filing_id, "royalties")
    terms = await _terms(connection, found, position)
    acts = [link.body["act"] async for link in chain_of(connection, filing_id)]
    return ShownRoyalties(found, position, terms, _reported(found, position, terms, acts))


async def _terms(connection: Connection, found: ShownFiling, position: LicencePosition) -> TermsVersion | None:
    """The announced terms that the licence has."""
    parent = found.listed.parent_id
    head = await find_head(connection, parent) if parent else None
    above = stored_position(FilingKind.DECLARATION, head.position) if head else None
    if not isinstance(above, DeclarationPosition) or above.offer is None:
        return None
    return next((one for one in above.offer.terms if one.version == position.terms_version), None)


def _reported(
    found: ShownFiling, position: LicencePosition, terms: TermsVersion | None, acts: list[dict[str, Any]]
) -> list[Reported]:
    """The periods that have begun, the last first; none without a running royalty or before the licence has effect."""
    running = running_part(terms.royalty) if terms else None
    last_day = position.ended_on or position.term_ends_on
    if running is None or position.effective_on is None or last_day is None:
        return []
    begun = [one for one in periods(running, position.effective_on, last_day) if one.first_on <= today()]
    owed = {one.key: one.owed for one in position.obligations}
    return [_of_period(found, acts, one, owed.get(f"report:{one.n}")) for one in reversed(begun)]


def _of_period(found: ShownFiling, acts: list[dict[str, Any]], period: Period, owed: Money | None) -> Reported:
    told = [one for one in acts if one["kind"] in _REPORTS and one["period"] == period.n]
    asked, offered = {"period": str(period.n)}, dict[str, dict[str, str]]()
    if period.last_on >= today():
        pass  # it is reported when it is over
    elif not told:
        offered = {"report_sales": asked}
    else:
        correction = 1 + max((one["correction"] for one in told if one["kind"] == "correct_report"), default=0)
        offered = {"correct_report": {**asked, "correction": str(correction)}} | dict.fromkeys(_OF_PERIOD, asked)
    path = f"/filings/{found.listed.filing_id}/acts"
    return Reported(
        period,
        {name: value for name, value in told[-1]["sales"].items() if value is not None} if told else {},
        owed,
        any(one["kind"] == "dispute_report" and one["period"] == period.n for one in acts),
        tuple((act, f"{path}/{act}?{urlencode(given)}") for act, given in offered.items() if act in found.acts),
    )


def _number_of(one: Obligation) -> str:
    """The period or part that an obligation is of."""
    return one.key.partition(":")[2]
