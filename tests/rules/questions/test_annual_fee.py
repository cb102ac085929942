"""The annual fee: its due day, the best reduction and never two, surcharges by the band of each payment, the end."""

from datetime import date
from typing import Any

import pytest

from rules.law.calendar import Calendar
from rules.questions.annual_fee import annual_fee, due_day, patent_year
from schemas.questions.annual_fee import AnnualFeeInputs
from schemas.values.refusal import Refused
from tests.rules.questions.annual_fee_facts import COMPANY, DUE, OPEN, UNIVERSITY, lines, paid, patent, unlicensed


def test_year_six_is_due_on_the_anniversary_that_begins_it() -> None:
    assert due_day(date(1997, 6, 3), 6, Calendar.bundled()).by == date(2002, 6, 3)
    assert patent_year(date(1999, 6, 1), date(2000, 5, 31)) == 1
    assert patent_year(date(1999, 6, 1), date(2000, 6, 1)) == 2


def test_a_due_day_on_a_saturday_moves_to_monday() -> None:
    made = annual_fee(patent(), DUE)
    assert made.answers["due_on"] == "2025-05-12"  # 05-10 is a Saturday
    assert lines(made) == {
        "full_fee": "2000.00",
        "annual_fee": "1700.00",
        "surcharge": "0.00",
        "paid": "0.00",
        "owed": "1700.00",
    }


def test_the_better_reduction_alone_counts() -> None:
    made = annual_fee(patent(owners=UNIVERSITY), DUE)
    assert lines(made)["annual_fee"] == "300.00"
    assert (made.answers["hardship"], made.answers["open_licence"]) == ("yes", "yes")
    assert made.answers["reduced_by"] == "hardship"
    assert lines(annual_fee(patent(owners=UNIVERSITY * 2), DUE))["annual_fee"] == "600.00"  # 70 % for several


def test_one_owner_who_does_not_qualify_ends_the_hardship_reduction_for_all() -> None:
    assert annual_fee(unlicensed(owners=UNIVERSITY + COMPANY), DUE).answers["reduced_by"] == "none"


@pytest.mark.parametrize(
    ("owner", "fee"),
    [
        ({"kind": "individual", "monthly_income": "4999.99"}, "300.00"),
        ({"kind": "individual", "monthly_income": "5000"}, "2000.00"),
        ({"kind": "enterprise", "taxable_income": "999999.99"}, "300.00"),
        ({"kind": "enterprise", "taxable_income": "1000000"}, "2000.00"),
        ({"kind": "other"}, "2000.00"),
    ],
)
def test_small_means_are_below_the_threshold_and_not_at_it(owner: dict[str, str], fee: str) -> None:
    assert lines(annual_fee(unlicensed(owners=(owner,)), DUE))["annual_fee"] == fee


@pytest.mark.parametrize(("year", "by"), [(12, "hardship"), (13, "open_licence")])
def test_hardship_ends_ten_years_after_the_year_of_grant(year: int, by: str) -> None:
    # Granted in year 3, so years 3 to 12.
    made = annual_fee(patent(owners=UNIVERSITY, year=year), date(2029, 1, 1))
    assert made.answers["reduced_by"] == by


def test_a_withdrawal_announced_in_a_year_stops_the_reduction_from_the_next() -> None:
    withdrawn = (OPEN | {"withdrawal_announced_on": "2026-08-01"},)  # in year 9
    fees = {
        year: lines(annual_fee(patent(licences=withdrawn, year=year), date(2025, 1, 1)))["annual_fee"]
        for year in (8, 9, 10)
    }
    assert fees == {8: "1700.00", 9: "1700.00", 10: "4000.00"}
    assert annual_fee(patent(licences=withdrawn, year=10), DUE).answers["due_on"] == "2027-05-10"


