"""The claims of one call against its budget: in full, pro rata to the fen, or first come first served."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

from rules.schemes.funding import funded
from rules.schemes.yearly import entitlement, governing, payable_of
from rules.shares import split
from schemas.determination import Determination, ResultLine
from schemas.money import ZERO, Money, total
from schemas.scheme import Scheme, Version
from schemas.scheme_facts import CallFacts, ClaimFacts

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
    """What each claim gets. Claims stand in the order of their receipt, then of their ids (promise 7).

    Held claims take part and their part is reserved (D-15). Raises as ``entitlement`` does.
    """
    ordered = sorted(call.claims, key=lambda one: (one.received_at or _NO_INSTANT, one.claim_id))
    entitlements = [entitlement(scheme, claim.facts, as_of) for claim in ordered]
    version, _ = governing(scheme, ordered[0].facts, as_of)
    amounts = [payable_of(one) for one in entitlements]
    unknown = [
        f"claims.{claim.claim_id}.{what}"
        for claim, one in zip(ordered, entitlements, strict=True) for what in one.unknown
    ]
    if version.budget.when_short != "pay_all" and call.budget is None:
        unknown.append("budget")
    if unknown:
        claims = zip(ordered, entitlements, amounts, strict=True)
        return CallResult(tuple(
            ClaimResult(claim.claim_id, one, fen, is_held=claim.held) for claim, one, fen in claims
        ), tuple(unknown))
    given = _within_budget(version, [amount or ZERO for amount in amounts], call.budget)
    return CallResult(tuple(
        _result(version, claim, one, amount or ZERO, part)
        for claim, one, amount, part in zip(ordered, entitlements, amounts, given, strict=True)
    ))


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
    version: Version, claim: ClaimFacts, made: Determination, claimed: Money, part: Money,
) -> ClaimResult:
    if claim.held:
        return ClaimResult(claim.claim_id, made, claimed, reserved=part, is_held=True)
    parts = funded(version.funding, part) if version.funding else ()
    return ClaimResult(claim.claim_id, made, claimed, payable=part, parts=parts)
