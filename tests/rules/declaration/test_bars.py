"""Nine bars, three answers, and evidence that ages."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from rules.declaration.bars import answer_bars, blocks
from rules.law.service import STATUS_EVIDENCE_AT_FILING_DAYS as AT_FILING
from rules.law.service import STATUS_EVIDENCE_IN_FORCE_DAYS as IN_FORCE
from schemas.statements.bars import BARS, Bar, BarAnswer
from schemas.values.determination import Answer3
from schemas.values.model import ContentHash
from schemas.values.patent_number import PatentKind

ON = date(2026, 5, 12)
PAPER, OTHER_PAPER = "ab" * 32, "cd" * 32
YES, NO, UNKNOWN = Answer3.YES, Answer3.NO, Answer3.UNKNOWN


def ago(days: int) -> date:
    return ON - timedelta(days)


def no(bar: Bar, days_ago: int = 0) -> BarAnswer:
    return BarAnswer(bar=bar, answer=NO, evidence=PAPER, checked_on=ago(days_ago))


def yes(bar: Bar, since: int, until: int | None = None, seen: int | None = None) -> BarAnswer:
    """Days before ``ON``."""
    return BarAnswer(
        bar=bar,
        answer=YES,
        since=ago(since),
        until=None if until is None else ago(until),
        evidence=PAPER,
        checked_on=ago(since if seen is None else seen),
    )


def answered(*statements: BarAnswer, kind: PatentKind = PatentKind.UTILITY_MODEL, on: date = ON) -> dict[Bar, Answer3]:
    return {one.bar: one.answer for one in answer_bars(kind, statements, on, AT_FILING)}


def test_every_bar_has_its_article_in_both_languages() -> None:
    assert list(BARS) == list(Bar)
    assert all(text.article and text.zh and text.en and text.evidence_zh and text.evidence_en for text in BARS.values())


def test_silence_is_unknown_and_never_no() -> None:
    assert set(answered().values()) == {UNKNOWN}
    assert answered(BarAnswer(bar=Bar.E1, answer=NO))[Bar.E1] is UNKNOWN


@pytest.mark.parametrize(
    ("kind", "answer"), [(PatentKind.INVENTION, NO), (PatentKind.UTILITY_MODEL, UNKNOWN), (PatentKind.DESIGN, UNKNOWN)]
)
def test_an_evaluation_report_is_asked_for_utility_models_and_designs_only(kind: PatentKind, answer: Answer3) -> None:
    found = answered(kind=kind)
    assert (found[Bar.E7], found[Bar.E8]) == (answer, answer)


@pytest.mark.parametrize(
    ("days", "limit", "answer"),
    [(30, AT_FILING, NO), (31, AT_FILING, UNKNOWN), (90, IN_FORCE, NO), (91, IN_FORCE, UNKNOWN)],
)
def test_a_no_becomes_stale_with_its_evidence(days: int, limit: int, answer: Answer3) -> None:
    found = answer_bars(PatentKind.INVENTION, [no(Bar.E2, days)], ON, limit)[1]
    assert (found.answer, found.stale, found.evidence, found.age_on(ON)) == (answer, answer is UNKNOWN, PAPER, days)


def test_a_reported_bar_does_not_go_away_by_waiting() -> None:
    found = answer_bars(PatentKind.INVENTION, [yes(Bar.E4, since=1000)], ON, IN_FORCE)
    assert [one.bar for one in blocks(found)] == [Bar.E4]


@pytest.mark.parametrize(
    ("since", "until", "answer"), [(5, None, YES), (0, None, YES), (5, 0, YES), (5, 1, NO), (-1, None, UNKNOWN)]
)
def test_a_bar_stands_from_its_first_to_its_last_day(since: int, until: int | None, answer: Answer3) -> None:
    assert answered(yes(Bar.E3, since, until, seen=0))[Bar.E3] is answer


def test_a_bar_is_cleared_by_its_last_day_or_by_a_later_look() -> None:
    assert answered(yes(Bar.E4, 10), yes(Bar.E4, 10, 3, seen=3))[Bar.E4] is NO
    assert answered(yes(Bar.E8, 10), no(Bar.E8, 2))[Bar.E8] is NO  # the corrected report replaces the first
    assert answered(yes(Bar.E4, 10, seen=5), no(Bar.E4, 7))[Bar.E4] is YES  # looked before the bar was seen
    assert answered(yes(Bar.E1, 2, seen=10), no(Bar.E1, 5))[Bar.E1] is YES  # looked before the bar began
    assert answered(yes(Bar.E4, 10), no(Bar.E4, 10))[Bar.E4] is YES  # on one day the bar outweighs


def test_a_bar_that_ended_proves_nothing_about_another_one() -> None:
    assert answered(yes(Bar.E1, 20), yes(Bar.E1, 10), yes(Bar.E1, 10, 5, seen=5))[Bar.E1] is YES


def test_a_bar_is_seen_on_a_day_before_it_was_told_and_a_no_is_not_backdated() -> None:
    told = (yes(Bar.E3, since=20, seen=0), no(Bar.E2, 0))
    earlier = answered(*told, on=ago(10))
    assert (earlier[Bar.E3], earlier[Bar.E2]) == (YES, UNKNOWN)


def test_a_doubt_of_the_same_day_outweighs_a_no() -> None:
    doubt = BarAnswer(bar=Bar.E9, answer=UNKNOWN, evidence=OTHER_PAPER, checked_on=ago(1))
    assert answered(no(Bar.E9, 1), doubt)[Bar.E9] is UNKNOWN
    assert answered(no(Bar.E9, 0), doubt)[Bar.E9] is NO


def annual_fee_bar(due_on: date, paid_on: date | None, evidence: ContentHash, checked_on: date) -> BarAnswer:
    """E3 from the fee status of one year: a fee not paid on its due day is a bar from the next day, grace included.

    It stands to the day of payment, that day included; ``due_on`` is the due day as moved for rest days.
    """
    if (paid_on or checked_on) <= due_on:
        return BarAnswer(bar=Bar.E3, answer=Answer3.NO, evidence=evidence, checked_on=checked_on)
    return BarAnswer(
        bar=Bar.E3,
        answer=Answer3.YES,
        since=due_on + timedelta(days=1),
        until=paid_on,
        evidence=evidence,
        checked_on=checked_on,
    )


@pytest.mark.parametrize(
    ("paid", "checked", "answer"),
    [(None, 0, NO), (None, 1, YES), (None, 150, YES), (-3, 150, NO), (0, 150, NO), (100, 100, YES), (100, 101, NO)],
)
def test_an_unpaid_annual_fee_is_a_bar_through_the_whole_grace_period(
    paid: int | None, checked: int, answer: Answer3
) -> None:
    """Days after the due day."""
    due = date(2026, 1, 5)
    looked_on = due + timedelta(checked)
    stated = annual_fee_bar(due, None if paid is None else due + timedelta(paid), PAPER, looked_on)
    assert answered(stated, on=looked_on)[Bar.E3] is answer


@pytest.mark.parametrize(
    "facts",
    [
        {"answer": "yes"},
        {"answer": "no", "since": "2026-01-01"},
        {"answer": "no", "evidence": PAPER},
        {"answer": "yes", "since": "2026-01-02", "until": "2026-01-01"},
        {"answer": "yes", "since": "2026-01-02", "stale": True},
    ],
)
def test_an_answer_that_contradicts_itself_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        BarAnswer.model_validate({"bar": "E1", **facts})


def reported(first: int, length: int | None, seen: int) -> BarAnswer:
    return yes(Bar.E1, first, None if length is None else first - length, seen)


def doubted(seen: int, paper: str) -> BarAnswer:
    return BarAnswer(bar=Bar.E1, answer=UNKNOWN, evidence=paper, checked_on=ago(seen))


days = st.integers(0, 120)
stated = st.one_of(
    st.builds(no, st.just(Bar.E1), days),
    st.builds(reported, days, st.none() | st.integers(0, 60), days),
    st.builds(doubted, days, st.sampled_from([PAPER, OTHER_PAPER])),
)


@given(st.lists(stated, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_no_answer(statements: list[BarAnswer], chance: Any) -> None:
    shuffled = list(statements)
    chance.shuffle(shuffled)
    assert answer_bars(PatentKind.DESIGN, shuffled, ON, 30) == answer_bars(PatentKind.DESIGN, statements, ON, 30)
