"""The claims of one call against its budget: in full, pro rata to the fen, or first come first served."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

from rules.law.shares import largest_remainder
from rules.schemes.eligibility import (
    as_if_met,
    awaits_decision,
    conditions_in,
    judged_conditions,
    judged_item,
    waiting,
    window_of,
)
from rules.schemes.registered import REGISTERED_AMOUNT, as_if_registered, lacks_registered_amount
from rules.schemes.yearly import entitlement, governing, payable_of
from schemas.schemes.inputs import OF_THE_CONTRACT, CallInputs, ClaimFacts, SchemeItem, YearInputs
from schemas.schemes.scheme import Scheme, Version
from schemas.values.determination import Determination
from schemas.values.money import ZERO, Money, total

_NO_INSTANT = datetime.max.replace(tzinfo=UTC)
_OF_THE_CLAIMANT = "claimant."


@dataclass(frozen=True)
class ClaimResult:
    """One claim of the call: what it is entitled to, and what of it is paid or reserved."""

    claim_id: str
    entitlement: Determination
    claimed: Money | None
    """What it is entitled to with everything that is held; None while something is unknown."""
    sure: Money = ZERO
    """What it is entitled to whatever becomes of what is held."""
    given: Money = ZERO
    """What the budget gives of ``claimed``: paid and reserved together."""
    payable: Money = ZERO
    is_held: bool = False
    waits_for: tuple[str, ...] = ()
    """The facts that are not known, for which what they would bring is reserved."""

    @property
    def reserved(self) -> Money:
        return self.given - self.payable


@dataclass(frozen=True)
class CallResult:
    """All claims in their order, and what must be asked first; with something unknown nothing is payable."""

    claims: tuple[ClaimResult, ...] = ()
    unknown: tuple[str, ...] = ()
    budget: Money | None = None
    when_short: str = "pay_all"

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

    @property
    def allocation(self) -> str:
        """How the budget meets the claims: in_full, or as the scheme says for one that is short."""
        return _allocation(self.when_short, self.claimed.fen, self.budget.fen if self.budget is not None else None)

    @property
    def factor(self) -> Fraction:
        """The exact part of each claim that the budget pays; one where it is enough, or is not shared out."""
        if self.allocation != "pro_rata" or self.budget is None:
            return Fraction(1)
        return Fraction(self.budget.fen, self.claimed.fen)


def settle_call(
    scheme: Scheme, call: CallInputs, as_of: date, sure: Mapping[str, Collection[str]] | None = None
) -> CallResult:
    """What each claim gets. Claims stand in the order of their receipt, then of their ids.

    Held claims and held lines take part, and their part is reserved (D-15); so does a line, or a claimant, of which a
    condition is not known, and where the scheme is silent a line with a related party until two people decided (D-17).
    ``sure``: by claim id the items that nobody holds, where others than the items themselves say so. Raises as
    ``entitlement`` does.
    """
    by_time = sorted(call.claims, key=lambda one: (one.received_at or _NO_INSTANT, one.claim_id))
    version, year = governing(scheme, by_time[0].facts, as_of)
    waits = [_waits_for(version, year, claim.facts) for claim in by_time]
    ordered = [
        claim.but(held=True) if any(fact.startswith(_OF_THE_CLAIMANT) for fact in facts) else claim
        for claim, facts in zip(by_time, waits, strict=True)
    ]
    entitlements = [entitlement(scheme, _as_if_granted(version, year, claim.facts), as_of) for claim in ordered]
    amounts = [payable_of(one) for one in entitlements]
    unknown = [
        f"claims.{claim.claim_id}.{what}"
        for claim, one in zip(ordered, entitlements, strict=True)
        for what in one.unknown
    ]
    when_short = version.budget.when_short
    if when_short != "pay_all" and call.budget is None:
        unknown.append("budget")
    if unknown:
        claims = tuple(
            ClaimResult(claim.claim_id, made, claimed, is_held=claim.held, waits_for=facts)
            for claim, made, claimed, facts in zip(ordered, entitlements, amounts, waits, strict=True)
        )
        return CallResult(claims, tuple(unknown), call.budget, when_short)
    fen = [(amount or ZERO).fen for amount in amounts]
    given = within_budget(when_short, fen, call.budget.fen if call.budget is not None else None)
    results = []
    for claim, made, claimed, part, facts in zip(ordered, entitlements, amounts, map(Money, given), waits, strict=True):
        certain = sure_amount(scheme, claim, _sure_items(version, year, claim, sure), as_of, claimed) or ZERO
        payable = sure_part(part, claimed or ZERO, certain)
        results.append(ClaimResult(claim.claim_id, made, claimed, certain, part, payable, claim.held, facts))
    return CallResult(tuple(results), (), call.budget, when_short)


def within_budget(when_short: str, claimed: Sequence[int], budget: int | None) -> list[int]:
    """The fen that the budget gives each claim, in the order in which the claims come.

    Pro rata each part is cut down to the fen, and the fen that are left go to those that lost most, the first among
    equals; first come, first served pays in full as long as there is money.
    """
    match _allocation(when_short, sum(claimed), budget), budget:
        case "pro_rata", int():
            return largest_remainder(budget, claimed)
        case "first_come", int():
            left, given = budget, []
            for fen in claimed:
                given.append(min(fen, left))
                left -= given[-1]
            return given
    return list(claimed)


def sure_amount(
    scheme: Scheme, claim: ClaimFacts, sure: Collection[str], as_of: date, entitled: Money | None
) -> Money | None:
    """What the items that nobody holds would be entitled to alone, of the ``entitled`` of all; None: unknown."""
    kept = tuple(item for item in claim.facts.items if item.item_id in sure)
    if claim.held or (claim.facts.items and not kept):
        return ZERO
    if len(kept) == len(claim.facts.items):
        return entitled
    return payable_of(entitlement(scheme, claim.facts.but(items=kept), as_of))


def sure_part(given: Money, entitled: Money, sure: Money) -> Money:
    """What of a claim's part is paid now, cut down to the fen: of a part that the budget cut, as much as of the whole.

    The rest is reserved.
    """
    if sure >= entitled:
        return given
    return Money(given.fen * sure.fen // entitled.fen)


def _allocation(when_short: str, claimed: int, budget: int | None) -> str:
    return "in_full" if budget is None or when_short == "pay_all" or claimed <= budget else when_short


def _waits_for(version: Version, year: int, inputs: YearInputs) -> tuple[str, ...]:
    """The facts of a claim that its amount can wait for, by their places in the inputs."""
    of_claimant = judged_conditions(version.of_claimant, inputs.claimant).asked if inputs.claimant else ()
    return (
        *(f"{_OF_THE_CLAIMANT}{fact}" for fact in waiting(version, of_claimant)),
        *(f"items.{item.item_id}.{fact}" for item in inputs.items for fact in _open_facts(version, year, inputs, item)),
    )


def _open_facts(version: Version, year: int, inputs: YearInputs, item: SchemeItem) -> tuple[str, ...]:
    window = window_of(version.window, year, inputs.window)
    return open_facts(version, item, window) if window is not None else ()


def open_facts(version: Version, item: SchemeItem, window: tuple[date, date]) -> tuple[str, ...]:
    """The facts of an item that are not known and that its amount can wait for; none where it does not count anyhow."""
    said = judged_item(version, item, window)
    if said.why_not:
        return ()
    return (*waiting(version, said.asked), *((REGISTERED_AMOUNT,) if lacks_registered_amount(version, item) else ()))


def _is_held(version: Version, year: int, inputs: YearInputs, item: SchemeItem) -> bool:
    return item.held or awaits_decision(version, item) or bool(_open_facts(version, year, inputs, item))


def _as_if_granted(version: Version, year: int, inputs: YearInputs) -> YearInputs:
    """The year as it is if everything that is held, or not known yet, is granted in the end."""
    claimant = inputs.claimant
    if claimant is not None:
        asked = waiting(version, judged_conditions(version.of_claimant, claimant).asked)
        claimant = as_if_met(version, conditions_in(version.of_claimant), claimant, asked) if asked else claimant
    window = window_of(version.window, year, inputs.window)
    items = alike(inputs.items, [as_if_counted(version, item, window) if window else item for item in inputs.items])
    if claimant == inputs.claimant and items == inputs.items:
        return inputs
    return inputs.but(claimant=claimant, items=as_if_registered(version, items))


def as_if_counted(version: Version, item: SchemeItem, window: tuple[date, date]) -> SchemeItem:
    """One item as it is if what is not known of it is what the scheme wants; on the last day that counts."""
    asked = open_facts(version, item, window)
    if not asked:
        return item
    days = {fact: window[1] for fact in asked if fact == version.window.decided_by}
    return as_if_met(
        version,
        conditions_in(version.of_items),
        item.but(**days),
        [fact for fact in asked if fact != REGISTERED_AMOUNT],
    )


def alike(stated: Sequence[SchemeItem], assumed: Sequence[SchemeItem]) -> tuple[SchemeItem, ...]:
    """What is assumed of a contract is assumed of all its items, also of those that do not count: they say it alike."""
    of_contract = {
        after.contract: {name: getattr(after, name) for name in OF_THE_CONTRACT}
        for before, after in zip(stated, assumed, strict=True)
        if after.contract is not None and after != before
    }
    return tuple(item.but(**of_contract[item.contract]) if item.contract in of_contract else item for item in assumed)


def _sure_items(
    version: Version, year: int, claim: ClaimFacts, sure: Mapping[str, Collection[str]] | None
) -> Collection[str]:
    if sure is not None:
        return sure.get(claim.claim_id, ())
    return [item.item_id for item in claim.facts.items if not _is_held(version, year, claim.facts, item)]
