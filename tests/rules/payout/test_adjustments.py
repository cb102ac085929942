"""What news does to a payout whose money has moved: nothing by itself, and never an automatic demand."""

from datetime import date

from rules.payout.position import derive_payout
from schemas.acts.payout import PayoutAct
from schemas.lifecycle.payout import PAYOUT
from schemas.lifecycle.table import check
from schemas.standing.position import PayoutPosition
from schemas.standing.surroundings import OwnerView, PayoutSurroundings
from schemas.values.determination import Answer3
from schemas.values.money import Money, total
from tests.rules.payout.facts import (
    CALENDAR,
    LICENCE,
    RECEIVED,
    RECORDED,
    UNIVERSITY,
    act,
    approvals,
    approved,
    codes,
    countersigned,
    determine,
    facts_of,
    instruct,
    line_of,
    paid,
    paid_out,
    position,
    publish,
    receipt,
    recorded,
    sibling,
    state,
    surroundings,
    task_keys,
)
from tests.rules.remuneration.facts import P1, P2, PAPER, TEAM, UNIT, costs, rule, unit, yuan

LINE = f"member:{P1}"
RESTATED = date(2025, 6, 2)
SMALLER, LARGER = surroundings(receipt("1000000")), surroundings(receipt("2000000"))
GONE = surroundings(receipt("0"))
LAW = unit()  # P1 and P2 signed 60 and 40; costs decide


def after(stands_on: PayoutSurroundings, *acts: PayoutAct) -> PayoutPosition:
    """Everything was paid while the receipt was whole; then it is not, and ``acts`` follow."""
    facts = [*recorded(paid_out(), surroundings()), *facts_of(*acts)]
    return derive_payout(facts, stands_on, CALENDAR)


def adjust(line: str, decision: str = "leave") -> PayoutAct:
    return act("adjust", RESTATED, line=line, decision=decision, paper=PAPER)


def test_a_receipt_reversed_after_the_payment_leaves_negative_lines_that_wait() -> None:
    at = after(SMALLER)
    assert (at.stage, line_of(at, LINE).owed) == ("adjusted", yuan("240000") - yuan("419568"))
    assert f"adjust:{LINE}" in task_keys(at)
    gone = after(GONE)
    assert (gone.stage, line_of(gone, LINE).owed) == ("adjusted", -yuan("419568"))


def test_a_licence_found_void_after_the_payment_takes_nothing_back_by_itself() -> None:
    at = after(surroundings(licence_stands=False))
    assert at.stage == "adjusted"
    assert line_of(at, LINE).payments[0].half_counts is Answer3.YES
    assert [line.key for line in at.money if line.key.startswith("due:")] == []


def test_a_provisional_end_freezes_the_payout() -> None:
    frozen = surroundings(licence_stands=False, provisional=True)
    at = after(frozen)
    assert (at.stage, at.provisional, at.warnings) == ("paid", True, ("licence_end_provisional",))
    assert position(*approved(), stands_on=frozen).stage == "approved"
    assert position(*approved(), stands_on=surroundings(receipt("0"), provisional=True)).stage != "cancelled"


def test_a_negative_line_is_decided_by_two_people_only() -> None:
    lines = [line.key for line in after(SMALLER).lines if line.payable]
    alone = [adjust(key) for key in lines]
    assert after(SMALLER, *alone).stage == "adjusted"
    both = [one for key in lines for one in countersigned(adjust(key))]
    at = after(SMALLER, *both)
    assert (at.stage, line_of(at, LINE).decision) == ("paid", "leave")
    assert f"adjust:{LINE}" not in task_keys(at)


def test_what_is_left_to_a_person_is_cost_and_what_is_set_off_stays_a_claim() -> None:
    left = after(SMALLER, *countersigned(adjust(LINE)))
    assert balance(left, f"payable:{P1}") == yuan("0")
    kept = after(SMALLER, *countersigned(adjust(LINE, "set_off")))
    assert balance(kept, f"payable:{P1}") == yuan("240000") - yuan("419568")


def test_a_decision_about_another_amount_does_not_cover_a_larger_claim() -> None:
    paid_facts = recorded(paid_out(), surroundings())
    decided = recorded(countersigned(adjust(LINE)), SMALLER, paid_facts)
    assert line_of(derive_payout(decided, SMALLER, CALENDAR), LINE).decision == "leave"
    smaller_still = surroundings(receipt("500000"))
    at = derive_payout(decided, smaller_still, CALENDAR)
    assert (at.stage, line_of(at, LINE).decision) == ("adjusted", None)
    assert f"adjust:{LINE}" in task_keys(at)


