"""What a co-owner consents to: the offer as it stands, without the consents themselves."""

from collections.abc import Sequence
from hashlib import sha256

from database.console.consent_links import consented_by
from database.pool import Pool
from schemas.acts.act import Act
from schemas.acts.declaration import Resubmit, Submit
from schemas.statements.offer import Offer
from schemas.values.canonical import canonical
from schemas.values.money import stored
from schemas.values.refusal import Refusal, Refused, refusal


def content_of(offer: Offer) -> str:
    """SHA-256 of all that the offer says; one co-owner's consent changes nothing of what the others see."""
    said = stored(offer)
    owners: Sequence[dict[str, object]] = said["patentees"]
    bare = [{name: value for name, value in one.items() if name != "consent"} for one in owners]
    return sha256(canonical({**said, "patentees": bare})).hexdigest()


async def check_consents(pool: Pool, act: Act) -> None:
    """Raises Refused ``consent_of_other_terms`` for each paper that a co-owner gave by a link to another content."""
    if not isinstance(act, Submit | Resubmit):
        return
    papers = {one.consent: n for n, one in enumerate(act.offer.patentees) if one.consent is not None}
    if not papers:
        return
    async with pool.acquire() as connection:
        given = await consented_by(connection, list(papers))
    now = content_of(act.offer)
    wrong = list[Refusal]()
    for one in given:
        place = papers[one.document_hash or ""]
        owner = act.offer.patentees[place]
        if (one.ended_as, one.content_hash, one.party_id) != ("consented", now, owner.party_id):
            wrong.append(refusal("consent_of_other_terms", f"offer.patentees.{place}.consent"))
    if wrong:
        raise Refused(*wrong)
