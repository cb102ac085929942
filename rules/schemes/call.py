"""The claims of one call against its budget: in full, pro rata to the fen, or first come first served."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

from rules.law.shares import split
from rules.schemes.funding import funded
from rules.schemes.yearly import entitlement, governing, payable_of
from schemas.schemes.facts import CallFacts, ClaimFacts, SchemeItem, YearFacts
from schemas.schemes.scheme import Scheme, Version
from schemas.values.determination import Answer3, Determination, ResultLine
from schemas.values.money import ZERO, Money, total

_NO_INSTANT = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ClaimResult:
    """One claim of the call: what it is entitled to, and what of it is paid or reserved."""

    claim_id: str
    entitlement: Determination
    claimed: Money | None
    payable: Money = ZERO
    reserved: Money = ZERO
    parts: tuple[ResultLine, ...] = ()
    is_held: bool = False


@dataclass(frozen=True)
class CallResult:
    """All claims in their order, and what must be asked first; with something unknown nothing is payable."""

    claims: tuple[ClaimResult, ...]
    unknown: tuple[str, ...] = ()

    @property
    def payable(self) -> Money:
        """What the call pays."""
        return total(claim.payable for claim in self.claims)

    @property
    def reserved(self) -> Money:
        """What waits for the answers on held claims."""
        return total(claim.reserved for claim in self.claims)

    @property
    def claimed(self) -> Money:
        """What was claimed, held claims included."""
        return total(claim.claimed for claim in self.claims if claim.claimed is not None)


def settle_call(scheme: Scheme, call: CallFacts, as_of: date) -> CallResult:
    """What each claim gets. Claims stand in the order of their receipt, then of their ids.

    Held claims and held lines take part, and their part is reserved (D-15); where the scheme is silent a line with a
    related party is held until two people decided (D-17). Raises as ``entitlement`` does.
    """
    ordered = sorted(call.claims, key=lambda one: (one.received_at or _NO_INSTANT, one.claim_id))
    version, _ = governing(scheme, ordered[0].facts, as_of)
    entitlements = [entitlement(scheme, _as_if_granted(version, claim.facts), as_of) for claim in ordered]
    amounts = [payable_of(one) for one in entitlements]
    unknown = [
        f"claims.{claim.claim_id}.{what}"
        for claim, one in zip(ordered, entitlements, strict=True)
        for what in one.unknown
    ]
    if version.budget.when_short != "pay_all" and call.budget is None:
        unknown.append("budget")
    if unknown:
        claims = zip(ordered, entitlements, amounts, strict=True)
        return CallResult(
            tuple(ClaimResult(claim.claim_id, one, fen, is_held=claim.held) for claim, one, fen in claims),
            tuple(unknown),
        )
    given = _within_budget(version, [amount or ZERO for amount in amounts], call.budget)
    return CallResult(
        tuple(
            _result(version, claim, one, amount or ZERO, part, _sure(scheme, version, claim, amount or ZERO, as_of))
            for claim, one, amount, part in zip(ordered, entitlements, amounts, given, strict=True)
        )
    )


def _is_held(version: Version, item: SchemeItem) -> bool:
    undecided = item.related is Answer3.YES and item.related_decision is None
    return item.held or (version.related_parties is None and undecided)


def _as_if_granted(version: Version, facts: YearFacts) -> YearFacts:
    """The year as it is if every held line is granted in the end."""
    if not any(_is_held(version, item) for item in facts.items):
        return facts
    return facts.but(
        items=tuple(
            item.but(related_decision="pays") if _is_held(version, item) and item.related is Answer3.YES else item
            for item in facts.items
        )
    )


def _sure(scheme: Scheme, version: Version, claim: ClaimFacts, claimed: Money, as_of: date) -> Money:
    """What the claim is entitled to whatever becomes of its held lines."""
    sure = tuple(item for item in claim.facts.items if not _is_held(version, item))
    if claim.held or (claim.facts.items and not sure):
        return ZERO
    if len(sure) == len(claim.facts.items):
        return claimed
    return min(claimed, payable_of(entitlement(scheme, claim.facts.but(items=sure), as_of)) or ZERO)


def _within_budget(version: Version, amounts: Sequence[Money], budget: Money | None) -> list[Money]:
    if budget is None or version.budget.when_short == "pay_all" or total(amounts) <= budget:
        return list(amounts)
    if version.budget.when_short == "pro_rata":
        lines = split(budget, [(str(number), Fraction(amount.fen)) for number, amount in enumerate(amounts)])
        return [line.amount for line in lines]
    left, given = budget, []
    for amount in amounts:
        given.append(min(amount, left))
        left -= given[-1]
    return given


def _result(
    version: Version, claim: ClaimFacts, made: Determination, claimed: Money, part: Money, sure: Money
) -> ClaimResult:
    # Of a part that the budget cut, as much is payable as of the whole.
    payable = Money(part.fen * sure.fen // claimed.fen) if claimed else ZERO
    parts = funded(version.funding, payable) if version.funding and not claim.held else ()
    return ClaimResult(
        claim.claim_id, made, claimed, payable=payable, reserved=part - payable, parts=parts, is_held=claim.held
    )
