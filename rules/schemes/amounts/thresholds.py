"""What has to be reached: thresholds one after another, and criteria of which so many have to be met."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from rules.schemes.amounts.shown import shown
from rules.schemes.eligibility import met, wanted
from rules.schemes.trace import Trace
from rules.schemes.units import Unit, base_of, grouped, whole_of
from schemas.schemes.clauses import Measure
from schemas.schemes.inputs import Claimant
from schemas.schemes.limits import Criteria, Threshold
from schemas.schemes.scheme import Version
from schemas.values.determination import Answer3


def reached(
    version: Version, claimant: Claimant | None, units: list[Unit], trace: Trace
) -> tuple[list[Unit], tuple[str, ...]]:
    """The units that meet enough criteria, then those whose groups reach every threshold, in the order of the file.

    Also what has to be asked before that is known; whoever meets enough anyway is asked nothing.
    """
    counts, asks = version.base.measure is Measure.COUNT, list[str]()
    for number, criteria in enumerate(version.criteria):
        if criteria.of == "year":
            trace.read(f"criteria.{number}", criteria_text(criteria), criteria)
            units, asked = _meeting(criteria, claimant, units, counts, trace)
            asks += asked
    if asks:
        return [], tuple(dict.fromkeys(asks))
    for number, threshold in enumerate(version.thresholds):
        wanted = wanted_of(threshold)
        trace.read(f"thresholds.{number}", f"{wanted} per {threshold.per}", threshold)
        kept: list[Unit] = []
        for key, group in grouped(units, threshold.per).items():
            got = attained(threshold, group)
            what = f"threshold per {threshold.per}{f' {key}' if key else ''}"
            is_number = counts if threshold.is_of_base else threshold.count_of is not None
            how = f"{got if is_number else shown(got)}, {wanted}"
            if _is_reached(threshold, got):
                kept += group
                trace.step(what, how, "reached", threshold)
            else:
                trace.step(what, how, "not reached, counts for nothing", threshold, is_no=True)
        units = kept
    return units, ()


def attained(threshold: Threshold, group: Sequence[Unit]) -> Fraction:
    """What a group has of what the threshold looks at: fen of the base or of another amount, or how many."""
    if threshold.count_of is not None:
        with_base = (one for unit in group if unit.base for one in unit.units)
        return Fraction(len({name for one in with_base for name in one.names(threshold.count_of)}))
    if threshold.measure is not None:
        by_item = {one.item: one.sums[Measure(threshold.measure)] for unit in group for one in unit.units}
        return sum(by_item.values(), Fraction(0))
    return whole_of(group) if threshold.before_growth else base_of(group)


def wanted_of(threshold: Threshold) -> str:
    """The threshold in words."""
    if threshold.count_at_least is not None:
        return f">= {threshold.count_at_least}{f' {threshold.count_of}(s)' if threshold.count_of else ''}"
    said = f">= {threshold.at_least}" if threshold.at_least is not None else f"> {threshold.more_than}"
    return f"{threshold.measure} {said}" if threshold.measure else said


def criteria_text(criteria: Criteria) -> str:
    """The criteria in words."""
    each = [f"claimant {wanted(one)}" for one in criteria.claimant] + [wanted(one) for one in criteria.items]
    each += [f"{wanted_of(one)} per {one.per}" for one in criteria.thresholds]
    return f"at least {criteria.met} of: {'; '.join(each)}"


def _is_reached(threshold: Threshold, got: Fraction) -> bool:
    if threshold.count_at_least is not None:
        return got >= threshold.count_at_least
    if threshold.at_least is not None:
        return got >= threshold.at_least.fen
    assert threshold.more_than is not None
    return got > threshold.more_than.fen


def _meeting(
    criteria: Criteria, claimant: Claimant | None, units: list[Unit], counts: bool, trace: Trace
) -> tuple[list[Unit], list[str]]:
    def of_claimant(unit: Unit) -> Iterable[tuple[str, Answer3]]:
        for one in criteria.claimant:
            yield f"claimant.{one.fact}", met(one, claimant) if claimant is not None else Answer3.UNKNOWN

    def of_item(unit: Unit) -> Iterable[tuple[str, Answer3]]:
        for one in criteria.items:
            answer = met(one, unit.stated) if unit.stated is not None else Answer3.UNKNOWN
            yield (f"items.{unit.item}.{one.fact}" if unit.stated is not None else "items"), answer

    groups = [
        {key: _is_reached(one, attained(one, group)) for key, group in grouped(units, one.per).items()}
        for one in criteria.thresholds
    ]
    judges: tuple[Callable[[Unit], Iterable[tuple[str, Answer3]]], ...] = (of_claimant, of_item)
    kept, asks, told = list[Unit](), list[str](), dict[tuple[int, int], int]()
    for unit in units:
        answers = [one for judge in judges for one in judge(unit)]
        reach = sum(found[unit.key(one.per)] for one, found in zip(criteria.thresholds, groups, strict=True))
        sure = reach + sum(answer is Answer3.YES for _, answer in answers)
        open_facts = [fact for fact, answer in answers if answer is Answer3.UNKNOWN]
        told[sure, len(open_facts)] = told.get((sure, len(open_facts)), 0) + 1
        if sure >= criteria.met:
            kept.append(unit)
        elif sure + len(open_facts) >= criteria.met:
            asks += open_facts
    for (sure, unknown), parts in sorted(told.items()):
        how = f"{sure} of {criteria.size} met{f', {unknown} not known' if unknown else ''}, {parts} part(s)"
        said = "met" if sure >= criteria.met else "asked" if sure + unknown >= criteria.met else "counts for nothing"
        trace.step("criteria", how, said, criteria, is_no=sure + unknown < criteria.met)
    return kept, asks
