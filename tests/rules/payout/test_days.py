"""The days of a payout: to pay, to record, and the 36 months of the tax relief."""

from datetime import date

import pytest

from schemas.standing.position import Deadline, PayoutPosition
from schemas.statements.remuneration import InventorShare
from schemas.values.determination import Answer3
from tests.rules.payout.facts import (
    RECEIVED,
    STATED,
    act,
    approved,
    determine,
    instruct,
    line_of,
    paid,
    pass_day,
    position,
    publish,
    receipt,
    state,
    surroundings,
    task_keys,
)
from tests.rules.remuneration.facts import P1, P2, PAPER, UNIT, rule, unit, yuan

SOLE = unit(rule("income", (P1, "person", "90"), (UNIT, "institution", "10")))
LINE, FULL = f"person:{P1}", "1573380.00"
GRANTED = unit(inventors=(InventorShare(party=P1), InventorShare(party=P2)))


def deadline(at: PayoutPosition, key: str) -> Deadline | None:
    return next((one for one in at.deadlines if one.key == key), None)


def test_zhejiang_pays_within_six_months_only_where_no_rule_and_no_agreement_governs() -> None:
    at = position(determine(), state(unit(region="zhejiang")))
    found = deadline(at, "pay")
    assert found is not None
    assert (found.by, found.basis) == (date(2025, 9, 3), "legal")
    assert found.article == "Zhejiang Regulations on Promoting Transformation art. 40"
    assert deadline(position(determine(), state(SOLE.but(region="zhejiang"))), "pay") is None
    assert deadline(position(determine(), state(unit())), "pay") is None


def test_what_is_unpaid_after_the_six_months_becomes_a_task() -> None:
    life = (determine(), state(unit(region="zhejiang")))
    assert "pay" not in task_keys(position(*life, pass_day(date(2025, 9, 2))))
    assert "pay" in task_keys(position(*life, pass_day(date(2025, 9, 3))))


def test_the_grant_bonus_is_due_three_months_after_the_announcement_of_the_grant() -> None:
    stands_on = surroundings(receipts=())
    begun = (determine("grant"), state(GRANTED))
    at = position(*begun, stands_on=stands_on)
    assert [(line.key, line.amount) for line in at.lines] == [
        (f"bonus:{P1}", yuan("2000")),
        (f"bonus:{P2}", yuan("2000")),
    ]
    found = deadline(at, "pay")
    assert found is not None
    assert (found.by, found.article) == (date(2024, 9, 4), "IR-93")
    assert deadline(at, "tax_window") is None


def test_a_paid_grant_bonus_is_over_without_a_tax_record() -> None:
    stands_on = surroundings(receipts=())
    life = list(approved(determine("grant"), state(GRANTED), stands_on=stands_on))
    for number, party in enumerate((P1, P2)):
        life += [instruct(f"bonus:{party}"), paid(f"bonus:{party}", "2000.00", serial=f"g{number}")]
    at = position(*life, stands_on=stands_on)
    assert (at.stage, at.ended, at.deadlines) == ("paid", True, ())


def test_nobody_stated_the_inventors_so_the_grant_bonus_asks() -> None:
    at = position(determine("grant"), state(unit()), stands_on=surroundings(receipts=()))
    assert (at.stage, at.unknown) == ("waiting_for_facts", ("inventors",))


def test_the_tax_record_is_due_on_the_day_of_the_year_s_list_and_not_on_the_fifteenth() -> None:
    stands_on = surroundings(receipt("1748200", on=date(2026, 1, 5)))
    life = (*approved(determine(), state(SOLE), stands_on=stands_on), instruct(LINE))
    at = position(*life, paid(LINE, FULL, date(2026, 2, 10)), stands_on=stands_on)
    found = deadline(at, "tax_record:2026-03-16")
    assert found is not None
    assert (found.by, found.basis, found.provisional) == (date(2026, 3, 16), "legal", False)
    assert line_of(at, LINE).tax_record_by == date(2026, 3, 16)
    recorded_late = act("record_tax", date(2026, 3, 17), record=PAPER)
    late = position(
        *life, paid(LINE, FULL, date(2026, 2, 10)), recorded_late, pass_day(date(2026, 3, 16)), stands_on=stands_on
    )
    assert [(one.key, one.closed_how) for one in late.tasks] == [("tax_record:2026-03-16", "done_late")]


@pytest.mark.parametrize(
    ("paid_on", "half_counts", "warnings"),
    [(date(2028, 3, 3), Answer3.YES, ()), (date(2028, 3, 4), Answer3.NO, ("tax_window_over",))],
)
def test_the_relief_ends_with_the_corresponding_day_of_the_36th_month(
    paid_on: date, half_counts: Answer3, warnings: tuple[str, ...]
) -> None:
    assert date(2025, 3, 3) == RECEIVED
    at = position(*approved(determine(), state(SOLE)), instruct(LINE), paid(LINE, FULL, paid_on))
    assert line_of(at, LINE).payments[0].half_counts is half_counts
    assert at.warnings == warnings


def test_each_payment_is_judged_on_its_own_day() -> None:
    at = position(
        *approved(determine(), state(SOLE)),
        instruct(LINE),
        paid(LINE, "1000000.00", date(2028, 3, 3)),
        instruct(LINE, date(2028, 3, 4)),
        paid(LINE, "573380.00", date(2028, 3, 6), "b2"),
    )
    assert [one.half_counts for one in line_of(at, LINE).payments] == [Answer3.YES, Answer3.NO]


def test_the_window_runs_from_the_first_act_and_warns_once_it_is_over() -> None:
    found = deadline(position(determine()), "tax_window")
    assert found is not None
    assert found.by == date(2028, 3, 3)
    at = position(determine(), state(SOLE), pass_day(date(2028, 3, 3)))
    assert at.warnings == ("tax_window_over",)
    assert position(determine(), state(SOLE), pass_day(date(2028, 3, 2))).warnings == ()


@pytest.mark.parametrize(
    ("region", "days", "provisional"), [("", None, True), ("zhejiang", None, False), ("", 20, False)]
)
def test_a_publicity_whose_length_is_only_remembered_is_shown_as_provisional(
    region: str, days: int | None, provisional: bool
) -> None:
    at = position(determine(), state(SOLE.but(region=region)), publish(STATED, days=days))
    found = deadline(at, "publicity_end")
    assert found is not None
    assert found.provisional is provisional


def test_with_a_payment_in_time_the_window_is_met() -> None:
    at = position(*approved(determine(), state(SOLE)), instruct(LINE), paid(LINE, FULL))
    assert "tax_window" in at.met
