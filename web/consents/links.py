"""The life of a link: made by the licensor, opened with a code that the operator hands over, used once."""

from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from database.console.consent_links import (
    ConsentLink,
    add_link,
    end_link,
    find_link,
    lock_link,
    proof_holds,
    set_code,
    try_code,
)
from database.console.drafts import Draft, find_draft, save_fields
from database.registers.audit_log import write_audit
from database.registers.documents import add_document
from database.work.code_mails import stop_code_mail
from schemas.acts.declaration import Submit
from schemas.statements.offer import Offer
from schemas.values.refusal import Refused, refuse
from schemas.wire.form import filled
from web.consents.code import code_of, hashed_code
from web.consents.content import content_of
from web.consents.paper import consent_paper
from web.forms.given import read_form, rows_of
from web.forms.shape import fields_of
from web.parties import with_parties
from web.sign_in.keys import plain_hash
from web.visit import NotFound, Visit

SUBMITTED = "submit"
FIELDS = fields_of(Submit)
_BYTES = 32
_AS_CO_OWNER = "co_owner"


async def offered(visit: Visit, draft: Draft) -> Offer:
    """The offer as the draft has it; raises Refused with every defect of its form."""
    body: dict[str, Any] = await with_parties(visit, FIELDS, read_form(FIELDS, draft.fields))
    try:
        return filled(Offer, body.get("offer") or {})
    except Refused as refused:
        raise Refused(*(one.but(where=f"offer.{one.where}") for one in refused.refusals)) from None


async def make_link(visit: Visit, draft: Draft, party_id: UUID) -> str:
    """The secret of a new link for that co-owner, which is kept by nobody; raises Refused."""
    offer, mine = await offered(visit, draft), visit.actor()
    if party_id not in {one.party_id for one in offer.patentees} - {mine.organisation_id, mine.party_id}:
        raise refuse("nobody_to_consent", "party_id")
    assert visit.session is not None
    secret, account_id, link_id = visit.new_secret(), visit.session.account_id, visit.new_id()
    async with visit.console.pool.acquire() as connection, connection.transaction():
        await add_link(
            connection,
            link_id,
            draft.draft_id,
            account_id,
            visit.membership.organisation_id,
            mine.party_id,
            party_id,
            content_of(offer),
            plain_hash(secret),
        )
        await write_audit(connection, mine.party_id, mine.role.value, "make_consent_link", "granted", act_id=link_id)
    return secret


async def open_link(visit: Visit, secret: str) -> ConsentLink:
    """The link, where it holds; raises NotFound where there is none, and Refused ``consent_link_over``."""
    async with visit.console.pool.acquire() as connection:
        link = await find_link(connection, plain_hash(secret))
    if link is None:
        raise NotFound
    if not link.holds or await content_now(visit, link) is None:
        raise refuse("consent_link_over")
    return link


async def content_now(visit: Visit, link: ConsentLink) -> tuple[Draft, Offer] | None:
    """The draft and what it declares, where that is still what the link is about."""
    async with visit.console.pool.acquire() as connection:
        draft = await find_draft(connection, link.draft_id, link.account_id, link.organisation_id)
    if draft is None:
        return None
    try:
        offer = await offered(visit, draft)
    except Refused:
        return None
    return (draft, offer) if content_of(offer) == link.content_hash else None


async def hand_over(visit: Visit, link_id: UUID) -> str:
    """A code to hand over, shown to the operator once; raises NotFound where none is asked for."""
    mine, code = visit.actor(), code_of(visit.new_bytes())
    async with visit.console.pool.acquire() as connection, connection.transaction():
        if not await set_code(connection, link_id, _hashed(visit, link_id, code), mine.party_id):
            raise NotFound
        await stop_code_mail(connection, link_id)
        await write_audit(connection, mine.party_id, mine.role.value, "hand_over_code", "granted", act_id=link_id)
    return code


async def prove(visit: Visit, link: ConsentLink, code: str) -> str:
    """What the browser holds from now on; raises Refused ``consent_code_wrong``."""
    proof, typed = token_urlsafe(_BYTES), "".join(filter(str.isdecimal, code))
    async with visit.console.pool.acquire() as connection:
        if not await try_code(connection, link.link_id, _hashed(visit, link.link_id, typed), plain_hash(proof)):
            raise refuse("consent_code_wrong", "code")
    return proof


async def is_proved(visit: Visit, link: ConsentLink, proof: str | None) -> bool:
    """Whether that browser has typed the code."""
    if not proof:
        return False
    async with visit.console.pool.acquire() as connection:
        return await proof_holds(connection, link.link_id, plain_hash(proof))


async def decide(visit: Visit, link: ConsentLink, proof: str, reason: str | None) -> None:
    """The co-owner consents, or declines with a reason: a paper is made of it, and the link is used up.

    Raises Refused ``consent_link_over`` where the declaration or the link has changed meanwhile.
    """
    found = await content_now(visit, link)
    if found is None:
        raise refuse("consent_link_over")
    draft, offer = found
    async with visit.console.pool.acquire() as connection, connection.transaction():
        now = await lock_link(connection, link.link_id)
        if not now.holds or now.proof_hash != plain_hash(proof):
            raise refuse("consent_link_over")
        body = await consent_paper(connection, now, draft.fields, reason)
        kept = await add_document(connection, body, name="consent.txt", media_type="text/plain", added_by=link.party_id)
        await end_link(connection, link.link_id, "consented" if reason is None else "declined", kept)
        if reason is None:
            place = next(n for n, one in enumerate(offer.patentees) if one.party_id == link.party_id)
            row = rows_of(draft.fields, "offer.patentees")[place]
            # Only onto the draft that was seen: a change that comes at the same moment is not consented to.
            await save_fields(
                connection,
                draft.draft_id,
                link.account_id,
                link.organisation_id,
                {f"offer.patentees.{row}.consent": kept},
                draft.version,
            )
        did = "consent" if reason is None else "decline_consent"
        await write_audit(connection, link.party_id, _AS_CO_OWNER, did, "granted", act_id=link.link_id)


async def withdraw(visit: Visit, link: ConsentLink) -> None:
    """The licensor takes an unused link back."""
    by = visit.actor()
    async with visit.console.pool.acquire() as connection, connection.transaction():
        await end_link(connection, link.link_id, "withdrawn")
        await write_audit(
            connection, by.party_id, by.role.value, "withdraw_consent_link", "granted", act_id=link.link_id
        )


def _hashed(visit: Visit, link_id: UUID, code: str) -> bytes:
    return hashed_code(visit.console.sessions.door.keys, link_id, code)
