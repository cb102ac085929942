"""Claims that nobody has to make: a scheme whose text says so pays for every receipt of its year (D-14)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID

from rules.schemes.eligibility import window_of
from rules.settlement.claims import Claim, Decided
from rules.settlement.conditions import SchemeYear
from schemas.acts.settlement_claims import ClaimantInputs, ClaimLine, Seat, SubmitClaim
from schemas.standing.surroundings import Beneficiary, ClaimedReceipt
from schemas.values.actor import Actor, Role
from schemas.values.identifiers import derived_id


def automatic_claims(
    settlement_id: UUID, on: date, under: SchemeYear, own: Sequence[Claim]
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """A claim for every beneficiary of a receipt of the year who has made none, and what is not known of some.

    A submitted claim takes precedence over the automatic one: it states facts that the platform does not have.
    """
    spoken_for = {
        party
        for claim in own
        if claim.is_live
        for party in (claim.content.claimant, *(one.party for one in claim.content.predecessors))
    }
    known = {one.party: one for one in under.surroundings.beneficiaries}
    receipts: dict[UUID, list[ClaimedReceipt]] = {}
    for receipt in under.surroundings.receipts:
        for party in _beneficiaries(receipt, under):
            if party not in spoken_for:
                receipts.setdefault(party, []).append(receipt)
    claims, unknown = [], []
    for party, mine in sorted(receipts.items()):
        beneficiary = known.get(party)
        if beneficiary is None or beneficiary.credit_code is None:
            unknown.append(f"beneficiaries.{party}.credit_code")
        else:
            claims.append(_claim(settlement_id, on, beneficiary, mine))
    return tuple(claims), tuple(unknown)


def _beneficiaries(receipt: ClaimedReceipt, under: SchemeYear) -> Iterator[UUID]:
    window = window_of(under.version.window, under.year, under.window)
    days = {
        "received_on": receipt.received_on,
        "paid_on": receipt.paid_on or receipt.received_on,
        "contract_on": receipt.effective_on,
        "registered_on": receipt.registered_on,
        "recorded_on": receipt.recorded_on,
    }
    day = days.get(under.version.window.decided_by)
    if day is None or window is None or not window[0] <= day <= window[1]:
        return
    if under.scheme.beneficiary == "licensor":
        yield from (one.party_id for one in receipt.licensors if not one.is_person)
    elif under.scheme.beneficiary == "licensee":
        yield receipt.licensee


def _claim(settlement_id: UUID, on: date, who: Beneficiary, receipts: Sequence[ClaimedReceipt]) -> Claim:
    claim_id = derived_id("automatic_claim", settlement_id, who.party)
    lines = tuple(ClaimLine(receipt_id=one.receipt_id) for one in receipts)
    seats = (Seat(since_on=min(one.received_on for one in receipts), region=who.region),) if who.region else ()
    content = SubmitClaim.model_construct(
        act_id=claim_id,
        filing_id=settlement_id,
        by=Actor(role=Role.TIMER, party_id=derived_id("engine")),
        on=on,
        claimant=who.party,
        credit_code=who.credit_code,
        facts=ClaimantInputs(kind=who.kind, seats=seats),
        lines=lines,
    )
    keys = [line.key for line in lines]
    since = (on, datetime.combine(on, time(), tzinfo=UTC))
    return Claim(
        claim_id,
        content,
        on,
        on,
        late=False,
        since=dict.fromkeys(keys, since),
        decided=dict.fromkeys(keys, Decided("accepted")),
        claimed_by=[],
    )
