"""What people are refused, and warned of, when they act on a licence."""

from datetime import date
from typing import Any

import pytest

from rules.licence.guards import guard_licence
from rules.licence.position import derive_licence
from schemas.acts.act import Act
from schemas.standing.surroundings import BarSpan, LicenceSurroundings, OwnerView
from schemas.statements.bars import Bar
from schemas.statements.offer import Regime
from schemas.values.actor import Role
from tests.rules.licence.story import (
    CALENDAR,
    FREE,
    LICENSEE,
    NOTICE,
    PAID,
    PERSON,
    TWO_PERCENT,
    UNIT,
    act,
    countersigned,
    facts,
    offer,
    terms,
)
from texts.words import refusal_text

EFFECTIVE = (NOTICE, PAID)
LATER = terms("lump_sum", amount="10000.00", first_payment_after_months=12)
HASH = "e" * 64


def codes(one: Act, *before: Any, at: LicenceSurroundings | None = None) -> tuple[list[str], list[str]]:
    """The codes of the refusals and of the warnings."""
    stands_on = at or offer()
    known = facts(*before)
    position = derive_licence(known, stands_on, CALENDAR) if before else None
    verdict = guard_licence(one, position, known, stands_on, CALENDAR)
    return [found.code for found in verdict.refusals], [found.code for found in verdict.warnings]


def test_a_notice_inside_the_offer_is_granted() -> None:
    assert codes(NOTICE) == ([], [])


@pytest.mark.parametrize("on", ["2026-01-04", "2026-03-05"])
def test_a_notice_outside_the_offer_is_refused(on: Any) -> None:
    at = offer(ended_on=date(2026, 3, 5), ended_how="withdrawn")
    assert codes(act("give_notice", on), at=at) == (["offer_not_in_force"], [])


def test_a_notice_after_the_end_of_the_right_is_refused() -> None:
    lapse = offer(ended_on=date(2026, 3, 1), right_ended_on=date(2026, 3, 1), right_end_provisional=True)
    assert codes(NOTICE, at=lapse) == (["right_over"], [])


def test_the_patentee_cannot_be_its_own_licensee_and_a_co_owner_is_flagged() -> None:
    alone = offer(owners=(OwnerView(party_id=LICENSEE),))
    together = offer(owners=(OwnerView(party_id=LICENSEE), OwnerView(party_id=UNIT)))
    assert codes(NOTICE, at=alone) == (["licensee_is_patentee"], [])
    assert codes(NOTICE, at=together) == ([], ["licensee_is_co_owner"])
    assert codes(act("give_notice", "2026-03-02", affiliate_of_licensor=True)) == ([], ["licensee_is_affiliate"])


def test_a_wish_makes_it_a_negotiated_licence() -> None:
    assert codes(act("give_notice", "2026-03-02", wishes="half the price")) == (["negotiated_licence"], [])


def test_a_notice_under_open_bars_is_granted_and_warned_of_each() -> None:
    spans = (
        BarSpan(bar=Bar.E3, since_on=date(2026, 3, 2)),
        BarSpan(bar=Bar.E1, since_on=date(2026, 2, 1)),
        BarSpan(bar=Bar.E7, since_on=date(2026, 2, 1)),
        BarSpan(bar=Bar.E4, since_on=date(2026, 3, 3)),
    )
    assert codes(NOTICE, at=offer(bars=spans)) == ([], ["notice_under_bar", "notice_under_bar"])


def test_a_pilot_listing_takes_notices_and_says_what_they_are() -> None:
    pilot = offer(regime=Regime.PILOT, in_force_from=None, ended_on=date(2026, 1, 1))
    assert codes(NOTICE, at=pilot) == ([], ["pilot_licence"])


def test_a_payment_after_the_offer_is_refused_and_too_much_is_warned_of() -> None:
    at = offer(ended_on=date(2026, 3, 10), ended_how="withdrawn")
    assert codes(PAID, NOTICE, at=at)[0] == ["offer_not_in_force"]
    assert codes(act("pay", "2026-03-10", amount="10000.01"), NOTICE) == ([], ["paid_too_much"])


def test_the_bank_is_never_refused_for_reasons_of_law() -> None:
    at = offer(ended_on=date(2026, 3, 10), ended_how="withdrawn")
    assert codes(act("pay", "2026-03-10", role=Role.BANK), NOTICE, at=at) == ([], [])


