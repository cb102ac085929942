"""Operators hand codes over: never to who made the link, and by a way that they know to lead to the co-owner."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from database.console.consent_links import ConsentLink, links_waiting
from database.pool import Connection
from database.registers.parties import public_names
from database.work.code_mails import code_mails_of
from schemas.values.refusal import Refused
from texts.words import refusal_in
from web.consents.asked import hand_code_over, is_own, mail_code, waits_for_code
from web.lists.listed import SHOWN, WHOLE, Columns, Listed, first, once
from web.render import render
from web.visit import Somebody, Visit

router = APIRouter(prefix="/consent-codes")


Names = dict[UUID, str]


async def _waiting(connection: Connection, *others: UUID, most: int) -> tuple[list[ConsentLink], Names]:
    """Who waits, and the names of the organisations in it and of the others."""
    found = list(await links_waiting(connection, most))
    parties = {one for link in found for one in (link.party_id, link.organisation_id) if one}
    return found, await public_names(connection, tuple({*parties, *others}))


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[tuple[ConsentLink, Names]]]:
    async def read(connection: Connection) -> Sequence[tuple[ConsentLink, Names]]:
        found, names = await _waiting(connection, most=WHOLE)
        return [(one, names) for one in found]

    return once(visit, read)


_COLUMNS: Columns[tuple[ConsentLink, Names]] = (
    ("consent_of", lambda one, _: one[1].get(one[0].party_id, one[0].party_id)),
    ("consent_asked_by", lambda one, _: one[1].get(one[0].organisation_id or one[0].made_by, one[0].made_by)),
    ("consent_asked_at", lambda one, _: one[0].code_asked_at),
    ("consent_handed_over", lambda one, _: one[0].has_code),
)
LIST = Listed("/consent-codes", _COLUMNS, _all)


@router.get("")
async def codes(visit: Somebody) -> Response:
    """Co-owners who wait for a code."""
    return await _page(visit)


@router.post("/{link_id}")
async def handed_over(visit: Somebody, link_id: UUID) -> Response:
    """A code, shown this once."""
    await visit.form()
    link, code = await hand_code_over(visit, link_id)
    return await _page(visit, code, link.party_id)


@router.post("/{link_id}/mail")
async def mailed(visit: Somebody, link_id: UUID) -> Response:
    """A code that goes by mail to an address that the operator knows to be the co-owner's, and is shown to nobody."""
    form = await visit.form()
    link = await waits_for_code(visit, link_id)
    typed = str(form.get("mail_to", "")).strip()
    try:
        await mail_code(visit, link_id, typed)
    except Refused as refused:
        problem = refusal_in(refused.refusals[0], visit.language).what
        return await _page(visit, of_whom=link.party_id, typed=typed, problem=problem)
    return await _page(visit, of_whom=link.party_id, is_mailed=True)


async def _page(
    visit: Visit,
    code: str = "",
    of_whom: UUID | None = None,
    *,
    typed: str = "",
    problem: str = "",
    is_mailed: bool = False,
) -> Response:
    async with visit.console.pool.acquire() as connection:
        waiting, names = await _waiting(connection, *([of_whom] if of_whom else []), most=SHOWN + 1)
        found, cut = first(waiting, SHOWN)
        mails = await code_mails_of(connection, [one.link_id for one in found])
    return render(
        visit,
        "consents/codes.html",
        422 if problem else 200,
        listed=LIST,
        found=[(one, is_own(visit, one)) for one in found],
        cut=cut,
        names=names,
        code=code,
        of_whom=of_whom,
        mails=mails,
        can_mail=visit.console.mailer is not None,
        typed=typed,
        problem=problem,
        is_mailed=is_mailed,
    )
