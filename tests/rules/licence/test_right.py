"""The right of a licence: noticed, effective, over, void (PL-51)."""

from datetime import date
from typing import Any

import pytest

from schemas.standing.surroundings import BarSpan
from schemas.statements.bars import Bar
from schemas.statements.offer import Regime, TermsVersion
from schemas.statements.royalty import FixedEnd, Free, UntilPatentEnds, YearsFromEffect
from tests.rules.licence.story import (
    FREE,
    NOTICE,
    PAID,
    TEN_THOUSAND,
    TWO_PERCENT,
    act,
    countersigned,
    deadline,
    keys,
    offer,
    position,
    task,
    terms,
)

WITHDRAWN = {"ended_on": date(2026, 3, 5), "ended_how": "withdrawn"}
LAPSED = {"ended_on": date(2026, 6, 1), "right_ended_on": date(2026, 6, 1), "right_end_provisional": True}


def test_a_notice_under_terms_with_money_due_waits_for_payment() -> None:
    found = position(NOTICE)
    assert (found.stage, found.payment_condition, found.first_due.fen) == ("awaiting_payment", "due", 1_000_000)
    assert deadline(found, "offer_ends").by == date(2040, 1, 31)


def test_a_free_licence_takes_effect_on_the_day_of_the_notice() -> None:
    found = position(NOTICE, at=offer(FREE))
    assert (found.stage, found.payment_condition, found.effective_on) == ("effective", "free", date(2026, 3, 2))


@pytest.mark.parametrize(
    "royalty",
    [
        terms("lump_sum", amount="10000.00", first_payment_after_months=12),
        terms(
            "instalments", instalments=({"amount": "1.00", "after_months": 6}, {"amount": "1.00", "after_months": 12})
        ),
        TWO_PERCENT,
    ],
)
def test_an_announced_deferral_lets_the_licence_take_effect_on_notice(royalty: Any) -> None:
    found = position(NOTICE, at=offer(royalty))
    assert (found.stage, found.payment_condition) == ("effective", "not_yet_due")
    assert found.effective_on == date(2026, 3, 2)


def test_a_part_payment_does_not_make_the_licence_effective() -> None:
    found = position(NOTICE, act("pay", "2026-03-10", amount="9999.99"))
    assert (found.stage, found.paid.fen) == ("awaiting_payment", 999_999)


def test_the_completing_payment_makes_the_licence_effective_on_its_own_day() -> None:
    found = position(NOTICE, act("pay", "2026-03-10", amount="4000.00"), act("pay", "2026-03-12", amount="6000.00"))
    assert (found.stage, found.effective_on) == ("effective", date(2026, 3, 12))


def test_a_payment_before_the_notice_counts_from_the_notice() -> None:
    assert position(act("pay", "2026-02-20"), NOTICE).effective_on == date(2026, 3, 2)


def test_a_permit_is_waited_for_and_is_the_latest_of_the_three_days() -> None:
    waiting = position(NOTICE, PAID, act("permit_needed", "2026-03-11"))
    assert waiting.stage == "conditions_pending"
    issued = position(NOTICE, PAID, act("permit_needed", "2026-03-11"), act("permit_issued", "2026-04-20"))
    assert (issued.stage, issued.effective_on) == ("effective", date(2026, 4, 20))


def test_a_refused_permit_ends_it_and_the_payment_goes_back() -> None:
    found = position(NOTICE, PAID, act("permit_needed", "2026-03-11"), act("permit_refused", "2026-04-20"))
    assert (found.stage, found.ended_on) == ("not_concluded", date(2026, 4, 20))
    assert task(found, "refund").closed_on is None


@pytest.mark.parametrize("kind", ["retract", "close_unpaid"])
def test_an_unpaid_notice_can_be_taken_back_or_closed(kind: Any) -> None:
    found = position(NOTICE, act("pay", "2026-03-10", amount="1.00"), act(kind, "2026-03-20"))
    assert (found.stage, found.ended_on) == ("not_concluded", date(2026, 3, 20))
    assert "refund" in keys(found.tasks)


def test_taking_back_after_the_effect_is_a_finding_and_changes_nothing() -> None:
    found = position(NOTICE, PAID, act("retract", "2026-03-10"))
    assert found.stage == "effective"
    assert [one.code for one in found.findings] == ["stopped_after_effect"]


def test_a_payment_after_the_notice_was_taken_back_no_longer_concludes_it() -> None:
    assert position(NOTICE, act("retract", "2026-03-05"), PAID).stage == "not_concluded"


def test_a_notice_is_not_concluded_when_the_offer_ends_before_payment() -> None:
    found = position(NOTICE, at=offer(**WITHDRAWN))
    assert (found.stage, found.ended_on) == ("not_concluded", date(2026, 3, 5))