def test_a_larger_amount_needs_two_new_approvals_and_is_then_ordered() -> None:
    at = after(LARGER)
    assert (at.stage, line_of(at, LINE).owed) == ("adjusted", yuan("480000") - yuan("419568"))
    assert f"approve:{LINE}" in task_keys(at)
    assert at.amounts_hash is not None
    again = approvals(at.amounts_hash, RESTATED)
    assert after(LARGER, *again).stage == "instructed"
    rest = (instruct(LINE, RESTATED), paid(LINE, "60432.00", RESTATED, "c1"))
    at = after(LARGER, *again, *rest)
    assert (line_of(at, LINE).owed, codes(at)) == (yuan("0"), [])


def test_until_the_larger_amount_is_approved_only_the_old_one_is_posted() -> None:
    posted = {line.key: line.amount for line in after(LARGER).money}
    assert posted[f"due:{LINE}"] == yuan("419568")


def test_an_order_under_way_when_the_receipt_is_reversed_is_stopped_by_a_person() -> None:
    facts = recorded([*approved(), instruct(LINE)], surroundings())
    at = derive_payout(facts, GONE, CALENDAR)
    assert (at.stage, task_keys(at)) == ("instructed", [f"stop:{LINE}"])


def test_an_earlier_receipt_whose_costs_nobody_stated_makes_the_result_unknown() -> None:
    two = surroundings(receipt("100000", "r0", date(2025, 2, 3)), receipt("100000"))
    at = position(determine(), state(LAW), stands_on=two)
    assert at.stage == "waiting_for_facts"
    assert at.unknown == ("costs.transaction_taxes:r0", "costs.upkeep:r0", "costs.direct:r0")
    known = two.but(siblings=(sibling("r0", LAW, costs("600", "2000", "3400")),))
    assert position(determine(), state(LAW), stands_on=known).stage == "determined"


def test_a_later_receipt_asks_nothing() -> None:
    two = surroundings(receipt("100000"), receipt("100000", "r2", date(2025, 9, 1)))
    assert position(determine(), state(LAW), stands_on=two).stage == "determined"


def test_an_earlier_receipt_found_after_the_payment_leaves_what_was_paid_as_it_is() -> None:
    one = surroundings(receipt("100000"))
    life = approved(determine(), state(LAW), stands_on=one)
    life = (*life, instruct(f"person:{P1}"), paid(f"person:{P1}", "30000.00"))
    life = (*life, instruct(f"person:{P2}"), paid(f"person:{P2}", "20000.00", serial="b2"))
    assert position(*life, stands_on=one).stage == "paid"
    two = surroundings(receipt("100000", "r0", date(2025, 2, 3)), receipt("100000"))
    at = position(*life, stands_on=two)
    assert (at.stage, at.warnings, at.ended) == ("paid", ("amounts_unknown",), False)
    assert [line.owed for line in at.lines] == [yuan("0")] * 2


def test_costs_larger_than_an_earlier_receipt_are_carried_into_this_one() -> None:
    two = surroundings(
        receipt("1000", "r0", date(2025, 2, 3)), receipt("10000"), siblings=(sibling("r0", LAW, costs("0", "3000")),)
    )
    assert position(determine(), state(LAW), stands_on=two).pool == yuan("4000")


def test_a_receipt_with_more_cost_than_income_takes_back_and_waits_for_a_decision() -> None:
    two = surroundings(
        receipt("10000", "r0", date(2025, 2, 3)), receipt("1000"), siblings=(sibling("r0", LAW, costs()),)
    )
    life = (determine(), state(LAW, costs("0", "3000")))
    at = position(*life, stands_on=two)
    assert (at.stage, line_of(at, f"person:{P1}").owed) == ("adjusted", -yuan("600"))
    both = [one for party in (P1, P2) for one in countersigned(adjust(f"person:{party}"))]
    assert position(*life, *both, stands_on=two).stage == "paid"


def test_a_reversed_sibling_is_not_asked_for_its_costs() -> None:
    two = surroundings(receipt("0", "r0", date(2025, 2, 3)), receipt("100000"))
    assert position(determine(), state(LAW), stands_on=two).stage == "determined"


def test_a_receipt_that_was_reversed_whole_keeps_the_costs_that_were_stated_of_it() -> None:
    borne = sibling("r0", LAW, costs("0", "5000"))
    pools = [
        position(
            determine(),
            state(LAW),
            stands_on=surroundings(receipt(left, "r0", date(2025, 2, 3)), receipt("10000"), siblings=(borne,)),
        ).pool
        for left in ("0.01", "0")
    ]
    assert pools == [yuan("2500.01"), yuan("2500.00")]


