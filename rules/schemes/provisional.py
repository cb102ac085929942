"""What a receipt would add to the year of its beneficiary, before anybody has claimed: provisional, and shown as such.

What only a claim declares (that the patent is exploited, that the parties are not related) is assumed and named. What
is known already, such as the contract's registration, counts as it is now.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from rules.schemes.amounts.claimants import facts_of_claimant
from rules.schemes.amounts.parts import summands, without_parts
from rules.schemes.eligibility import (
    as_if_met,
    conditions_in,
    counted_items,
    judged_conditions,
    met,
    value_of,
    window_of,
)
from rules.schemes.trace import Trace
from rules.schemes.units import base_of, counted_of, scopes_of, units_of
from rules.schemes.yearly import entitlement, payable_of, version_of
from schemas.schemes.clauses import Measure, Per
from schemas.schemes.inputs import CallWindow, Claimant, SchemeItem, YearInputs
from schemas.schemes.scheme import Scheme, Version
from schemas.standing.surroundings import Succession
from schemas.values.determination import Answer3, Determination
from schemas.values.money import ZERO, Money

CalledWindows = Mapping[str, Mapping[int, CallWindow]]
"""By scheme and year; of several calls of one year from the first day to the last of all."""
_RECEIPT_MEASURES = (Measure.RECEIVED, Measure.PAID, Measure.REGISTERED_RECEIPTS, Measure.TECHNOLOGY_TRANSACTION_AMOUNT)


@dataclass(frozen=True)
class Counted:
    """A receipt as one scheme counts it in one year; ``base_fen`` is what it adds to the year's base."""

    scheme: str
    year: int
    item: SchemeItem
    base_fen: int
    assumed: tuple[str, ...]


def counted_under(
    schemes: Mapping[str, Scheme], claimant: Claimant, item: SchemeItem, called: CalledWindows
) -> Iterator[Counted]:
    """Every licensor's scheme and year under which this receipt of this claimant counts for something, by id.

    ``called``: the windows of calls, by scheme and year; before a call nobody knows the year of such a scheme.
    """
    for scheme_id, scheme in sorted(schemes.items()):
        if scheme.beneficiary != "licensor":
            continue
        for year, version, window in _years_of(scheme, item, called.get(scheme_id, {})):
            if version.amount is None or not is_of_receipts(version):
                continue
            of_claimant = judged_conditions(version.of_claimant, claimant)
            if of_claimant.why_not or of_claimant.asked:
                continue
            whole, assumed = _assumed(version, item)
            base = _base(scheme, version, year, whole, window)
            if base:
                yield Counted(scheme_id, year, whole, int(base), assumed)


def leaves_window_to_call(scheme: Scheme) -> bool:
    """Whether what a receipt brings can depend on the window of a call."""
    return scheme.beneficiary == "licensor" and any(one.window.span == "call" for one in scheme.versions)


def is_of_receipts(version: Version) -> bool:
    """Whether the receipts alone say what the year gives: no growth, no facts of the claimant, no other amounts."""
    among = [one for group in version.criteria for one in group.thresholds]
    amount = version.amount
    parts = (amount.sum or ()) if amount else ()
    limits = [*version.thresholds, *among, *(one for part in parts for one in part.thresholds)]
    return (
        version.base.measure in _RECEIPT_MEASURES
        and all(base.measure in (*_RECEIPT_MEASURES, Measure.COUNT) and not base.growth for base in version.bases)
        and all(one.measure is None or Measure(one.measure) in _RECEIPT_MEASURES for one in limits)
        and not any(one.claimant for one in version.criteria if one.of == "year")
        and not facts_of_claimant(version)
    )


def looks_at_counterparties(version: Version) -> bool:
    """Whether it matters who the other side is, beyond what kind it is of."""
    return Per.COUNTERPARTY in scopes_of(version) or "counterparty" in {
        *counted_of(version),
        *(what for _, part in summands(version) for what in counted_of(part)),
        *(one.fact for one in version.asked_of_items),
    }