@pytest.mark.parametrize(
    ("recorded_on", "by"), [("2025-05-12", "open_licence"), ("2025-05-13", "none"), ("2025-05-20", "none")]
)
def test_the_licence_is_recorded_on_or_before_the_due_day(recorded_on: str, by: str) -> None:
    late = (OPEN | {"recorded_on": recorded_on},)
    assert annual_fee(patent(licences=late), date(2025, 6, 1)).answers["reduced_by"] == by
    assert annual_fee(patent(licences=late, year=9), date(2025, 6, 1)).answers["reduced_by"] == "open_licence"


def test_a_fee_paid_in_full_before_the_recordal_is_not_refunded() -> None:
    made = annual_fee(patent(payments=paid(("2025-02-25", "2000"))), DUE)
    assert (lines(made)["annual_fee"], lines(made)["owed"]) == ("2000.00", "0.00")


@pytest.mark.parametrize(
    "licence", [OPEN | {"ends_on": "2025-05-11"}, OPEN | {"effective_on": "2025-05-13"}, OPEN | {"negotiated": True}]
)
def test_what_does_not_run_on_the_due_day_or_is_negotiated_does_not_reduce(licence: dict[str, Any]) -> None:
    assert annual_fee(patent(licences=(licence,)), DUE).answers["reduced_by"] == "none"
    # One other that runs is enough.
    assert annual_fee(patent(licences=(licence, OPEN)), DUE).answers["reduced_by"] == "open_licence"


def test_there_was_no_open_licence_reduction_before_august_2024() -> None:
    early = (OPEN | {"effective_on": "2022-02-20", "recorded_on": "2022-03-01"},)
    assert annual_fee(patent(licences=early, year=7), date(2024, 5, 10)).answers["reduced_by"] == "none"


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"owners": None}, ("owners",)),
        ({"owners": ({"kind": "individual"},)}, ("owners.0.monthly_income",)),
        ({"licences": None}, ("licences",)),
        ({"licences": (OPEN | {"ends_on": None},)}, ("licences.0.ends_on",)),
    ],
)
def test_what_nobody_stated_is_asked_and_never_zero(changes: dict[str, Any], asked: tuple[str, ...]) -> None:
    made = annual_fee(patent(**changes), DUE)
    assert made.unknown == asked
    assert made.result == ()
    assert made.answers["due_on"] == "2025-05-12"


def test_only_what_could_still_be_better_is_asked() -> None:
    assert annual_fee(patent(owners=UNIVERSITY, licences=None), DUE).unknown == ()
    assert annual_fee(patent(owners=None, licences=None, year=13), DUE).unknown == ("licences",)


# A utility model's first fee of 900 falls due in year 4: filed 2021-03-01, due 2024-03-01.
SMALL = {
    "patent_kind": "utility_model",
    "filed_on": "2021-03-01",
    "granted_on": "2021-09-01",
    "year": 4,
    "owners": COMPANY,
    "licences": (),
}


@pytest.mark.parametrize(
    ("as_of", "surcharge"),
    [
        ("2024-03-01", "0.00"),
        ("2024-04-01", "0.00"),
        ("2024-04-02", "45.00"),
        ("2024-05-06", "45.00"),
        ("2024-05-07", "90.00"),
        ("2024-06-03", "90.00"),
        ("2024-07-01", "135.00"),
        ("2024-08-01", "180.00"),
        ("2024-09-02", "225.00"),
    ],
)
def test_each_month_late_costs_five_percent_more_of_the_full_fee(as_of: str, surcharge: str) -> None:
    made = annual_fee(AnnualFeeInputs.model_validate(SMALL), date.fromisoformat(as_of))
    assert lines(made)["surcharge"] == surcharge


def test_a_top_up_is_judged_by_its_own_band() -> None:
    # 5 % of 900 is 45, and only 25 of it came with the fee. In the next band 10 % is 90: 990 - 925 = 65 is owed.
    part = paid(("2024-04-20", "925"))
    assert lines(annual_fee(patent(**SMALL, payments=part), date(2024, 4, 30)))["owed"] == "20.00"
    assert lines(annual_fee(patent(**SMALL, payments=part), date(2024, 5, 20)))["owed"] == "65.00"
    topped = part + paid(("2024-05-20", "20"))
    late = annual_fee(patent(**SMALL, payments=topped), date(2024, 5, 20))
    assert (lines(late)["owed"], late.answers["settled_on"]) == ("45.00", "no")
    done = annual_fee(patent(**SMALL, payments=(*topped, *paid(("2024-06-03", "45")))), date(2024, 12, 1))
    assert (lines(done)["owed"], done.answers["settled_on"], done.answers["right"]) == ("0.00", "2024-06-03", "stands")


