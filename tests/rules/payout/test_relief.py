"""Relief of a payment from income tax is judged on its own day: registration, notice, window (Caishui 2018 no. 58)."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from rules.payout.guards import guard_payout
from rules.payout.position import derive_payout
from schemas.acts.payout import PayoutAct
from schemas.standing.position import LinePayment, PayoutPosition
from schemas.standing.surroundings import PayoutSurroundings, RegistrationSpan
from schemas.values.determination import Answer3
from tests.rules.payout.facts import (
    CALENDAR,
    INSTRUCTED,
    PAID,
    PUBLISHED,
    USTC,
    act,
    approvals,
    determine,
    facts_of,
    hash_of,
    instruct,
    line_of,
    paid,
    position,
    publish,
    state,
    surroundings,
    task_keys,
)
from tests.rules.remuneration.facts import P1, PAPER

LINE, FULL = f"member:{P1}", "419568.00"
BEGUN = (determine(), state())
BEFORE = date(2025, 3, 5)
CANCELLED = date(2025, 9, 1)


def registered(*spans: tuple[date, date | None]) -> PayoutSurroundings:
    days = tuple(RegistrationSpan(from_on=first, until_on=until) for first, until in spans)
    return surroundings(registrations=days, contract_registered=bool(days) and days[-1].until_on is None)


def life(*, noted: bool = False, published: PayoutAct | None = None) -> tuple[PayoutAct, ...]:
    """From the receipt to the payment of one line."""
    note: dict[str, Any] = {"before_registration_note": PAPER} if noted else {}
    return (*BEGUN, published or publish(), *approvals(hash_of(*BEGUN)), instruct(LINE, **note), paid(LINE, FULL))


def payment(*acts: PayoutAct, at: PayoutSurroundings) -> LinePayment:
    return line_of(position(*acts, stands_on=at), LINE).payments[0]


def correction(at: PayoutPosition) -> Any:
    return next(one for one in at.tasks if one.key == "correct_tax:2025-03")


STANDS = registered((BEFORE, None))


def test_a_registration_of_a_later_day_turns_no_no_into_a_yes() -> None:
    later = registered((date(2025, 4, 1), None))
    for noted in (True, False):
        assert payment(*life(noted=noted), at=later).half_counts is Answer3.NO
    same_day = registered((PAID, None))
    assert payment(*life(noted=True), at=same_day).half_counts is Answer3.NO  # it was ordered before


def test_a_cancellation_of_a_later_day_turns_no_yes_into_a_no_and_is_a_task_with_the_month() -> None:
    at = registered((BEFORE, CANCELLED))
    found = position(*life(), stands_on=at)
    assert payment(*life(), at=at).half_counts is Answer3.YES
    assert (correction(found).opened_on, correction(found).closed_on) == (CANCELLED, None)
    assert "correct_tax:2025-03" not in task_keys(position(*life(), stands_on=STANDS))


def test_a_registration_that_follows_on_the_day_of_the_cancellation_changes_nothing() -> None:
    at = registered((BEFORE, CANCELLED), (CANCELLED, None))
    assert "correct_tax:2025-03" not in task_keys(position(*life(), stands_on=at))


@pytest.mark.parametrize("until", [date(2025, 3, 20), PAID])
def test_a_cancellation_that_is_told_late_with_a_day_before_the_payment_is_a_no_and_not_in_silence(until: date) -> None:
    at = registered((BEFORE, until))
    assert payment(*life(), at=at).half_counts is Answer3.NO
    assert correction(position(*life(), stands_on=at)).closed_on is None
    # With the note no relief was taken, so there is nothing to correct.
    assert "correct_tax:2025-03" not in task_keys(position(*life(noted=True), stands_on=at))


def test_a_registration_that_is_told_late_with_a_day_before_the_order_is_a_yes_and_not_in_silence() -> None:
    assert payment(*life(noted=True), at=STANDS).half_counts is Answer3.YES
    assert correction(position(*life(noted=True), stands_on=STANDS)).closed_on is None


def test_another_record_closes_the_correction_and_the_first_one_does_not() -> None:
    first = act("record_tax", date(2025, 4, 10), record=PAPER)
    again = act("record_tax", date(2025, 9, 10), record=PAPER)
    ended, never = registered((BEFORE, CANCELLED)), registered((BEFORE, PAID))
    for at in (ended, never):
        assert correction(position(*life(), first, stands_on=at)).closed_on is None
        assert correction(position(*life(), first, again, stands_on=at)).closed_on == date(2025, 9, 10)


def test_the_answer_does_not_depend_on_the_order_of_recording() -> None:
    at, told = registered((BEFORE, CANCELLED)), facts_of(*life(noted=True))
    seen = {derive_payout((*told[:4], *tail), at, CALENDAR).lines for tail in permutations(told[4:])}
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("published", "half"),
    [
        (publish(), Answer3.YES),  # no length is stated, so it hangs as long as each law asks
        (publish(days=20), Answer3.NO),  # until 31 March, and fifteen working days end on 1 April
        (publish(days=21), Answer3.YES),
        (publish(days=14, days_counted="working_days"), Answer3.NO),
        (publish(days=15, days_counted="working_days"), Answer3.YES),
    ],
)
def test_the_relief_needs_a_notice_of_fifteen_working_days(published: PayoutAct, half: Answer3) -> None:
    assert payment(*life(published=published), at=STANDS).half_counts is half
    assert position(*BEGUN, published).relief_notice_until == date(2025, 4, 1)


def test_the_notice_is_over_before_the_relief_is_used_with_the_declaration_of_the_month() -> None:
    late, paid_on = publish(date(2025, 3, 25)), date(2025, 3, 31)
    shown = (*BEGUN, late, instruct(LINE), paid(LINE, FULL, paid_on))
    assert payment(*shown, at=STANDS).half_counts is Answer3.NO  # until 16 April; March is declared by 15 April
    assert CALENDAR.tax_day(paid_on).by == date(2025, 4, 15)


def test_without_any_notice_the_relief_is_unknown() -> None:
    assert payment(*BEGUN, instruct(LINE), paid(LINE, FULL), at=STANDS).half_counts is Answer3.UNKNOWN


def warned(one: PayoutAct, *before: PayoutAct) -> list[str]:
    verdict = guard_payout(one, position(*before, stands_on=STANDS), facts_of(*before), STANDS, CALENDAR)
    return [warning.code for warning in verdict.warnings]


def test_whoever_publishes_and_orders_is_told_of_a_notice_that_is_too_short() -> None:
    assert warned(publish(), *BEGUN) == ["relief_notice_longer"]
    assert warned(publish(days=21), *BEGUN) == []
    short = (*BEGUN, publish(days=16), *approvals(hash_of(*BEGUN)))
    assert warned(instruct(LINE), *short) == ["relief_notice_too_short"]


def test_the_note_is_asked_by_the_registration_of_the_orders_own_day() -> None:
    approved = life()[:-2]
    for at, refused in (
        (registered((date(2025, 3, 29), None)), ["registration_note_missing"]),
        (registered((BEFORE, date(2025, 3, 29))), []),
    ):
        verdict = guard_payout(instruct(LINE), position(*approved), facts_of(*approved), at, CALENDAR)
        assert [one.code for one in verdict.refusals] == refused
    assert date(2025, 3, 28) == INSTRUCTED


def test_the_record_of_the_relief_is_asked_only_where_there_is_relief_else_the_ordinary_declaration() -> None:
    relieved, plain = (
        [(one.key, one.what) for one in position(*life(noted=noted), stands_on=at).deadlines if "tax_" in one.key]
        for noted, at in ((False, STANDS), (True, registered()))
    )
    assert ("tax_record:2025-04-15", "record_tax") in relieved
    assert ("tax_declaration:2025-04-15", "declare_tax") in plain
    assert "tax_record:2025-04-15" not in dict(plain)
    declared = act("record_tax", date(2025, 4, 10), record=PAPER)
    assert "tax_declaration:2025-04-15" in position(*life(noted=True), declared, stands_on=registered()).met


def test_a_unit_of_its_own_rule_is_shown_until_when_the_notice_has_to_hang() -> None:
    assert USTC.state_set
    assert position(*BEGUN, publish(PUBLISHED)).relief_notice_until == date(2025, 4, 1)
    assert position(*BEGUN).relief_notice_until is None
