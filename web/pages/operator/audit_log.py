"""Who asked for what, read what, and was refused what; newest first, for auditors and operators of the whole."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from client.meant import filing_meant, id_typed, party_meant
from database.pool import Connection
from database.registers.audit_log import LAST, Outcome, read_audit
from database.registers.parties import public_names
from schemas.acts.act import FilingKind
from schemas.acts.all import models_of
from schemas.lifecycle.registers import OF_ACCOUNTS, OF_WORK, WRITERS
from schemas.values.model import SHANGHAI
from schemas.values.refusal import Refused, refuse
from texts.lines import Language
from texts.words import name_rows
from web.forms.saying import wrong
from web.render import render
from web.rights.registers import see_whole
from web.visit import Somebody
from web.words import words

router = APIRouter()
_PAGE = 50
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


@router.get("/audit-log")
async def audit_log(
    visit: Somebody,
    who: str = "",
    filing: str = "",
    act: str = "",
    outcome: str = "",
    day: str = "",
    before: int = LAST,
) -> HTMLResponse:
    """A page of lines; ``before``: the number of the last one of the page before."""
    see_whole(visit)
    given = {"who": who.strip(), "filing": filing.strip(), "act": act, "outcome": outcome, "day": day.strip()}
    async with visit.console.pool.acquire() as connection:
        filters, refused = await _filters(connection, given)
        start = before if 0 < before < 2**62 else LAST
        found = [] if refused else await read_audit(connection, **filters, before=start, limit=_PAGE + 1)
        rows = found[:_PAGE]
        names = await public_names(connection, tuple({one.who for one in rows}))
    asked = {name: value for name, value in given.items() if value}
    above, beside = wrong((), given, [one for why in refused for one in why.refusals], visit.language)
    acts = sorted((logged_name(one, visit.language), one) for one in acts_logged())
    return render(
        visit,
        "operator/audit_log.html",
        422 if refused else 200,
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
