"""One or two schemes over a table of facts: what each year costs, and who would get more or less."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from cli.whatif.table.numbers import Ints, exact_sums
from cli.whatif.table.table import ClaimTable
from cli.whatif.years import EXCLUDED, KNOWN, Year, calculate, is_count, years_of
from rules.schemes.call import within_budget
from rules.schemes.funding import parted
from rules.schemes.yearly import called_in, version_of
from schemas.schemes.clauses import Funding
from schemas.schemes.inputs import CallWindow
from schemas.schemes.scheme import Scheme
from schemas.values.refusal import Refused, refuse

_YUAN = 100
SIZES = (100_000, 1_000_000, 10_000_000, 100_000_000)
"""Where the size classes of a base begin, in yuan; of counts they begin at 10, 100, 1,000 and 10,000."""
_EASY = 10**10
"""Less than so many fen times the numerator of any share (at most 10^8) fits into 64 bits."""
_COUNTS = (10, 100, 1_000, 10_000)
DIMENSIONS = ("region", "kind", "size")
UNSTATED_GROUP = "-"


@dataclass(frozen=True)
class Outcome:
    """One scheme in one year: what is claimed, and what is paid of it within the budget; amounts are fen."""

    scheme: Scheme
    year: int
    made: Year | None
    """None: the scheme says nothing of that year, or not how much; ``note`` tells which."""
    paid: npt.NDArray[Any]
    claimed_total: int = 0
    paid_total: int = 0
    factor: Fraction = Fraction(1)
    """What part of the claims is paid."""
    payers: tuple[tuple[str, int], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Group:
    """The claimants of one region, kind or size in one year; fen."""

    year: int
    dimension: str
    name: str
    claimants: int
    paid: int
    paid_against: int
    winners: int
    losers: int
    unchanged: int
    open: int
    """Of whom something must be asked first, or whose facts are refused, in one of the schemes."""


@dataclass(frozen=True)
class WhatIf:
    """Everything that one run found."""

    facts: ClaimTable
    schemes: tuple[Scheme, ...]
    outcomes: tuple[tuple[Outcome, ...], ...]
    """By year, of each scheme."""
    groups: tuple[Group, ...]
    budget: int | None


def run(
    schemes: Sequence[Scheme],
    facts: ClaimTable,
    *,
    years: Sequence[int] = (),
    budget: int | None = None,
    window: CallWindow | None = None,
    margin: int = 0,
) -> WhatIf:
    """Calculates each scheme for each year (those of the rows if none is named) and compares the second with the first.

    ``budget`` is the fen of each year, ``margin`` the fen below a threshold that make a cliff. Where no row could be
    read there is nothing but the reasons. Raises Refused where no row says in which year it lies, and no year is named.
    """
    wanted = tuple(sorted(dict.fromkeys(years))) or _years(schemes, facts, window)
    if not wanted and facts.refused and not facts.rows:
        return WhatIf(facts, tuple(schemes), (), (), budget)
    if not wanted:
        column = schemes[0].versions[-1].window.decided_by
        raise refuse("whatif_no_year", column, scheme=schemes[0].id, column=column)
    order = _by_name(facts)
    outcomes = tuple(
        tuple(_outcome(scheme, facts, year, budget, window, margin, order) for scheme in schemes) for year in wanted
    )
    groups = tuple(one for of_year in outcomes for one in _groups(facts, of_year))
    return WhatIf(facts, tuple(schemes), outcomes, groups, budget)


def _years(schemes: Sequence[Scheme], facts: ClaimTable, window: CallWindow | None) -> tuple[int, ...]:
    """The years of the rows; under a scheme that leaves its window to the call, the year of the call alone."""
    found: set[int] = set()
    for scheme in schemes:
        called = called_in(scheme, window) if window is not None else None
        found |= {called[1]} if called else {year for one in scheme.versions for year in years_of(one, facts)}
    return tuple(sorted(found))


def _by_name(facts: ClaimTable) -> Ints:
    """The place of each claimant in the order of their ids: claims without an instant stand in it."""
    ranks = np.zeros(facts.claimant_count, dtype=np.int64)
    ranks[np.array(sorted(range(facts.claimant_count), key=facts.claimants.values.__getitem__), dtype=np.int64)] = (
        np.arange(facts.claimant_count)
    )
    return ranks


def _outcome(
    scheme: Scheme,
    facts: ClaimTable,
    year: int,
    budget: int | None,
    window: CallWindow | None,
    margin: int,
    ranks: Ints,
) -> Outcome:
    try:
        version = version_of(scheme, year)
    except Refused:
        return Outcome(scheme, year, None, np.zeros(0, dtype=np.int64), note="no version")
    if version.amount is None:
        return Outcome(scheme, year, None, np.zeros(0, dtype=np.int64), note="amount unknown")
    made = calculate(scheme, version, facts, year, window, margin)
    claimed = total_of(made.payable)
    paid, when_short = made.payable, version.budget.when_short
    note: str = version.status if version.status != "in_force" else ""
    if budget is not None and claimed > budget and when_short != "pay_all":
        paid = _within(when_short, made.payable, budget, ranks[made.claimants])
        if when_short == "first_come":
            note = "; ".join(filter(None, (note, "order of claims not stated: that of their ids")))
    paid_total = total_of(paid)
    payers = _payers(version.funding, paid) if version.funding is not None else ()
    factor = Fraction(paid_total, claimed) if claimed else Fraction(1)
    return Outcome(scheme, year, made, paid, claimed, paid_total, factor, payers, note)


def _payers(funding: Funding, paid: npt.NDArray[Any]) -> tuple[tuple[str, int], ...]:
    """What each payer bears of all that is paid."""
    whole = paid if max(paid, default=0) < _EASY else paid.astype(object)
    return tuple((payer, total_of(fen)) for payer, fen in parted(funding, whole).items())


def total_of(values: npt.NDArray[Any]) -> int:
    """The sum of amounts that are not negative, in Python's own whole numbers."""
    return exact_sums(np.zeros(len(values), dtype=np.int64), 1, values)[0]


