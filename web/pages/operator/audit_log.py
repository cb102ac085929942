"""Who asked for what, read what, and was refused what; newest first, for auditors and operators of the whole."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Annotated, Any, get_args
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from client.meant import filing_meant, id_typed, party_meant
from database.pool import Connection
from database.registers.audit_log import LAST, AuditEntry, Outcome, read_audit
from database.registers.parties import public_names
from schemas.acts.act import FilingKind
from schemas.acts.all import models_of
from schemas.lifecycle.registers import OF_ACCOUNTS, OF_WORK, WRITERS
from schemas.values.model import SHANGHAI
from schemas.values.refusal import Refused, refuse
from texts.lines import Language
from texts.words import name_rows
from web.forms.saying import wrong
from web.lists.listed import BATCH, Columns, Listed
from web.lists.views import views_at
from web.render import render
from web.visit import Somebody, Visit
from web.words import role_in, whys_in, word, words

router = APIRouter()
_PAGE = 40
_ONE_DAY = timedelta(days=1)


@cache
def acts_logged() -> tuple[str, ...]:
    """Whatever stands in the log as an act."""
    of_filings = dict.fromkeys(act for kind in FilingKind for act in models_of(kind))
    return (*of_filings, *(one for one in (*WRITERS, *OF_ACCOUNTS, *OF_WORK, "see") if one not in of_filings))


def logged_name(act: str, language: Language) -> str:
    """What people call it: an act of some filing, or what is done with a register."""
    of_filings = (name_rows("acts").get(f"{kind}.{act}") for kind in FilingKind)
    said = next((one for one in of_filings if one is not None), words().get(f"register.{act}"))
    return str(getattr(said, language)) if said else act


@dataclass(frozen=True)
class Asked:
    """What is looked for, as it was typed."""

    who: str = ""
    filing: str = ""
    act: str = ""
    outcome: str = ""
    day: str = ""

    @property
    def given(self) -> dict[str, str]:
        """By field."""
        return {name: text.strip() for name, text in asdict(self).items()}


Line = tuple[AuditEntry, dict[UUID, str]]
"""A line, and the names of the organisations among those who asked."""


async def _all(visit: Visit, asked: Asked) -> AsyncIterator[Sequence[Line]]:
    async with visit.console.pool.acquire() as connection:
        filters, refused = await _filters(connection, asked.given)
    if refused:
        raise Refused(*(one for why in refused for one in why.refusals))
    before, is_more = LAST, True
    while is_more:
        async with visit.console.pool.acquire() as connection:
            found = await read_audit(connection, **filters, before=before, limit=BATCH)
            names = await public_names(connection, tuple({one.who for one in found}))
        yield [(one, names) for one in found]
        is_more = len(found) == BATCH
        before = found[-1].id if found else LAST


_COLUMNS: Columns[Line] = (
    ("recorded_at", lambda one, _: one[0].at),
    ("who", lambda one, _: one[1].get(one[0].who, one[0].who)),
    ("role", lambda one, language: role_in(one[0].role, language)),
    ("act", lambda one, language: logged_name(one[0].act_kind, language)),
    ("outcome", lambda one, language: word(f"outcome_{one[0].outcome}", language)),
    ("why", lambda one, language: whys_in(one[0].refusals, language)),
    ("filing_id", lambda one, _: one[0].filing_id),
    ("act_id", lambda one, _: one[0].act_id),
    ("legal_day", lambda one, _: one[0].legal_on),
)
LIST = Listed("/audit-log", _COLUMNS, _all, Asked)


@router.get("/audit-log")
async def audit_log(visit: Somebody, looked_for: Annotated[Asked, Depends()], before: int = LAST) -> HTMLResponse:
    """A page of lines; ``before``: the number of the last one of the page before."""
    given = looked_for.given
    async with visit.console.pool.acquire() as connection:
        filters, refused = await _filters(connection, given)
        start = before if 0 < before < 2**62 else LAST
        found = [] if refused else await read_audit(connection, **filters, before=start, limit=_PAGE + 1)
        rows = found[:_PAGE]
        views = await views_at(visit, connection, LIST)
        names = await public_names(connection, tuple({one.who for one in rows}))
    asked = {name: value for name, value in given.items() if value}
    above, beside = wrong((), given, [one for why in refused for one in why.refusals], visit.language)
    acts = sorted((logged_name(one, visit.language), one) for one in acts_logged())
    return render(
        visit,
        "operator/audit_log.html",
        422 if refused else 200,
        listed=LIST,
        views=views,
        compact=True,
        rows=rows,
        names=names,
        given=given,
        selected=bool(asked),
        acts=acts,
        outcomes=get_args(Outcome),
        logged=lambda act: logged_name(act, visit.language),
        errors=above,
        problems=beside,
        newest=f"/audit-log?{urlencode(asked)}" if start != LAST else "",
        older=f"/audit-log?{urlencode({**asked, 'before': rows[-1].id})}" if len(found) > _PAGE else "",
    )


async def _filters(connection: Connection, given: dict[str, str]) -> tuple[dict[str, Any], list[Refused]]:
    """What is looked for, and what of it means nothing."""
    filters, refused = dict[str, Any](), list[Refused]()
    if given["act"] in acts_logged():
        filters["act_kind"] = given["act"]
    if given["outcome"] in get_args(Outcome):
        filters["outcome"] = given["outcome"]
    try:
        if text := given["who"]:
            # Who asked in vain may be nobody whom the platform knows.
            filters["who"] = id_typed(text) or (await party_meant(connection, text, "who")).party_id
        if text := given["filing"]:
            filters["filing_id"] = id_typed(text) or (await filing_meant(connection, text, where="filing"))[0]
        if text := given["day"]:
            filters |= _day(text)
    except Refused as why:
        refused.append(why)
    return filters, refused


def _day(text: str) -> dict[str, datetime]:
    try:
        begin = datetime.combine(date.fromisoformat(text), time(), SHANGHAI)
        return {"since": begin, "until": begin + _ONE_DAY}
    except (ValueError, OverflowError):
        raise refuse("not_a_day", "day", given=text) from None