def test_a_reduced_fee_paid_late_stays_reduced_and_the_surcharge_is_on_the_full_fee() -> None:
    made = annual_fee(patent(), date(2025, 7, 1))  # the second month: 5 % of 2,000
    assert (lines(made)["annual_fee"], lines(made)["surcharge"], lines(made)["owed"]) == (
        "1700.00",
        "100.00",
        "1800.00",
    )
    assert made.answers["right"] == "in_grace"


def test_after_six_months_the_right_ends_as_from_the_due_day_and_can_be_restored() -> None:
    on = date(2025, 11, 13)
    made = annual_fee(patent(), on)
    assert made.answers["grace_ends_on"] == "2025-11-12"
    assert (made.answers["right"], made.answers["ended_as_from"]) == ("ended", "2025-05-12")
    assert made.answers["restoration_by"] == "unknown"
    assert lines(made)["surcharge"] == "500.00"  # 25 % of 2,000
    told = annual_fee(patent(termination_notice_received_on="2025-12-20"), date(2026, 1, 5))
    assert told.answers["restoration_by"] == "2026-02-24"  # 02-20 lies in Spring Festival
    restored = patent(termination_notice_received_on="2025-12-20", restored_on="2026-02-01")
    assert annual_fee(restored, date(2026, 2, 1)).answers["right"] == "restored"


def test_a_payment_after_the_grace_period_does_not_settle() -> None:
    made = annual_fee(unlicensed(payments=paid(("2025-11-13", "2500"))), date(2025, 11, 13))
    assert made.answers["right"] == "ended"


def test_the_fee_of_the_year_of_grant_is_paid_with_the_grant_and_years_before_cost_nothing() -> None:
    granted = annual_fee(unlicensed(granted_on="2022-11-03", year=5, owners=UNIVERSITY), DUE)
    assert granted.answers["due_on"] == "registration_of_the_grant"
    assert lines(granted)["annual_fee"] == "180.00"  # 1,200 less 85 %
    assert lines(annual_fee(unlicensed(granted_on="2022-11-03", year=4), DUE))["annual_fee"] == "0.00"


def test_whole_years_of_compensation_cost_8000_and_a_part_of_one_nothing() -> None:
    compensated = {"compensation_days": 400, "licences": ()}
    assert lines(annual_fee(patent(year=21, **compensated), DUE))["full_fee"] == "8000.00"
    assert lines(annual_fee(patent(year=22, **compensated), DUE))["full_fee"] == "0.00"
    with pytest.raises(Refused, match=r"annual_fee_year_outside_term .*last=22"):
        annual_fee(patent(year=23, **compensated), DUE)


def test_whether_a_compensated_year_is_reduced_is_asked() -> None:
    long = (OPEN | {"ends_on": "2039-05-01"},)
    made = annual_fee(patent(year=21, compensation_days=400, licences=long), DUE)
    assert made.unknown == ("reduction_of_compensation_year",)


def test_a_day_whose_fees_are_not_known_here_is_asked() -> None:
    assert annual_fee(patent(filed_on="1997-06-03", granted_on="2001-08-01", year=6), DUE).unknown == (
        "law_of:2002-06-03",
    )


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"granted_on": "2018-05-09"}, "grant_precedes_filing", "granted_on"),
        ({"year": 21}, "annual_fee_year_outside_term", "year"),
        ({"licences": (OPEN | {"ends_on": "2025-02-19"},)}, "licence_ends_before_it_begins", "licences.0.ends_on"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(changes: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(Refused) as refused:
        annual_fee(patent(**changes), DUE)
    assert [(one.code, one.where) for one in refused.value.refusals] == [(code, where)]