def test_nobody_closes_a_notice_as_unpaid_before_its_payment_day_has_passed() -> None:
    assert codes(act("close_unpaid", "2026-04-01"), NOTICE)[0] == ["payment_day_not_passed"]
    assert codes(act("close_unpaid", "2026-04-02"), NOTICE, act("pass_day", "2026-04-01"))[0] == []


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"ground": "agreement"}, ["termination_without_agreement"]),
        ({"ground": "agreement", "agreement": HASH}, []),
        ({"ground": "breach"}, ["termination_without_evidence"]),
        ({"ground": "breach", "evidence": (HASH,)}, []),
        ({"ground": "agreement", "agreement": HASH, "on": "2026-03-09"}, ["before_effect"]),
    ],
)
def test_a_licensor_cannot_end_a_licence_for_convenience(fields: Any, refused: Any) -> None:
    on = fields.get("on", "2026-05-01")
    rest = {name: value for name, value in fields.items() if name != "on"}
    assert codes(act("terminate", on, **rest), *EFFECTIVE)[0] == refused


@pytest.mark.parametrize(
    ("royalty", "before", "proof", "refused"),
    [
        (None, EFFECTIVE, "voucher", []),
        (None, EFFECTIVE, "licensor_receipt", []),
        (None, EFFECTIVE, "announced_deferral", ["payment_proof_wrong"]),
        (LATER, (NOTICE,), "announced_deferral", []),
        (LATER, (NOTICE,), "voucher", ["payment_proof_wrong"]),
        (FREE, (NOTICE,), "free", []),
        (FREE, (NOTICE,), "voucher", ["payment_proof_wrong"]),
    ],
)
def test_the_proof_of_payment_fits_the_announced_terms(royalty: Any, before: Any, proof: Any, refused: Any) -> None:
    at = offer(royalty) if royalty else offer()
    assert codes(act("file_recordal", "2026-04-01", payment_proof=proof), *before, at=at)[0] == refused


def test_a_late_recordal_is_filed_with_a_warning() -> None:
    assert codes(act("file_recordal", "2026-06-10"), *EFFECTIVE) == ([], [])
    assert codes(act("file_recordal", "2026-06-11"), *EFFECTIVE) == ([], ["recordal_late"])


def test_a_foreign_licensee_files_by_an_agency() -> None:
    foreign = act("give_notice", "2026-03-02", foreign_licensee=True)
    by_itself = act("file_recordal", "2026-04-01", role=Role.LICENSEE)
    by_agency = act("file_recordal", "2026-04-01", role=Role.LICENSEE, agency=PERSON)
    assert codes(by_itself, foreign, PAID)[0] == ["agency_needed"]
    assert codes(by_agency, foreign, PAID)[0] == []
    assert codes(act("file_recordal", "2026-04-01"), foreign, PAID)[0] == []


def report(on: str, period: int = 1, **sales: Any) -> Any:
    return act("report_sales", on, again=period, period=period, sales=sales or {"net_sales": "1.00"})


def test_a_report_is_about_a_period_that_is_over_and_has_its_base() -> None:
    at = offer(TWO_PERCENT)
    assert codes(report("2026-06-03"), NOTICE, at=at)[0] == []
    assert codes(report("2026-06-02"), NOTICE, at=at)[0] == ["period_not_over"]
    assert codes(report("2026-06-03", units=4), NOTICE, at=at)[0] == ["report_base_missing"]
    assert codes(report("2029-06-03", 13), NOTICE, at=at)[0] == ["no_such_period"]
    assert codes(report("2026-06-03"), *EFFECTIVE)[0] == ["no_such_period"]


def test_a_second_report_is_a_correction_and_corrections_come_in_turn() -> None:
    at, first = offer(TWO_PERCENT), report("2026-06-03")
    assert codes(report("2026-06-04"), NOTICE, first, at=at)[0] == ["report_exists"]

    def correct(n: int) -> Any:
        return act("correct_report", "2026-07-01", again=n, period=1, correction=n, sales={"net_sales": "2.00"})

    assert codes(correct(1), NOTICE, at=at)[0] == ["report_unknown"]
    assert codes(correct(2), NOTICE, first, at=at)[0] == ["correction_out_of_turn"]
    assert codes(correct(2), NOTICE, first, correct(1), at=at)[0] == []


@pytest.mark.parametrize("kind", ["dispute_report", "audit"])
def test_only_what_was_reported_is_disputed_or_audited(kind: Any) -> None:
    at = offer(TWO_PERCENT)
    assert codes(act(kind, "2026-07-01", period=1), NOTICE, at=at)[0] == ["report_unknown"]
    assert codes(act(kind, "2026-07-01", period=1), NOTICE, report("2026-06-03"), at=at)[0] == []


def booked(on: str = "2026-03-12", **fields: Any) -> Any:
    return act("book_receipt", on, role=Role.FINANCE, **fields)


