"""Asking for consents: the drafts that they are about, the links of a draft, and the codes that operators hand over."""

from uuid import UUID

from database.bulletin.pages import Place, Portion
from database.console.consent_links import ConsentLink, link_waiting, links_of_draft, links_waiting
from database.console.drafts import Draft
from web.consents.links import SUBMITTED, hand_over, make_link, withdraw
from web.drafts import Drafts
from web.mailing.codes import ask_for_mail
from web.visit import NotFound, Visit


async def begin_draft(visit: Visit) -> Draft:
    """A declaration to be written, with what is known of the organisation already. Raises NotFound."""
    mine = str(visit.actor().organisation_id)
    known = {"offer.patentees.0.party_id": mine, "offer.contact": mine, "offer.regime": "statutory"}
    return await Drafts.of(visit).begin(visit.new_id(), SUBMITTED, known)


async def draft_of(visit: Visit, draft_id: UUID) -> Draft:
    """One of the organisation's; raises NotFound."""
    return await Drafts.of(visit).find(draft_id, SUBMITTED)


async def links_asked(visit: Visit, draft: Draft) -> list[ConsentLink]:
    """The links that were made for it, the last first."""
    async with visit.console.pool.acquire() as connection:
        return await links_of_draft(connection, draft.draft_id)


async def ask_consent(visit: Visit, draft_id: UUID, party_id: UUID) -> str:
    """The secret of a link for that co-owner, which is kept by nobody. Raises Refused and NotFound."""
    return await make_link(visit, await draft_of(visit, draft_id), party_id)


async def take_back(visit: Visit, draft_id: UUID, link_id: UUID) -> None:
    """A link that was not used. Raises NotFound."""
    links = await links_asked(visit, await draft_of(visit, draft_id))
    link = next((one for one in links if one.link_id == link_id), None)
    if link is None:
        raise NotFound
    await withdraw(visit, link)


async def waiting_for_codes(visit: Visit, after: Place | None, size: int) -> Portion[ConsentLink]:
    """Whoever waits for a code, the longest first. Raises NotFound."""
    async with visit.console.pool.acquire() as connection:
        return await links_waiting(connection, after, size)


def is_own(visit: Visit, link: ConsentLink) -> bool:
    """Whether the same unit made it, or the same person in another role or of another unit."""
    actor = visit.actor()
    return link.made_by == actor.party_id or link.organisation_id == visit.membership.organisation_id


async def hand_code_over(visit: Visit, link_id: UUID) -> tuple[ConsentLink, str]:
    """The link and a code for it, shown to the operator once. Raises NotFound, also to who made the link."""
    link = await waits_for_code(visit, link_id)
    return link, await hand_over(visit, link_id)


async def mail_code(visit: Visit, link_id: UUID, address: str) -> ConsentLink:
    """The link, whose code goes to that address by mail and is shown to nobody. Raises NotFound, also where there is no
    mail server, and Refused ``mail_address_unreadable``.
    """
    link = await waits_for_code(visit, link_id)
    if visit.console.mailer is None:
        raise NotFound
    await ask_for_mail(visit.console, visit.actor(), link_id, address)
    return link


async def waits_for_code(visit: Visit, link_id: UUID) -> ConsentLink:
    """A link for which an operator may see to a code. Raises NotFound, also to who made the link."""
    async with visit.console.pool.acquire() as connection:
        link = await link_waiting(connection, link_id)
    if link is None or is_own(visit, link):
        raise NotFound  # who asks for the consent does not prove who gives it
    return link