def test_the_costs_of_a_receipt_that_was_reversed_whole_take_back_from_the_receipts_before_it() -> None:
    before = (receipt("10000", "r0", date(2025, 2, 3)), sibling("r0", LAW, costs()))
    life = (determine(), state(LAW, costs("0", "3000")))
    for left, owed in (("0.02", "-899.99"), ("0", "-900.00")):
        at = position(*life, stands_on=surroundings(before[0], receipt(left), siblings=(before[1],)))
        assert (at.stage, line_of(at, f"person:{P1}").owed, at.deadlines) == ("adjusted", yuan(owed), ())
    decided = [one for party in (P1, P2) for one in countersigned(adjust(f"person:{party}"))]
    assert (
        position(*life, *decided, stands_on=surroundings(before[0], receipt("0"), siblings=(before[1],))).stage
        == "paid"
    )


def test_what_came_back_with_a_reversed_receipt_is_stated_of_it_although_its_payout_is_cancelled() -> None:
    gone = surroundings(receipt("0"))
    life = (determine(), state(LAW, costs("600", "300")))
    at = position(*life, stands_on=gone)
    assert (at.stage, at.lines, at.costs) == ("cancelled", (), costs("600", "300"))
    again = state(LAW, costs("0", "300"), RESTATED)
    assert check(PAYOUT, at.stage, {}, again.kind, again.by.role, is_known=True) is None
    assert position(*life, again, stands_on=gone).costs == costs("0", "300")


def test_co_owners_share_the_receipt_first_and_without_agreement_equally() -> None:
    shared = surroundings(owners=(OwnerView(party_id=UNIT), OwnerView(party_id=UNIVERSITY)))
    at = position(determine(), state(), stands_on=shared)
    assert at.pool == yuan("699280")


def test_a_unit_that_is_not_among_the_owners_is_asked_about_them() -> None:
    others = surroundings(owners=(OwnerView(party_id=P1), OwnerView(party_id=UNIVERSITY)))
    assert position(determine(), state(), stands_on=others).unknown == ("owners",)


def test_what_the_unit_keeps_for_itself_is_no_payment() -> None:
    kept = unit(rule("income", (P1, "person", "90"), (UNIT, "institution", "10")))
    at = position(determine(), state(kept))
    assert [line.key for line in at.lines if not line.payable] == [f"institution:{UNIT}"]


def test_money_ordered_before_the_registration_gets_no_relief_not_later_either() -> None:
    noted = instruct(LINE, before_registration_note=PAPER)
    at = position(*approved(), noted, paid(LINE, "419568.00"))
    assert line_of(at, LINE).payments[0].half_counts is Answer3.NO
    plain = position(*approved(), instruct(LINE), paid(LINE, "419568.00"))
    assert line_of(plain, LINE).payments[0].half_counts is Answer3.YES


def test_whether_a_private_unit_is_a_nonprofit_one_is_unknown() -> None:
    private = unit(rule("income", (P1, "person", "100")), state_set=False)
    life = (*approved(determine(), state(private)), instruct(f"person:{P1}"), paid(f"person:{P1}", "1748200.00"))
    assert line_of(position(*life), f"person:{P1}").payments[0].half_counts is Answer3.UNKNOWN


def test_a_corrected_statement_is_adjusted_like_any_news() -> None:
    stated = state()
    wrong = recorded([determine(), stated, publish(), *paid_out()[3:]], surroundings())
    right = unit(rule("income", (TEAM, "team", "100"), team=((P1, "50"), (P2, "50"))))
    correction = act(
        "correct_fact",
        RESTATED,
        corrects=stated.act_id,
        reason=PAPER,
        replacement={"facts": right.model_dump(mode="json")},
    )
    assert derive_payout([*wrong, *facts_of(correction)], surroundings(), CALENDAR).stage == "paid"
    at = derive_payout([*wrong, *facts_of(*countersigned(correction))], surroundings(), CALENDAR)
    assert at.stage == "adjusted"
    assert line_of(at, LINE).owed == yuan("874100") - yuan("419568")
    assert line_of(at, f"institution:{UNIVERSITY}").owed == -yuan("174820")


def test_a_payout_made_elsewhere_is_taken_over_as_paid() -> None:
    done = act(
        "take_over",
        RECORDED,
        stage="paid",
        parent_id=LICENCE,
        unit=UNIT,
        subject="r1",
        paid_lines=[{"party": P1, "amount": "100.00", "paid_on": RECEIVED}],
    )
    assert position(done).stage == "-"
    at = position(*countersigned(done))
    assert (at.stage, at.unknown, at.warnings) == ("paid", (), ())
    assert line_of(at, f"person:{P1}").paid_amount == yuan("100")
    recorded_too = act(
        "take_over",
        RECORDED,
        stage="tax_recorded",
        parent_id=LICENCE,
        unit=UNIT,
        subject="unknown receipt",
        paid_lines=[{"party": P1, "amount": "100.00", "paid_on": RECEIVED}],
    )
    assert position(*countersigned(recorded_too)).stage == "tax_recorded"


def balance(at: PayoutPosition, account: str) -> Money:
    return total(
        line.amount if line.credit == account else -line.amount
        for line in at.money
        if account in (line.debit, line.credit)
    )
