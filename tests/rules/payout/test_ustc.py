"""The university's sale of 1,748,200 yuan, from the receipt to the tax record."""

from schemas.values.determination import Answer3
from schemas.values.money import ZERO, Money, total
from tests.rules.payout.facts import (
    APPROVED,
    LAST_DAY,
    PAID,
    PUBLISHED,
    RECORDED,
    SCHOOL,
    STATED,
    UNIVERSITY,
    act,
    approved,
    determine,
    instruct,
    line_of,
    paid,
    paid_out,
    pass_day,
    payable,
    position,
    publish,
    state,
    task_keys,
)
from tests.rules.remuneration.facts import P1, P2, PAPER, TEAM, UNIT, yuan


def test_the_university_s_own_rule_gives_the_team_four_fifths_and_leaves_what_nobody_signed() -> None:
    at = position(determine(), state())
    assert {line.key: str(line.amount) for line in at.lines} == {
        "team": "1398560.00",
        f"member:{P1}": "419568.00",
        f"member:{P2}": "419568.00",
        "undistributed_team": "559424.00",
        f"department:{SCHOOL}": "174820.00",
        f"institution:{UNIVERSITY}": "174820.00",
    }
    assert at.pool == yuan("1398560")
    assert line_of(at, "team").party == TEAM
    assert [line.key for line in at.lines if not line.payable] == ["team", "undistributed_team"]


def test_the_lines_without_the_team_s_sum_add_up_to_the_receipt() -> None:
    at = position(determine(), state())
    assert total(line.amount for line in at.lines if line.key != "team") == yuan("1748200")


def test_the_university_s_money_goes_from_receipt_to_tax_record() -> None:
    life = [determine()]
    assert position(*life).stage == "waiting_for_facts"
    life.append(state())
    assert position(*life).stage == "determined"
    life.append(publish())
    at = position(*life)
    assert (at.stage, at.publicity_from, at.publicity_last_on) == ("publicity", PUBLISHED, LAST_DAY)
    life = list(approved())
    assert position(*life[:-1]).stage == "approved_once"
    assert position(*life).stage == "approved"
    life.append(instruct(f"member:{P1}"))
    assert position(*life).stage == "instructed"
    life.append(paid(f"member:{P1}", "419568.00"))
    assert position(*life).stage == "instructed"
    at = position(*paid_out())
    assert at.stage == "paid"
    assert not at.ended
    at = position(*paid_out(), act("record_tax", RECORDED, record=PAPER))
    assert (at.stage, at.ended, at.deadlines) == ("tax_recorded", True, ())
    assert {line.payments[0].half_counts for line in payable(at)} == {Answer3.YES, None}


def test_every_account_of_an_inventor_is_even_once_he_is_paid() -> None:
    balance: dict[str, Money] = {}
    for line in position(*paid_out()).money:
        balance[line.debit] = balance.get(line.debit, ZERO) - line.amount
        balance[line.credit] = balance.get(line.credit, ZERO) + line.amount
    assert balance == {
        f"remuneration_cost:{UNIT}": -yuan("1188776"),
        f"bank:{UNIT}": yuan("1188776"),
        f"payable:{P1}": ZERO,
        f"payable:{P2}": ZERO,
        f"payable:{SCHOOL}": ZERO,
        f"payable:{UNIVERSITY}": ZERO,
    }


def test_approval_posts_the_debt_and_payment_posts_the_bank() -> None:
    at = position(*approved(), instruct(f"member:{P1}"), paid(f"member:{P1}", "419568.00"))
    lines = {line.key: (line.debit, line.credit, line.on) for line in at.money}
    assert lines[f"due:member:{P1}"] == (f"remuneration_cost:{UNIT}", f"payable:{P1}", APPROVED)
    assert lines[f"paid:member:{P1}:B1"] == (f"payable:{P1}", f"bank:{UNIT}", PAID)
    assert f"due:member:{P2}" in lines
    assert "due:undistributed_team" not in lines


def test_before_anything_is_stated_finance_is_asked() -> None:
    at = position(determine(), pass_day(STATED))
    assert at.unknown == ("state_facts",)
    assert task_keys(at) == ["state_facts"]
