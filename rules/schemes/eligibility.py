"""Which items of a year count, which do not, and of which nobody can say: by their day, by conditions, by relation."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rules.law.calendar import ONE_DAY, corresponding_day
from rules.schemes.trace import Trace
from schemas.schemes.clauses import Condition, Measure, Window
from schemas.schemes.inputs import CallWindow, SchemeItem, YearInputs
from schemas.schemes.scheme import Version
from schemas.values.determination import Answer3
from schemas.values.model import Model


def window_of(window: Window, year: int, call: CallWindow | None) -> tuple[date, date] | None:
    """The first and last day that count; None where the call sets them and did not say."""
    if window.span == "call":
        return (call.first_on, call.last_on) if call else None
    first = window.first_day(year)
    return first, corresponding_day(first, years=1) - ONE_DAY


def value_of(inputs: Model, name: str) -> str | None:
    """A fact by name, from the fields or from ``other``; None is *not stated*, and what is *unknown* is not stated."""
    if name in type(inputs).model_fields and name != "other":
        value: Any = getattr(inputs, name)
    else:
        other: Mapping[str, str] = getattr(inputs, "other", {})
        value = other.get(name)
    return None if value is None or value is Answer3.UNKNOWN else str(value)


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
    asks = []
    for condition in version.claimant:
        answer = met(condition, inputs.claimant)
        trace.read(f"claimant.{condition.fact}", wanted(condition), condition)
        trace.step("claimant", wanted(condition), answer, condition)
        if answer is Answer3.NO:
            return Answer3.NO, ()
        if answer is Answer3.UNKNOWN:
            asks.append(f"claimant.{condition.fact}")
    return (Answer3.UNKNOWN if asks else Answer3.YES), tuple(asks)


def counted_items(
    version: Version, inputs: YearInputs, window: tuple[date, date], trace: Trace
) -> tuple[tuple[SchemeItem, ...], tuple[str, ...]]:
    """The items that count, and what has to be asked of the others. A clear *no* needs no further answer."""
    counted, asks = [], []
    for condition in version.items:
        trace.read(f"items.{condition.fact}", wanted(condition), condition)
    if version.related_parties:
        trace.read("related_parties", version.related_parties)
    if not inputs.items:
        trace.step("items", "totals as they were stated; what counts is not examined", "-")
    for item in inputs.items:
        why_not, asked = _judged(version, item, window)
        if why_not is not None:
            trace.step(f"item {item.item_id}", why_not[0], "does not count", why_not[1])
        elif asked:
            asks += [f"items.{item.item_id}.{name}" for name in asked]
        else:
            counted.append(item)
    return tuple(counted), tuple(asks)


def awaits_decision(version: Version, item: SchemeItem) -> bool:
    """Whether two people have to decide about a related party, because the scheme is silent about it (D-17)."""
    return version.related_parties is None and item.related is Answer3.YES and item.related_decision is None


def rests_on_registration(version: Version) -> bool:
    """Whether the scheme gives anything because the contract is registered, or by what it is registered with."""
    return (
        any(one.fact in ("registered", "registered_class") for one in version.items)
        or version.base.measure in (Measure.TECHNOLOGY_TRANSACTION_AMOUNT, Measure.REGISTERED_RECEIPTS)
        or version.window.decided_by == "registered_on"
        or "contract_registration" in version.evidence
    )


def _judged(
    version: Version, item: SchemeItem, window: tuple[date, date]
) -> tuple[tuple[str, Condition | Window | None] | None, list[str]]:
    asked: list[str] = []
    day: date | None = getattr(item, version.window.decided_by)
    if day is None:
        asked.append(version.window.decided_by)
    elif not window[0] <= day <= window[1]:
        return (f"{version.window.decided_by} {day} lies outside {window[0]} to {window[1]}", version.window), []
    for condition in version.items:
        answer = met(condition, item)
        if answer is Answer3.NO:
            return (f"{condition.fact} is {value_of(item, condition.fact)}; {wanted(condition)}", condition), []
        if answer is Answer3.UNKNOWN:
            asked.append(condition.fact)
    for why_not, ask in _relation(version, item):
        if why_not:
            return (why_not, None), []
        asked.append(ask)
    return None, asked


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
