"""Turns claim lines into scheme items, and a claim into the facts that its scheme looks at."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from uuid import UUID

from pydantic import ValidationError

from rules.filing.succession import came_after
from rules.schemes.call import alike, as_if_counted
from rules.schemes.eligibility import as_if_met, conditions_in, judged_conditions, met, waiting
from rules.schemes.provisional import looks_at_counterparties
from rules.schemes.receipts import claimed_item
from rules.schemes.registered import as_if_registered, is_cut_to_registered
from rules.settlement.claims import Claim
from rules.settlement.conditions import (
    SchemeYear,
    class_undecided,
    region_condition,
    seat_days,
    standing_against,
    stated_claimant,
)
from schemas.acts.settlement_claims import ClaimLine
from schemas.schemes.inputs import Claimant, ClaimFacts, SchemeItem, YearInputs
from schemas.schemes.scheme import Scheme
from schemas.standing.settlement import ClaimLineState
from schemas.standing.surroundings import ClaimedReceipt
from schemas.values.canonical import plain
from schemas.values.determination import Answer3


class PreparedClaim(NamedTuple):
    """One claim as the scheme sees it; ``facts`` None where nothing of it takes part."""

    claim: Claim
    lines: tuple[ClaimLineState, ...]
    facts: ClaimFacts | None
    sure: tuple[str, ...]
    """The items that nobody holds."""
    unknown: tuple[str, ...]
    provisional: bool
    """It stands on a licence whose end can still be undone (D-22)."""
    class_undecided: bool = False
    """It stands on a registration about whose class two people have to decide (D-49)."""


def prepared(claim: Claim, under: SchemeYear) -> PreparedClaim:
    """A claim with its items; what is held by itself stays held until its reason has gone, whoever accepts it."""
    receipts: dict[UUID | None, ClaimedReceipt] = {one.receipt_id: one for one in under.surroundings.receipts}
    undecided = any(class_undecided(receipts.get(line.receipt_id), under) for line in claim.content.lines)
    lines, stated, items, sure, provisional, days = [], [], [], list[str](), False, under.days
    for line in claim.content.lines:
        receipt = receipts.get(line.receipt_id)
        owner = _owner(claim, receipt, under.scheme) if receipt else None
        decided = claim.decided[line.key]
        state = ClaimLineState(
            key=line.key,
            receipt_id=line.receipt_id,
            owner=owner,
            state=decided.state,
            because=decided.because,
            since_on=claim.since[line.key][0],
            since_at=plain(claim.since[line.key][1]),
        )
        provisional = provisional or (receipt is not None and receipt.provisional)
        if line.receipt_id is not None and (receipt is None or owner is None):
            lines.append(state.but(state="does_not_count", because="R5: not a receipt of the claimant"))
            continue
        item = _item(claim, line, receipt, owner, under)
        day: date | None = getattr(item, under.version.window.decided_by)
        state = state.but(in_window=day is None or days is None or days[0] <= day <= days[1])
        if state.state in ("rejected", "late"):
            lines.append(state)
            continue
        stands = standing_against(claim, line, item, receipt, owner, under)
        if stands.without:
            lines.append(state.but(state="does_not_count", because=stands.without))
            continue
        if stands.no:
            lines.append(state.but(state="rejected", because=stands.no, by_rule=True))
            if not state.in_window:
                stated.append(item)
                items.append(item)  # it uses up what its contract was registered with, though it is of another year
            continue
        if stands.held:
            by_officer = (decided.because,) if decided.state == "held" else ()
            state = state.but(state="held", because="; ".join((*stands.held, *by_officer)))
        elif state.state == "accepted":
            sure.append(line.key)
        lines.append(state)
        stated.append(item)
        items.append(as_if_counted(under.version, item, days) if days and state.state != "accepted" else item)
    takes_part = any(state.state in ("undecided", "accepted", "held") for state in lines)
    if not takes_part or not claim.is_live or claim.recommended is False:
        return PreparedClaim(claim, tuple(lines), None, tuple(sure), (), provisional, undecided)
    try:
        facts = _facts(claim, as_if_registered(under.version, alike(stated, items)), bool(sure), under)
    except ValidationError as error:
        # Lines that contradict each other: somebody has to say which is true, and a position must exist till then.
        asked = tuple(f"claims.{claim.claim_id}.{one['type']}" for one in error.errors())
        return PreparedClaim(claim, tuple(lines), None, tuple(sure), asked, provisional, undecided)
    return PreparedClaim(claim, tuple(lines), facts, tuple(sure), (), provisional, undecided)


def _owner(claim: Claim, receipt: ClaimedReceipt, scheme: Scheme) -> UUID | None:
    parties = [claim.content.claimant, *(one.party for one in claim.content.predecessors)]
    if scheme.beneficiary == "licensor":
        by_law = [
            one.party_id
            for one in receipt.licensors
            if claim.content.claimant in came_after(one.party_id, receipt.successions, claim.submitted_on)
        ]
        mine = [one.party_id for one in receipt.licensors if one.party_id in (*parties, *by_law)]
    elif scheme.beneficiary == "licensee":
        mine = [receipt.licensee] if receipt.licensee in parties else []
    else:
        return claim.content.claimant  # a broker, station or operator claims for receipts of others
    return mine[0] if mine else None


def _item(
    claim: Claim, line: ClaimLine, receipt: ClaimedReceipt | None, owner: UUID | None, under: SchemeYear
) -> SchemeItem:
    item = line.stated or SchemeItem(item_id=line.key)
    related = item.related
    if related is None and claim.content.not_related is Answer3.YES:
        related = Answer3.NO
    if receipt is not None and receipt.licensee_is_affiliate:
        related = Answer3.YES
    item = item.but(
        exploited=item.exploited or claim.content.exploited,
        related=related,
        related_decision=claim.relations.get(line.key),
    )
    if receipt is None or owner is None:
        return item
    is_cut = is_cut_to_registered(under.version)
    registered_by = claim.decided[line.key].answer_by
    known = claimed_item(item, receipt, owner, under.scheme.beneficiary, registered_by, is_cut_to_registered=is_cut)
    if not looks_at_counterparties(under.version):
        return known
    if under.scheme.beneficiary == "licensee":
        others = ",".join(sorted(str(one.party_id) for one in receipt.licensors))
    else:
        others = str(receipt.licensee)
    return known.but(counterparty=others)


def _facts(claim: Claim, items: Sequence[SchemeItem], is_sure: bool, under: SchemeYear) -> ClaimFacts:
    claimant, conditions = stated_claimant(claim, _region(claim, items, under)), under.version.of_claimant
    waits = waiting(under.version, judged_conditions(conditions, claimant).asked)
    return ClaimFacts(
        claim_id=str(claim.claim_id),
        facts=YearInputs(
            year=under.year,
            claimant=as_if_met(under.version, conditions_in(conditions), claimant, waits) if waits else claimant,
            items=tuple(sorted(items, key=lambda one: one.item_id)),
            previous_year=claim.content.previous_year,
            window=under.window,
        ),
        # The legal day alone: who was typed first must not decide about a fen.
        received_at=datetime.combine(claim.submitted_on, time(), tzinfo=UTC),
        held=not is_sure,
    )


def _region(claim: Claim, items: Sequence[SchemeItem], under: SchemeYear) -> str | None:
    """The seat on the claim day; where only the receipt's day lies inside, that one, since its line is then held."""
    seat, facts = region_condition(under.version), claim.content.facts
    on_claim_day = facts.region_on(claim.submitted_on)
    regions = [on_claim_day, *(facts.region_on(day) for item in items for day in seat_days(claim, item, under))]
    for region in regions:
        if region and seat and met(seat, Claimant(claimant="seat", region=region)) is Answer3.YES:
            return region
    return on_claim_day


def codes_of(claims: Sequence[Claim]) -> Mapping[str, Claim]:
    """Credit code -> the live claim that answers for it, its predecessors' codes included (D-16)."""
    return {code: claim for claim in claims if claim.is_live for code in claim.codes}