def test_a_licence_completed_on_a_day_without_the_offer_is_void_whichever_was_told_first() -> None:
    found = position(NOTICE, PAID, at=offer(**WITHDRAWN))
    assert (found.stage, found.effective_on, found.ended_on) == ("void", None, date(2026, 3, 10))
    assert "refund" in keys(found.tasks)


def test_a_part_payment_before_the_end_of_the_offer_leaves_it_not_concluded() -> None:
    found = position(NOTICE, act("pay", "2026-03-04", amount="9999.99"), at=offer(**WITHDRAWN))
    assert (found.stage, found.paid.fen) == ("not_concluded", 999_999)


def test_notice_and_payment_on_the_day_of_the_withdrawal_are_void() -> None:
    found = position(NOTICE, act("pay", "2026-03-02"), at=offer(ended_on=date(2026, 3, 2), ended_how="withdrawn"))
    assert (found.stage, found.effective_on, found.term_ends_on) == ("void", None, None)
    assert "notice_outside_offer" in [one.code for one in found.findings]


def test_the_day_before_the_end_of_the_offer_is_still_inside_it() -> None:
    found = position(NOTICE, PAID, at=offer(ended_on=date(2026, 3, 11), ended_how="withdrawn"))
    assert found.stage == "effective"


def test_a_withdrawal_after_the_effect_leaves_the_licence_alone() -> None:
    before, after = position(NOTICE, PAID), position(NOTICE, PAID, at=offer(ended_on=date(2026, 5, 1)))
    assert before == after


def test_an_offer_whose_printed_end_has_only_been_printed_is_not_over() -> None:
    at = offer(ended_on=date(2026, 4, 1))
    assert position(NOTICE, act("pass_day", "2026-03-30"), at=at).stage == "awaiting_payment"
    assert position(NOTICE, act("pass_day", "2026-03-31"), at=at).stage == "not_concluded"


def test_a_licence_that_met_a_lapsed_right_is_void_only_provisionally_until_the_end_is_final() -> None:
    lapse = {"ended_on": date(2026, 3, 5), "right_ended_on": date(2026, 3, 5)}
    held = position(NOTICE, PAID, at=offer(right_end_provisional=True, **lapse))
    assert (held.stage, held.provisional, held.ended) == ("void_provisional", True, False)
    assert "refund" not in keys(held.tasks)
    assert position(NOTICE, PAID, at=offer(**lapse)).stage == "void"


def test_the_end_of_the_right_ends_an_effective_licence_and_its_restoration_brings_it_back() -> None:
    held = position(NOTICE, PAID, at=offer(**LAPSED))
    assert (held.stage, held.effective_on, held.ended_on) == (
        "patent_ended_provisional",
        date(2026, 3, 10),
        date(2026, 6, 1),
    )
    final = position(NOTICE, PAID, at=offer(**{**LAPSED, "right_end_provisional": False}))
    assert final.stage == "patent_ended"
    restored = position(NOTICE, PAID, at=offer())
    assert (restored.stage, restored.effective_on, restored.ended_on) == ("effective", held.effective_on, None)


def test_an_unpaid_notice_waits_while_the_end_of_the_right_is_provisional() -> None:
    found = position(NOTICE, at=offer(**LAPSED))
    assert (found.stage, found.provisional) == ("awaiting_payment", True)
    assert position(NOTICE, at=offer(**{**LAPSED, "right_end_provisional": False})).stage == "not_concluded"


@pytest.mark.parametrize(
    ("term", "ends_on"),
    [
        (YearsFromEffect(years=3), date(2029, 3, 10)),
        (YearsFromEffect(years=20), date(2040, 1, 31)),
        (FixedEnd(ends_on=date(2028, 12, 31)), date(2028, 12, 31)),
        (UntilPatentEnds(), date(2040, 1, 31)),
    ],
)
def test_a_term_ends_on_its_corresponding_day_and_never_beyond_the_patent(term: Any, ends_on: Any) -> None:
    assert position(NOTICE, PAID, at=offer(term=term)).term_ends_on == ends_on


def test_a_term_has_ended_once_its_last_day_has_passed() -> None:
    assert position(NOTICE, PAID, act("pass_day", "2029-03-09")).stage == "effective"
    found = position(NOTICE, PAID, act("pass_day", "2029-03-10"))
    assert (found.stage, found.ended_on) == ("expired", date(2029, 3, 10))


def test_a_printed_term_that_was_over_before_the_payment_gives_no_licence() -> None:
    assert position(NOTICE, PAID, at=offer(term=FixedEnd(ends_on=date(2026, 3, 9)))).stage == "void"


