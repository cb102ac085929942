"""Operators hand codes over: never to who made the link, and by a way that they know to lead to the co-owner."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from database.bulletin.pages import Place, Portion, read_instant_place
from database.console.consent_links import ConsentLink, links_waiting
from database.pool import Connection
from database.registers.parties import public_names
from database.work.code_mails import code_mails_of
from schemas.values.refusal import Refused
from texts.words import refusal_in
from web.consents.asked import hand_code_over, is_own, mail_code, waits_for_code
from web.lists.listed import BATCH, SHOWN, Columns, Listed, by_key
from web.lists.turned import followed_by
from web.render import render
from web.visit import Somebody, Visit

router = APIRouter(prefix="/consent-codes")


Names = dict[UUID, str]


async def _waiting(
    connection: Connection, *others: UUID, after: Place | None = None, size: int = SHOWN
) -> tuple[Portion[ConsentLink], Names]:
    """Who waits, and the names of the organisations in it and of the others."""
    found = await links_waiting(connection, after, size)
    parties = {one for link in found.rows for one in (link.party_id, link.organisation_id) if one}
    return found, await public_names(connection, tuple({*parties, *others}))


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[tuple[ConsentLink, Names]]]:
    async def read(connection: Connection, place: Place | None) -> Portion[tuple[ConsentLink, Names]]:
        found, names = await _waiting(connection, after=place, size=BATCH)
        return Portion([(one, names) for one in found.rows], found.following)

    return by_key(visit, read)


_COLUMNS: Columns[tuple[ConsentLink, Names]] = (
    ("consent_of", lambda one, _: one[1].get(one[0].party_id, one[0].party_id)),
    ("consent_asked_by", lambda one, _: one[1].get(one[0].organisation_id or one[0].made_by, one[0].made_by)),
    ("consent_asked_at", lambda one, _: one[0].code_asked_at),
    ("consent_handed_over", lambda one, _: one[0].has_code),
)
LIST = Listed("/consent-codes", _COLUMNS, _all)


@router.get("")
async def codes(visit: Somebody, after: str = "") -> Response:
    """Co-owners who wait for a code, a page at a time."""
    return await _page(visit, after=after)


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
    after: str = "",
    typed: str = "",
    problem: str = "",
    is_mailed: bool = False,
) -> Response:
    async with visit.console.pool.acquire() as connection:
        place = read_instant_place(after)
        found, names = await _waiting(connection, *([of_whom] if of_whom else []), after=place)
        mails = await code_mails_of(connection, [one.link_id for one in found.rows])
    return render(
        visit,
        "consents/codes.html",
        422 if problem else 200,
        listed=LIST,
        found=[(one, is_own(visit, one)) for one in found.rows],
        following=followed_by(found.following),
        names=names,
        code=code,
        of_whom=of_whom,
        mails=mails,
        can_mail=visit.console.mailer is not None,
        typed=typed,
        problem=problem,
        is_mailed=is_mailed,
    )
