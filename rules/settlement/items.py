"""Turns claim lines into scheme items; says why a line is held or excluded."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from uuid import UUID

from pydantic import ValidationError

from rules.remuneration.remuneration import owners_shares
from rules.schemes.catalogue import bundled_schemes
from rules.schemes.eligibility import awaits_decision, met, rests_on_registration, window_of
from rules.settlement.claims import Claim
from schemas.acts.settlement_claims import ClaimLine
from schemas.schemes.clauses import Condition, Measure
from schemas.schemes.inputs import CallWindow, Claimant, ClaimFacts, PatentPart, SchemeItem, YearInputs
from schemas.schemes.scheme import Scheme, Version
from schemas.standing.settlement import ClaimLineState
from schemas.standing.surroundings import ClaimedReceipt, ClaimElsewhere, SettlementSurroundings
from schemas.statements.remuneration import OwnerShare
from schemas.values.canonical import plain
from schemas.values.determination import Answer3
from schemas.values.money import Money


class SchemeYear(NamedTuple):
    """What all claims of a settlement have in common."""

    scheme: Scheme
    version: Version
    year: int
    window: CallWindow | None
    surroundings: SettlementSurroundings


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
    lines, items, sure, unknown, provisional = [], [], list[str](), list[str](), False
    undecided = any(_class_undecided(receipts.get(line.receipt_id), under) for line in claim.content.lines)
    for line in claim.content.lines:
        receipt = receipts.get(line.receipt_id)
        owner = _owner(claim, receipt, under.scheme) if receipt else None
        state = ClaimLineState(
            key=line.key,
            receipt_id=line.receipt_id,
            owner=owner,
            state=claim.decided[line.key].state,
            because=claim.decided[line.key].because,
            since_on=claim.since[line.key][0],
            since_at=plain(claim.since[line.key][1]),
        )
        provisional = provisional or (receipt is not None and receipt.provisional)
        if line.receipt_id is not None and (receipt is None or owner is None):
            lines.append(state.but(state="does_not_count", because="R5: not a receipt of the claimant"))
            continue
        item = _item(claim, line, receipt, owner, under.scheme.beneficiary)
        if receipt is not None and under.version.base.measure is Measure.REGISTERED_RECEIPTS:
            item = _as_registered(item, receipt, owner, under.scheme.beneficiary)
        state = state.but(in_window=_in_window(item, under))
        if state.state in ("rejected", "late"):
            lines.append(state)
            continue
        without, held, asked = _standing(claim, line, item, receipt, owner, under)
        unknown += [f"claims.{claim.claim_id}.lines.{line.key}.{name}" for name in asked]
        if without:
            lines.append(state.but(state="does_not_count", because=without))
            continue
        if held:
            state = state.but(state="held", because=held)
        elif state.state == "accepted":
            sure.append(line.key)
        lines.append(state)
        items.append(_for_reserve(item, under) if state.state != "accepted" else item)
    if not items or not claim.is_live or claim.recommended is False:
        return PreparedClaim(claim, tuple(lines), None, tuple(sure), (), provisional, undecided)
    try:
        facts = _facts(claim, items, bool(sure), under)
    except ValidationError as error:
        # Lines that contradict each other: somebody has to say which is true, and a position must exist till then.
        asked = tuple(f"claims.{claim.claim_id}.{one['type']}" for one in error.errors())
        return PreparedClaim(claim, tuple(lines), None, tuple(sure), asked, provisional, undecided)
    return PreparedClaim(claim, tuple(lines), facts, tuple(sure), tuple(unknown), provisional, undecided)


def _owner(claim: Claim, receipt: ClaimedReceipt, scheme: Scheme) -> UUID | None:
    parties = [claim.content.claimant, *(one.party for one in claim.content.predecessors)]
    if scheme.beneficiary == "licensor":
        mine = [one.party_id for one in receipt.licensors if one.party_id in parties]
    elif scheme.beneficiary == "licensee":
        mine = [receipt.licensee] if receipt.licensee in parties else []
    else:
        return claim.content.claimant  # a broker, station or operator claims for receipts of others
    return mine[0] if mine else None


def owner_part(receipt: ClaimedReceipt, amount: Money, owner: UUID | None, beneficiary: str) -> Money:
    """What of an amount is one owner's: a receipt is split among co-owners before anything else (D-10)."""
    if beneficiary != "licensor" or len(receipt.licensors) < 2:
        return amount
    shares = owners_shares(amount, [OwnerShare(owner=one.party_id, part=one.share) for one in receipt.licensors])
    return next(line.amount for line in shares if line.name == str(owner))


def _item(
    claim: Claim, line: ClaimLine, receipt: ClaimedReceipt | None, owner: UUID | None, beneficiary: str
) -> SchemeItem:
    item = line.stated or SchemeItem(item_id=line.key)
    related = item.related
    if related is None and claim.content.not_related is Answer3.YES:
        related = Answer3.NO
    if receipt is not None and receipt.licensee_is_affiliate:
        related = Answer3.YES
    changes: dict[str, object] = {
        "exploited": item.exploited or claim.content.exploited,
        "related": related,
        "related_decision": claim.relations.get(line.key),
    }
    if receipt is not None and owner is not None:
        changes |= _of_platform(claim, receipt, owner, beneficiary)
    changed: SchemeItem = item.but(**changes)
    return changed