def holder_in(scheme: Scheme, year: int, owner: UUID, successions: Sequence[Succession]) -> UUID:
    """Whose year a receipt of that owner counts in: from the year of a merger on, the successor's (D-16)."""
    window = version_of(scheme, year).window
    came = {one.predecessor: one for one in successions if window.year_of(one.on) <= year}
    seen = {owner}
    while owner in came and came[owner].successor not in seen:
        owner = came[owner].successor
        seen.add(owner)
    return owner


def adds_up(version: Version) -> bool:
    """Whether the year's amount follows from the year's base alone, so that no single receipt need be looked at."""
    amount = version.amount
    bounds = [*(one.per for one in version.thresholds), *(one.per for one in (*version.floors, *version.caps))]
    return (
        amount is not None
        and amount.sum is None
        and all(one.is_of_base for one in version.thresholds)
        and not any(one.of == "year" for one in version.criteria)
        and not any(one.by for one in (*version.floors, *version.caps))
        and version.base.measure is not Measure.REGISTERED_RECEIPTS
        and amount.by is None
        and amount.per is Per.YEAR
        and not scopes_of(version)
        and all(one.lump is None for one in amount.formulas)
        and all(per is Per.YEAR for per in bounds)
    )


def year_of(
    scheme: Scheme, year: int, base_fen: int, items: Iterable[SchemeItem], on: date, window: CallWindow | None = None
) -> Determination:
    """The year's entitlement from its base where that is enough (``adds_up``), else from all its receipts.

    ``items`` are the receipts that stand in the year; they are not looked at where the base is enough. ``window``: that
    of the year's call.
    """
    version = version_of(scheme, year)
    if adds_up(version):
        return year_from_base(scheme, version, year, base_fen, on, window)
    return year_from_items(scheme, year, tuple(items), on, window)


def year_from_base(
    scheme: Scheme, version: Version, year: int, base_fen: int, on: date, window: CallWindow | None = None
) -> Determination:
    """The year's entitlement from its base; only where ``adds_up``."""
    totals = {version.base.measure: Money(base_fen)}
    return entitlement(scheme, YearInputs(year=year, totals=totals, window=window), on)


def year_from_items(
    scheme: Scheme, year: int, items: tuple[SchemeItem, ...], on: date, window: CallWindow | None = None
) -> Determination:
    """The year's entitlement from all its receipts."""
    return entitlement(scheme, YearInputs(year=year, items=items, totals={}, window=window), on)


def given_by(determination: Determination) -> Money:
    """The payable; what is unknown gives nothing yet."""
    return payable_of(determination) or ZERO


def _years_of(
    scheme: Scheme, item: SchemeItem, called: Mapping[int, CallWindow]
) -> Iterator[tuple[int, Version, CallWindow | None]]:
    for version in reversed(scheme.versions):
        day: date | None = getattr(item, version.window.decided_by)
        if day is None or version.window.span == "call":
            continue
        year = version.window.year_of(day)
        if scheme.of_year(year) is version:
            yield year, version, None
            break
    for year, window in sorted(called.items()):
        governing = scheme.of_year(year)
        if governing is not None and governing.window.span == "call":
            yield year, governing, window  # a day outside the window has no base


def _assumed(version: Version, item: SchemeItem) -> tuple[SchemeItem, tuple[str, ...]]:
    if not looks_at_counterparties(version):
        item = item.but(counterparty=None)
    facts = [one.fact for one in version.items if met(one, item) is Answer3.UNKNOWN]
    for group in version.of_items[len(version.items) :]:
        facts += [fact for fact in judged_conditions((group,), item).asked if fact not in facts]
    if version.related_parties == "excluded" and item.related is None:
        facts.append("related")
    changed = as_if_met(version, conditions_in(version.of_items), item, facts) if facts else item
    return changed, tuple(sorted({f"{fact}: {value_of(changed, fact)}" for fact in facts}))


def _base(scheme: Scheme, version: Version, year: int, item: SchemeItem, called: CallWindow | None) -> Fraction:
    inputs = YearInputs(year=year, items=(item,))
    window = window_of(version.window, year, called)
    assert window is not None, "a window that the call sets is known by its call"
    items, _ = counted_items(version, inputs, window, Trace(scheme, version))
    units, _ = units_of(without_parts(version) if version.amount and version.amount.sum else version, inputs, items)
    return base_of(units)
