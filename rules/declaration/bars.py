"""Which bars stand against a declaration on a day, from all that was ever reported about them.

A bar that was reported stands until it is cleared: by its last day, or by somebody who looked later and found it
gone. A *no* is only worth as much as its evidence is fresh, and grows into *unknown*; a *yes* never does, or waiting
would cure it.
"""

from collections.abc import Sequence
from datetime import date

from schemas.statements.bars import Bar, BarAnswer
from schemas.values.determination import Answer3
from schemas.values.patent_number import PatentKind

_REPORT_BARS = (Bar.E7, Bar.E8)


def answer_bars(
    patent_kind: PatentKind, statements: Sequence[BarAnswer], on: date, max_age_days: int
) -> tuple[BarAnswer, ...]:
    """Nine answers for the day ``on``, in order; ``statements`` are all reports and checks, in any order.

    An evaluation report is asked for utility models and designs only; for an invention E7 and E8 are *no* by
    themselves.
    """
    return tuple(
        BarAnswer(bar=bar, answer=Answer3.NO)
        if bar in _REPORT_BARS and patent_kind is PatentKind.INVENTION
        else _answer(bar, [one for one in statements if one.bar is bar], on, max_age_days)
        for bar in Bar
    )


def blocks(answers: Sequence[BarAnswer]) -> tuple[BarAnswer, ...]:
    """The bars that stand."""
    return tuple(one for one in answers if one.answer is Answer3.YES)


def _answer(bar: Bar, statements: Sequence[BarAnswer], on: date, max_age_days: int) -> BarAnswer:
    reported = _reported(statements)
    looked = [one for one in statements if one.answer is Answer3.NO and one.evidence and _seen_on(one) <= on]
    standing = [one for one in reported if _stands(one, looked, on)]
    if standing:
        return min(standing, key=_first_day)
    ended = [
        BarAnswer(bar=bar, answer=Answer3.NO, evidence=one.evidence, checked_on=one.checked_on)
        for one in reported
        if one.until and one.until < on and one.evidence and _seen_on(one) <= on
    ]
    doubts = [one for one in statements if one.answer is Answer3.UNKNOWN and one.evidence and _seen_on(one) <= on]
    latest = max([*doubts, *looked, *ended], key=_by_freshness, default=BarAnswer(bar=bar, answer=Answer3.UNKNOWN))
    if latest.answer is Answer3.NO and (on - _seen_on(latest)).days > max_age_days:
        return BarAnswer(
            bar=bar, answer=Answer3.UNKNOWN, evidence=latest.evidence, checked_on=latest.checked_on, stale=True
        )
    return latest


def _reported(statements: Sequence[BarAnswer]) -> list[BarAnswer]:
    """Each bar that was reported, by its first day, as last seen; of two seen on one day the one with an end counts."""
    seen: dict[date, BarAnswer] = {}
    yes = [one for one in statements if one.answer is Answer3.YES]
    for one in sorted(yes, key=lambda one: (_seen_on(one), one.until or date.min, one.evidence or "")):
        seen[_first_day(one)] = one
    return list(seen.values())


def _stands(bar: BarAnswer, looked: Sequence[BarAnswer], on: date) -> bool:
    if on < _first_day(bar) or (bar.until is not None and bar.until < on):
        return False
    return not any(_seen_on(one) > _seen_on(bar) and _seen_on(one) >= _first_day(bar) for one in looked)


def _first_day(bar: BarAnswer) -> date:
    return bar.since or date.min


def _seen_on(one: BarAnswer) -> date:
    return one.checked_on or date.min


def _by_freshness(one: BarAnswer) -> tuple[date, bool, str]:
    # On one day a doubt outweighs a no; the hash only makes the choice the same in every order.
    return _seen_on(one), one.answer is Answer3.UNKNOWN, one.evidence or ""