def _of_platform(claim: Claim, receipt: ClaimedReceipt, owner: UUID, beneficiary: str) -> dict[str, object]:
    registered = receipt.registered is Answer3.YES and (receipt.registered_on or date.max) <= claim.claimed_on

    def part(amount: Money | None) -> Money | None:
        return None if amount is None else owner_part(receipt, amount, owner, beneficiary)

    return {
        "received": part(receipt.amount),
        "paid": part(receipt.amount),
        "received_on": receipt.received_on,
        "paid_on": receipt.paid_on or receipt.received_on,
        "contract": str(receipt.licence_id),
        "contract_kind": "licence",
        "contract_on": receipt.effective_on,
        "contract_amount": part(receipt.contract_amount),
        "technology_transaction_amount": part(receipt.registered_amount),
        "registered": Answer3.YES if registered else Answer3.NO,
        "registered_on": receipt.registered_on if registered else None,
        "registered_class": receipt.registered_class if registered else None,
        "recorded_on": receipt.recorded_on,
        "patents": (PatentPart(patent=receipt.patent_number),),
        "patent_kind": receipt.patent_kind.value,
    }


def _as_registered(item: SchemeItem, receipt: ClaimedReceipt, owner: UUID | None, beneficiary: str) -> SchemeItem:
    """What of the receipt its contract was registered for (D-18).

    The platform knows all receipts of the contract, also those that nobody claims, so the part of this one is settled
    before the scheme looks at it.
    """
    whole, realised = receipt.contract_registered_amount, item.technology_transaction_amount
    if whole is None or realised is None or item.received is None:
        return item
    return item.but(
        received=min(item.received, realised),
        technology_transaction_amount=owner_part(receipt, whole, owner, beneficiary),
    )


def _in_window(item: SchemeItem, under: SchemeYear) -> bool:
    day: date | None = getattr(item, under.version.window.decided_by)
    window = window_of(under.version.window, under.year, under.window)
    return day is None or window is None or window[0] <= day <= window[1]


def _standing(
    claim: Claim,
    line: ClaimLine,
    item: SchemeItem,
    receipt: ClaimedReceipt | None,
    owner: UUID | None,
    under: SchemeYear,
) -> tuple[str, str, tuple[str, ...]]:
    """Why the line does not count, why it is held, and what has to be asked; empty where nothing stands against it."""
    held, asked = [], []
    if receipt is not None and receipt.provisional:
        held.append("D-22: the end of the licence is provisional")
    if _class_undecided(receipt, under):
        held.append("D-49: registered in a class that its Measures do not have for a licence; two people decide")
    if awaits_decision(under.version, item):
        held.append("D-17: a related party, and the scheme is silent")
    seat = region_condition(under.version)
    if seat is not None:
        regions = [claim.content.facts.region_on(day) for day in _seat_days(claim, item, under)]
        if None in regions:
            asked.append("seat")
        elif len({met(seat, Claimant(claimant="seat", region=region)) for region in regions}) > 1:
            held.append("D-37: the seat was not in the region on both days")
    for other in under.surroundings.elsewhere:
        if other.receipt_id == line.receipt_id and other.owner == owner:
            if (other.claimed_on, other.claimed_at) > claim.since[line.key]:
                continue
            rule = _stacking(under, other)
            if rule == "none":
                return f"D-43: claimed first in {other.scheme}, which excludes this scheme", "", ()
            if rule != "add":
                held.append(f"D-43: claimed first in {other.scheme}")
    return "", "; ".join(held), tuple(asked)


def _class_undecided(receipt: ClaimedReceipt | None, under: SchemeYear) -> bool:
    return receipt is not None and receipt.class_undecided and rests_on_registration(under.version)


def region_condition(version: Version) -> Condition | None:
    """The condition on the claimant's seat, if the scheme has one."""
    return next((one for one in version.claimant if one.fact == "region"), None)


def _seat_days(claim: Claim, item: SchemeItem, under: SchemeYear) -> Iterator[date]:
    yield claim.submitted_on
    day: date | None = getattr(item, under.version.window.decided_by)
    if day is not None:
        yield day


def _stacking(under: SchemeYear, other: ClaimElsewhere) -> str:
    """What either scheme says of the other; ``silent`` where neither does."""
    other_scheme = bundled_schemes().get(other.scheme)
    theirs = other_scheme.on(date(under.year, 1, 1)) if other_scheme else None
    for version, name in ((under.version, other.scheme), (theirs, under.scheme.id)):
        if version is not None and version.stacking is not None and name in version.stacking.among:
            return version.stacking.rule
    return "silent"


def _for_reserve(item: SchemeItem, under: SchemeYear) -> SchemeItem:
    """A held line with what it would have if its hold were lifted, so that enough is reserved."""
    return item.but(related_decision="pays") if awaits_decision(under.version, item) else item


def _facts(claim: Claim, items: Sequence[SchemeItem], is_sure: bool, under: SchemeYear) -> ClaimFacts:
    content = claim.content
    stated = content.facts
    claimant = Claimant(
        claimant=content.credit_code,
        kind=stated.kind,
        region=_region(claim, items, under),
        small_or_medium=stated.small_or_medium,
        good_credit=stated.good_credit,
        other=stated.other,
    )
    return ClaimFacts(
        claim_id=str(claim.claim_id),
        facts=YearInputs(
            year=under.year,
            claimant=claimant,
            items=tuple(sorted(items, key=lambda one: one.item_id)),
            previous_year=content.previous_year,
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
    regions = [on_claim_day, *(facts.region_on(day) for item in items for day in _seat_days(claim, item, under))]
    for region in regions:
        if region and seat and met(seat, Claimant(claimant="seat", region=region)) is Answer3.YES:
            return region
    return on_claim_day


def codes_of(claims: Sequence[Claim]) -> Mapping[str, Claim]:
    """Credit code -> the live claim that answers for it, its predecessors' codes included (D-16)."""
    return {code: claim for claim in claims if claim.is_live for code in claim.codes}