def test_a_termination_ends_the_licence_on_its_day() -> None:
    found = position(NOTICE, PAID, act("terminate", "2026-09-01"))
    assert (found.stage, found.ended_on) == ("terminated", date(2026, 9, 1))


def test_a_termination_of_what_never_took_effect_is_a_finding() -> None:
    found = position(NOTICE, act("terminate", "2026-03-05"))
    assert [one.code for one in found.findings] == ["terminated_without_effect"]


def test_an_earlier_termination_stands_over_a_later_lapse() -> None:
    assert position(NOTICE, PAID, act("terminate", "2026-05-01"), at=offer(**LAPSED)).stage == "terminated"


def test_a_corrected_announcement_leaves_earlier_notices_their_printed_terms() -> None:
    first = TermsVersion(version=1, from_on=date(2026, 1, 5), royalty=TEN_THOUSAND, term=YearsFromEffect(years=3))
    later = TermsVersion(version=2, from_on=date(2026, 3, 3), royalty=Free(), term=YearsFromEffect(years=3))
    found = position(NOTICE, at=offer(terms=(first, later)))
    assert (found.terms_version, found.stage) == (1, "awaiting_payment")
    assert [one.code for one in found.findings] == ["terms_corrected"]
    assert position(act("give_notice", "2026-03-03"), at=offer(terms=(first, later))).stage == "effective"


def test_a_notice_under_an_open_bar_is_dated_and_warned_of() -> None:
    spans = (BarSpan(bar=Bar.E3, since_on=date(2026, 3, 1), until_on=date(2026, 4, 1)),)
    found = position(NOTICE, at=offer(FREE, bars=spans))
    assert (found.stage, found.warnings) == ("effective", ("notice_under_bar",))


def test_a_bar_that_was_cleared_before_the_notice_warns_nobody() -> None:
    spans = (BarSpan(bar=Bar.E3, since_on=date(2026, 2, 1), until_on=date(2026, 3, 1)),)
    assert position(NOTICE, at=offer(FREE, bars=spans)).warnings == ()


def test_a_pilot_licence_is_concluded_by_notice_and_payment_alone() -> None:
    listing = offer(regime=Regime.PILOT, in_force_from=None, ended_on=date(2026, 3, 5))
    assert position(NOTICE, PAID, at=listing).effective_on == date(2026, 3, 10)


def test_a_taking_over_counts_once_a_second_person_has_signed() -> None:
    taken = act("take_over", "2026-11-01", received_on="2026-02-01", effective_on="2026-02-03")
    alone = position(taken)
    assert (alone.stage, alone.tasks[0].what) == ("-", "countersign")
    found = position(*countersigned(taken))
    assert (found.stage, found.effective_on, found.term_ends_on) == ("effective", date(2026, 2, 3), date(2029, 2, 3))


@pytest.mark.parametrize("stage", ["terminated", "expired", "not_concluded", "void", "patent_ended"])
def test_a_licence_is_taken_over_in_the_stage_in_which_it_was(stage: Any) -> None:
    taken = act("take_over", "2026-11-01", received_on="2026-02-01", effective_on="2026-02-03", stage=stage)
    assert position(*countersigned(taken)).stage == stage


def test_a_second_notice_within_one_licence_is_a_finding() -> None:
    found = position(NOTICE, act("give_notice", "2026-03-04"))
    assert "second_notice" in [one.code for one in found.findings]
    assert found.received_on == date(2026, 3, 2)


def test_a_dispute_is_an_overlay_until_the_court_decides() -> None:
    disputed = position(NOTICE, PAID, act("open_dispute", "2026-05-01"))
    assert (disputed.stage, disputed.disputed) == ("effective", "royalty")
    assert position(NOTICE, PAID, act("open_dispute", "2026-05-01"), act("decide", "2026-08-01")).disputed is None


def test_missing_material_is_asked_of_the_licensor_until_it_is_delivered_or_the_licence_is_over() -> None:
    claim = act("claim_missing", "2026-04-01")
    asked = f"deliver_material:{claim.act_id}"
    assert task(position(NOTICE, PAID, claim), asked).closed_on is None
    delivered = position(NOTICE, PAID, claim, act("deliver_material", "2026-04-03"))
    assert task(delivered, asked).closed_on == date(2026, 4, 3)
    over = task(position(NOTICE, PAID, claim, act("terminate", "2026-05-01")), asked)
    assert (over.closed_on, over.closed_how) == (date(2026, 5, 1), "moot")


def test_a_correction_of_the_voucher_day_moves_the_effect() -> None:
    first = act("correct_fact", "2026-03-20", corrects=PAID.act_id, replacement={"on": "2026-03-08"}, reason="b" * 64)
    assert position(NOTICE, PAID, *countersigned(first)).effective_on == date(2026, 3, 8)