def test_a_receipt_names_obligations_that_exist() -> None:
    unknown = ({"obligation": "due:2", "amount": "10000.00"},)
    assert codes(booked(), *EFFECTIVE) == ([], [])
    assert codes(booked(allocations=unknown), *EFFECTIVE)[0] == ["obligation_unknown"]
    assert codes(booked(amount="10000.01"), *EFFECTIVE) == ([], ["allocated_too_much"])
    assert codes(booked(payer=PERSON), *EFFECTIVE) == ([], ["payer_unexplained"])
    assert codes(booked("2026-03-13"), *EFFECTIVE, booked())[0] == ["bank_line_known"]


def test_a_reversal_is_of_a_known_receipt_and_of_no_more_than_is_left() -> None:
    def back(amount: str, on: str = "2026-05-01") -> Any:
        return act("reverse_receipt", on, again=1, role=Role.FINANCE, amount=amount)

    half = act("reverse_receipt", "2026-04-01", amount="6000.00")
    assert codes(back("1.00"), *EFFECTIVE)[0] == ["receipt_unknown"]
    assert codes(act("confirm", "2026-05-01"), *EFFECTIVE)[0] == ["receipt_unknown"]
    assert codes(back("4000.00"), *EFFECTIVE, booked(), half)[0] == []
    assert codes(back("4000.01"), *EFFECTIVE, booked(), half)[0] == ["reversal_exceeds_receipt"]
    assert codes(back("1.00", "2026-03-11"), *EFFECTIVE, booked())[0] == ["reversal_before_receipt"]


@pytest.mark.parametrize("kind", ["settle", "waive", "write_off"])
def test_no_more_is_closed_than_is_open_and_not_yet_asked_for(kind: Any) -> None:
    at, asked = offer(LATER), act("waive", "2027-04-01", amount="6000.00", again=1)

    def close(amount: str, obligation: str = "due:1") -> Any:
        return act(kind, "2027-05-01", amount=amount, obligation=obligation)

    assert codes(close("10000.00"), NOTICE, at=at)[0] == []
    assert codes(close("10000.01"), NOTICE, at=at)[0] == ["closing_exceeds_open"]
    assert codes(close("4000.01"), NOTICE, asked, at=at)[0] == ["closing_exceeds_open"]
    assert codes(close("4000.00"), NOTICE, *countersigned(asked), at=at)[0] == []
    assert codes(close("1.00", "due:9"), NOTICE, at=at)[0] == ["obligation_unknown"]


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"stage": "effective", "effective_on": "2026-02-03"}, []),
        ({"stage": "awaiting_payment"}, []),
        ({"stage": "sleeping"}, ["stage_unknown"]),
        ({"stage": "effective"}, ["effective_day_missing"]),
        ({"stage": "effective", "effective_on": "2026-01-31"}, ["effect_before_notice"]),
    ],
)
def test_a_taking_over_says_where_the_licence_stands(fields: Any, refused: Any) -> None:
    assert codes(act("take_over", "2026-11-01", received_on="2026-02-01", **fields))[0] == refused


def test_every_text_is_filled_from_its_facts() -> None:
    at = offer(ended_on=date(2026, 3, 1), ended_how="withdrawn")
    verdict = guard_licence(NOTICE, None, (), at, CALENDAR)
    assert refusal_text(verdict.refusals[0]).en == (
        "on 2026-03-02 the declaration was not in force (it is from 2026-01-05 until before 2026-03-01)"
    )


LAPSED_ON = date(2027, 4, 15)


@pytest.mark.parametrize("kind", ["settle", "waive", "write_off", "close_unpaid"])
def test_nothing_is_closed_for_good_while_the_end_of_the_right_is_provisional(kind: Any) -> None:
    fields: dict[str, Any] = {} if kind == "close_unpaid" else {"amount": "1.00"}
    closing, royalty = act(kind, "2027-05-01", **fields), None if kind == "close_unpaid" else LATER
    lapse = {"ended_on": LAPSED_ON, "right_ended_on": LAPSED_ON}
    before = (NOTICE, act("pass_day", "2027-04-30"))
    terms_of = (royalty,) if royalty else ()
    assert codes(closing, *before, at=offer(*terms_of))[0] == []
    assert codes(closing, *before, at=offer(*terms_of, right_end_provisional=True, **lapse))[0] == [
        "frozen_while_provisional"
    ]
    if royalty:
        asked, signed = countersigned(closing)
        assert codes(signed, *before, asked, at=offer(royalty))[0] == []
        held = offer(royalty, right_end_provisional=True, **lapse)
        assert codes(signed, *before, asked, at=held)[0] == ["frozen_while_provisional"]
