"""Half of a cash reward counts as wages, each payment judged on its own day."""

from datetime import date
from typing import Any

import pytest

from rules.questions.personal_tax import personal_tax
from schemas.questions.tax_relief import PersonalTaxInputs
from schemas.values.determination import Determination

GOOD = {
    "received_on": "2025-03-03",
    "nonprofit_unit": "yes",
    "contract_registered_on": "2025-06-01",
    "publicity_held": "yes",
    "disguised_salary": "no",
}


def relieved(*payments: tuple[str, str], **changes: Any) -> Determination:
    paid = [{"paid_on": on, "amount": amount} for on, amount in payments]
    return personal_tax(PersonalTaxInputs.model_validate({**GOOD, "payments": paid, **changes}), date(2026, 11, 15))


def counted(made: Determination) -> str:
    return next(str(line.amount) for line in made.result if line.name == "counted")


def test_47000_paid_twenty_months_after_the_receipt_count_as_23500() -> None:
    assert counted(relieved(("2026-11-03", "47000"))) == "23500.00"


def test_of_an_odd_fen_the_half_is_counted_upwards() -> None:
    assert counted(relieved(("2026-11-03", "0.01"))) == "0.01"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"nonprofit_unit": "no"},
        {"publicity_held": "no"},
        {"disguised_salary": "yes"},
        {"contract_registered_on": "2026-11-04"},
        {"contract_registered_on": None, "contract_registered": "no"},
    ],
)
def test_one_condition_that_fails_makes_the_whole_count(spoilt: dict[str, Any]) -> None:
    made = relieved(("2026-11-03", "47000"), **spoilt)
    assert (counted(made), made.answers["half_counts:1"]) == ("47000.00", "no")


@pytest.mark.parametrize(
    ("open_fact", "asked"),
    [
        ("nonprofit_unit", "nonprofit_unit"),
        ("publicity_held", "publicity_held"),
        ("disguised_salary", "disguised_salary"),
        ("contract_registered_on", "contract_registered"),
    ],
)
def test_a_condition_that_nobody_stated_is_asked_once(open_fact: str, asked: str) -> None:
    facts = {name: fact for name, fact in GOOD.items() if name != open_fact}
    made = personal_tax(
        PersonalTaxInputs.model_validate(
            {**facts, "payments": [{"paid_on": "2026-11-03", "amount": "1"}, {"paid_on": "2026-11-04", "amount": "1"}]}
        ),
        date(2026, 11, 15),
    )
    assert made.unknown == (asked,)


def test_out_of_the_window_nothing_else_is_asked() -> None:
    made = relieved(("2028-03-04", "47000"), nonprofit_unit="unknown")
    assert (made.unknown, counted(made)) == ((), "47000.00")
    assert made.answers["window_ends_on:1"] == "2028-03-03"


def test_publicity_is_asked_for_since_its_notice_and_relief_exists_since_july_2018() -> None:
    early = {"received_on": "2018-06-01", "contract_registered_on": "2018-06-02", "publicity_held": "unknown"}
    made = relieved(("2018-06-30", "100"), ("2018-07-25", "100"), **early)
    assert [made.answers[f"half_counts:{number}"] for number in (1, 2)] == ["no", "yes"]
    assert relieved(("2018-07-26", "100"), **early).unknown == ("publicity_held",)


def test_the_record_is_filed_by_the_tax_day_of_the_next_month() -> None:
    assert relieved(("2026-01-10", "1")).answers["record_by:1"] == "2026-02-24"
