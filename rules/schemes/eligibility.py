"""Which items of a year count, which do not, and of which nobody can say: by their day, by conditions, by relation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from rules.law.calendar import ONE_DAY, corresponding_day
from rules.law.law import Law
from rules.law.options import option
from rules.schemes.trace import Trace
from schemas.schemes.cases import facts_of
from schemas.schemes.clauses import Measure, Window
from schemas.schemes.conditions import Condition
from schemas.schemes.inputs import CallWindow, Claimant, SchemeItem, YearInputs
from schemas.schemes.limits import Criteria
from schemas.schemes.scheme import Version
from schemas.schemes.vocabularies import FURTHER, other_of
from schemas.values.determination import Answer3
from schemas.values.model import Model
from schemas.values.money import ZERO
from schemas.values.regions import REGIONS

Stated = TypeVar("Stated", SchemeItem, Claimant)
MONEY_OF_DAY = {"received_on": "received", "paid_on": "paid"}
"""Days on which money moves, and the money: where it was reversed to nothing, the day is none any more."""


class Judged(NamedTuple):
    """What the conditions say: a clear *no* with the clause that says it, else the facts that are not known."""

    why_not: str = ""
    clause: Condition | Criteria | Window | None = None
    asked: tuple[str, ...] = ()


def window_of(window: Window, year: int, call: CallWindow | None) -> tuple[date, date] | None:
    """The first and last day that count; None where the call sets them and did not say."""
    if window.span == "call":
        return (call.first_on, call.last_on) if call else None
    first = window.first_day(year)
    last = corresponding_day(first, years=1) - ONE_DAY
    return max(first, window.starts_on or first), last


def value_of(inputs: Model, name: str) -> str | None:
    """A fact by the name a scheme has for it; None is *not stated*, and what is *unknown* is not stated."""
    further = other_of(name)
    if further is None:
        value: Any = getattr(inputs, name)
    else:
        other: Mapping[str, str] = getattr(inputs, "other", {})
        value = other.get(further)
    return None if value is None or value == Answer3.UNKNOWN else str(value)


def met(condition: Condition, inputs: Model) -> Answer3:
    """Whether the inputs meet a condition."""
    value = value_of(inputs, condition.fact)
    if value is None:
        return Answer3.UNKNOWN
    if condition.within is not None:
        holds = value == condition.within or value.startswith(f"{condition.within}.")
    elif condition.one_of is not None:
        holds = value in condition.one_of
    else:
        holds = value not in (condition.none_of or ())
    return Answer3.YES if holds else Answer3.NO


def wanted(condition: Condition) -> str:
    """The condition in words."""
    if condition.within is not None:
        return f"{condition.fact} within {condition.within}"
    if condition.one_of is not None:
        return f"{condition.fact} is {' / '.join(condition.one_of)}"
    return f"{condition.fact} is not {' / '.join(condition.none_of or ())}"


def claimant_answer(version: Version, inputs: YearInputs, trace: Trace) -> tuple[Answer3, tuple[str, ...]]:
    """Whether the claimant may claim, and what has to be asked first."""
    if inputs.claimant is None:
        trace.step("claimant", "not stated; who may claim is not examined", "-")
        return Answer3.YES, ()
    for condition in version.claimant:
        answer = met(condition, inputs.claimant)
        trace.read(f"claimant.{condition.fact}", wanted(condition), condition)
        _read_option(condition, version, trace)
        trace.step("claimant", wanted(condition), answer, condition, is_no=answer is Answer3.NO)
        if answer is Answer3.NO:
            return Answer3.NO, ()
    for group in version.of_claimant[len(version.claimant) :]:
        said = judged_conditions((group,), inputs.claimant)
        answer = Answer3.NO if said.why_not else Answer3.UNKNOWN if said.asked else Answer3.YES
        trace.step("claimant", _any_of(group), answer, group, is_no=answer is Answer3.NO)
        if answer is Answer3.NO:
            return Answer3.NO, ()
    asks = tuple(f"claimant.{fact}" for fact in judged_conditions(version.of_claimant, inputs.claimant).asked)
    return (Answer3.UNKNOWN if asks else Answer3.YES), asks


def counted_items(
    version: Version, inputs: YearInputs, window: tuple[date, date], trace: Trace
) -> tuple[tuple[SchemeItem, ...], tuple[str, ...]]:
    """The items that count, and what has to be asked of the others. A clear *no* needs no further answer."""
    counted, asks = [], []
    for condition in version.items:
        trace.read(f"items.{condition.fact}", wanted(condition), condition)
        _read_option(condition, version, trace)
    for group in version.of_items[len(version.items) :]:
        trace.read("items.criteria", _any_of(group), group)
    if version.related_parties:
        trace.read("related_parties", version.related_parties)
    if not inputs.items:
        trace.step("items", "totals as they were stated; what counts is not examined", "-")
    for item in inputs.items:
        said = judged_item(version, item, window)
        if said.why_not:
            trace.step(f"item {item.item_id}", said.why_not, "does not count", said.clause, is_no=True)
        elif said.asked:
            asks += [f"items.{item.item_id}.{name}" for name in said.asked]
        else:
            counted.append(item)
    return tuple(counted), tuple(asks)


def _read_option(condition: Condition, version: Version, trace: Trace) -> None:
    if condition.option is not None:
        law = Law(version.since)
        option(law, condition.option)
        for read in law.reads:
            trace.recorder.keep(read)


def awaits_decision(version: Version, item: SchemeItem) -> bool:
    """Whether two people have to decide about a related party, because the scheme is silent about it (D-17)."""
    return version.related_parties is None and item.related is Answer3.YES and item.related_decision is None


def rests_on_registration(version: Version) -> bool:
    """Whether the scheme gives anything because the contract is registered, or by what it is registered with."""
    return (
        any(one.fact in ("registered", "registered_class") for one in version.asked_of_items)
        or any(
            base.measure in (Measure.TECHNOLOGY_TRANSACTION_AMOUNT, Measure.REGISTERED_RECEIPTS)
            for base in version.bases
        )
        or version.window.decided_by == "registered_on"
        or "contract_registration" in version.evidence
    )


def judged_item(version: Version, item: SchemeItem, window: tuple[date, date]) -> Judged:
    """Whether one item counts: by its day, by the conditions on items, by the relation to the counterparty."""
    asked: list[str] = []
    day: date | None = getattr(item, version.window.decided_by)
    if day is None:
        asked.append(version.window.decided_by)
    elif not window[0] <= day <= window[1]:
        return Judged(f"{version.window.decided_by} {day} lies outside {window[0]} to {window[1]}", version.window)
    if nothing_came(version, item):
        what = MONEY_OF_DAY[version.window.decided_by]
        return Judged(f"{what} is 0.00, so nothing came on a day of the window", version.window)
    said = judged_conditions(version.of_items, item)
    if said.why_not:
        return said
    asked += said.asked
    for why_not, ask in _relation(version, item):
        if why_not:
            return Judged(why_not)
        asked.append(ask)
    return Judged(asked=tuple(asked))


def nothing_came(version: Version, item: SchemeItem) -> bool:
    """Whether the day that decides is one of money, and the money was reversed to nothing."""
    what = MONEY_OF_DAY.get(version.window.decided_by)
    return what is not None and getattr(item, what) == ZERO


def judged_conditions(conditions: Sequence[Condition | Criteria], inputs: Model) -> Judged:
    """Whether the inputs meet all conditions, and of each criteria enough; a clear *no* needs no further answer."""
    asked = list[str]()
    for condition in conditions:
        if isinstance(condition, Criteria):
            members = condition.claimant or condition.items
            answers = [(one.fact, met(one, inputs)) for one in members]
            sure = sum(answer is Answer3.YES for _, answer in answers)
            unknown = [fact for fact, answer in answers if answer is Answer3.UNKNOWN]
            if sure + len(unknown) < condition.met:
                return Judged(f"{sure} of {_any_of(condition)}", condition)
            asked += unknown if sure < condition.met else ()
            continue
        answer = met(condition, inputs)
        if answer is Answer3.NO:
            return Judged(f"{condition.fact} is {value_of(inputs, condition.fact)}; {wanted(condition)}", condition)
        if answer is Answer3.UNKNOWN:
            asked.append(condition.fact)
    return Judged(asked=tuple(asked))


def _any_of(criteria: Condition | Criteria) -> str:
    assert isinstance(criteria, Criteria)
    members = "; ".join(wanted(one) for one in (*criteria.claimant, *criteria.items))
    return f"at least {criteria.met} of: {members}"


def conditions_in(conditions: Iterable[Condition | Criteria]) -> tuple[Condition, ...]:
    """The conditions and those within criteria."""
    return tuple(
        one for each in conditions for one in ((*each.claimant, *each.items) if isinstance(each, Criteria) else (each,))
    )


def waiting(version: Version, asked: Sequence[str]) -> tuple[str, ...]:
    """The facts that a claim can wait for, of those that are not known: whatever the amount does not look at.

    What waits is reserved as if it were granted (D-15), and nobody can reserve what has no amount.
    """
    looked_at = _looked_at(version)
    return tuple(dict.fromkeys(fact for fact in asked if fact not in looked_at))


def _looked_at(version: Version) -> frozenset[str]:
    """The facts by which an amount, a floor or a cap goes, a part of a sum has its items, or a year is judged."""
    amount = version.amount
    parts = (amount.sum or (amount,)) if amount else ()
    bounds = [*version.floors, *version.caps]
    found = [fact for part in parts for fact in facts_of(part)]
    for part in (amount.sum or ()) if amount else ():
        bounds += [*part.floors, *part.caps]
        found += [one.fact for one in part.items]
    found += [fact for bound in bounds for fact in facts_of(bound)]
    judged = [one for one in version.criteria if one.of == "year"]
    return frozenset((*found, *(one.fact for group in judged for one in (*group.claimant, *group.items))))


def as_if_met(version: Version, conditions: Sequence[Condition], stated: Stated, facts: Sequence[str]) -> Stated:
    """The same with values for ``facts`` that meet the conditions: what is reserved until somebody knows them."""
    changes: dict[str, object] = {}
    for fact in facts:
        if fact == version.window.decided_by:
            continue  # a day: whoever reserves knows the window
        if fact == "related_decision":
            changes[fact] = "pays"
        elif fact == "related":
            changes[fact] = Answer3.NO
        else:
            changes[fact] = satisfying([one for one in conditions if one.fact == fact])
    fields = {fact: value for fact, value in changes.items() if other_of(fact) is None}
    other = {further: value for fact, value in changes.items() if (further := other_of(fact)) is not None}
    met_all: Stated = stated.but(**fields, other={**stated.other, **other})
    return met_all


def satisfying(conditions: Sequence[Condition]) -> str:
    """A value that meets all conditions on one fact."""
    for condition in conditions:
        if condition.within is not None:
            return condition.within
    refused = {value for condition in conditions for value in condition.none_of or ()}
    named = [value for condition in conditions for value in condition.one_of or ()]
    if not named:
        vocabulary = conditions[0].facts.get(conditions[0].fact, FURTHER)
        named = [*vocabulary.words] or (sorted(REGIONS) if vocabulary.form == "region" else ["assumed"])
    return next((value for value in named if value not in refused), named[0])


def _relation(version: Version, item: SchemeItem) -> Iterator[tuple[str, str]]:
    if version.related_parties == "included":
        return
    if version.related_parties == "excluded":
        if item.related is Answer3.YES:
            yield "the counterparty is a related party", ""
        elif item.related is not Answer3.NO:
            yield "", "related"
    elif item.related is Answer3.YES:
        if item.related_decision is None:
            yield "", "related_decision"
        elif item.related_decision == "excluded":
            yield "two people excluded the related party (D-17)", ""
    elif item.related is Answer3.UNKNOWN:
        yield "", "related"