def _within(when_short: str, payable: npt.NDArray[Any], budget: int, ranks: Ints) -> npt.NDArray[Any]:
    """What a short budget gives each claimant, as a call is settled; claims come in the order of ``ranks``."""
    order, paid = np.argsort(ranks), np.zeros_like(payable)
    paid[order] = within_budget(when_short, payable[order].tolist(), budget)
    return paid


def _groups(facts: ClaimTable, outcomes: Sequence[Outcome]) -> list[Group]:
    made = [one for one in outcomes if one.made is not None]
    if not made:
        return []
    first, last = made[0], made[-1]
    assert first.made is not None
    who = np.unique(np.concatenate([one.made.claimants for one in made if one.made is not None]))
    paid, is_open = [], np.zeros(len(who), dtype=np.bool_)
    for one in (first, last):
        assert one.made is not None
        places = np.searchsorted(who, one.made.claimants)
        amounts = np.zeros(len(who), dtype=one.paid.dtype)
        amounts[places] = one.paid
        paid.append(amounts)
        is_open[places] |= ~np.isin(one.made.status, (KNOWN, EXCLUDED))
    more, less = np.asarray(paid[1] > paid[0], dtype=np.bool_), np.asarray(paid[1] < paid[0], dtype=np.bool_)
    found = []
    for dimension in DIMENSIONS:
        if dimension == "size":
            codes, names = _sizes(first.made, who)
        else:
            column = facts.of_claimants.get(dimension)
            names = (*(column.values if column else ()), UNSTATED_GROUP)
            codes = column.codes[who] % len(names) if column else np.zeros(len(who), dtype=np.int64)
        sums = [exact_sums(codes, len(names), amounts) for amounts in paid]
        counts = [
            np.bincount(codes[flags], minlength=len(names))
            for flags in (
                np.ones(len(who), dtype=np.bool_),
                more & ~is_open,
                less & ~is_open,
                ~more & ~less & ~is_open,
                is_open,
            )
        ]
        found += [
            Group(
                first.year,
                dimension,
                name,
                int(counts[0][code]),
                sums[0][code],
                sums[1][code],
                *(int(count[code]) for count in counts[1:]),
            )
            for code, name in enumerate(names)
            if counts[0][code]
        ]
    return found


def _sizes(made: Year, who: Ints) -> tuple[Ints, tuple[str, ...]]:
    """The class of each claimant's base in the first scheme; without one it is the smallest."""
    counts = is_count(made.version)
    begins = _COUNTS if counts else tuple(yuan * _YUAN for yuan in SIZES)
    base = np.zeros(len(who), dtype=made.base.dtype)
    base[np.searchsorted(who, made.claimants)] = made.base
    codes = np.zeros(len(who), dtype=np.int64)
    for begin in begins:
        codes += np.asarray(base >= begin, dtype=np.int64)
    shown = [f"{begin:,}" for begin in (_COUNTS if counts else SIZES)]
    return codes, (f"< {shown[0]}", *(f"{one} - {other}" for one, other in pairwise(shown)), f">= {shown[-1]}")
