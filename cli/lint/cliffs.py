"""Cliffs: bases where one more fen lowers the result, or lifts it by more than any rate could."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from rules.schemes.amounts import apply_amount, apply_bounds, reached, rounded
from rules.schemes.trace import Trace
from rules.schemes.units import Unit, amount_of
from schemas.schemes.amounts import Formula, SchemeAmount
from schemas.schemes.clauses import Measure, Per
from schemas.schemes.scheme import Scheme, Version
from schemas.values.money import Money

_ONE = {Per.PATENT: "one", Per.CONTRACT: "one", Per.PROJECT: "one"}


@dataclass(frozen=True)
class Cliff:
    """The last base before it, the first base after it (yuan, or how many), and what each gives."""

    place: str
    below: str
    base: str
    before: Money
    after: Money

    @property
    def falls(self) -> bool:
        """Whether more base gives less."""
        return self.after < self.before


def cliffs_of(scheme: Scheme, version: Version) -> Iterator[Cliff]:
    """Every cliff of a version, in the order of the bases; of a count only those where the result falls."""
    assert version.amount is not None
    counts = version.base.measure is Measure.COUNT
    for place, case, formula in cases_of(version.amount):
        if formula.is_by_item:
            continue
        for first in _firsts(version, formula):
            before, after = (_result(scheme, version, case, base) for base in (first - 1, first))
            # No rate is above one, so where nothing breaks one more fen gives at most one more.
            if after < before or (not counts and after.fen - before.fen > 1):
                below, base = (str(one) if counts else str(Money(one)) for one in (first - 1, first))
                yield Cliff(place, below, base, before, after)


def cases_of(amount: SchemeAmount) -> Iterator[tuple[str, str, Formula]]:
    """Place in the file, value of the fact, and formula, of each case; an amount without cases is one."""
    if amount.cases is None:
        yield "amount", "", amount
        return
    for case, formula in amount.cases.items():
        yield f"amount.cases.{case}", case, formula
    if amount.otherwise is not None:
        yield "amount.otherwise", "", amount.otherwise


def _firsts(version: Version, formula: Formula) -> list[int]:
    """The bases at which something begins that is not smooth."""
    begins = [one.first for one in version.thresholds]
    begins += [tier.first_fen for tier in formula.whole or ()]
    begins += [step.first for step in formula.steps or ()]
    begins += [1] if version.floors else []
    return sorted({max(one, 1) for one in begins})  # a base of nothing gets nothing


def _result(scheme: Scheme, version: Version, case: str, base: int) -> Money:
    """What the engine itself gives for one item with the whole base."""
    trace, counts = Trace(scheme, version), version.base.measure is Measure.COUNT
    units = reached(version.thresholds, [Unit("one", dict(_ONE), case, Fraction(base))], counts, trace)
    apply_amount(version, units, trace)
    apply_bounds(version, units, trace)
    return rounded(version, amount_of(units))
