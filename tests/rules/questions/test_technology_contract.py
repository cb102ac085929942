"""Registration of technology contracts: by the regime of the application, on complete papers, with three amounts."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.questions.technology_contract import regime_on, technology_contract
from schemas.questions.technology_contract import TechnologyContractInputs
from schemas.values.determination import Determination
from schemas.values.money import Money
from schemas.values.refusal import Refused

DAY = date(2026, 3, 2)


def answered(as_of: date = DAY, /, **facts: Any) -> Determination:
    return technology_contract(
        TechnologyContractInputs.model_validate({"contract_amount": "30000", "non_technical": "0", **facts}), as_of
    )


def lines(made: Determination) -> dict[str, str]:
    return {line.name: str(line.amount) for line in made.result}


@pytest.mark.parametrize(("applied_on", "regime"), [(date(2026, 2, 28), "2001"), (date(2026, 3, 1), "2026")])
def test_the_regime_changes_on_the_first_of_march_2026(applied_on: date, regime: str) -> None:
    assert regime_on(applied_on) == regime
    assert answered(applied_on=applied_on).answers["regime"] == regime


@pytest.mark.parametrize(
    ("deal", "old", "new"),
    [
        ("licence", "transfer", "licence"),
        ("transfer", "transfer", "transfer"),
        ("development", "development", "development"),
        ("service", "service", "service"),
    ],
)
def test_a_licence_has_a_class_of_its_own_in_the_new_regime_only(deal: str, old: str, new: str) -> None:
    classes = [answered(day, deal=deal).answers["class"] for day in (date(2026, 2, 28), date(2026, 3, 1))]
    assert classes == [old, new]


def test_a_licence_counts_as_taking_transfer_while_it_is_registered_as_one() -> None:
    days = (date(2026, 2, 28), date(2026, 3, 1))
    assert [answered(day).answers["counts_as_taking_transfer"] for day in days] == ["yes", "no"]
    assert [answered(day, deal="transfer").answers["counts_as_taking_transfer"] for day in days] == ["yes", "yes"]


def test_a_disputed_contract_takes_as_long_as_a_large_one() -> None:
    small, disputed, large = (
        answered(complete_papers_on=DAY, **facts).answers["decision_by"]
        for facts in ({}, {"is_disputed": True}, {"contract_amount": "5000000"})
    )
    assert small < disputed == large


def test_without_complete_papers_no_day_runs() -> None:
    assert answered().answers["decision_by"] == "unknown"


def test_what_is_large_is_measured_without_the_goods() -> None:
    facts = {"complete_papers_on": DAY, "contract_amount": "5000000"}
    assert answered(**facts, non_technical="0.01").answers["decision_by"] == "2026-03-23"


@pytest.mark.parametrize(
    ("papers", "answer", "missing"),
    [
        (None, "unknown", "announced_declaration、notice、payment_voucher"),
        (("announced_declaration", "notice", "payment_voucher"), "yes", ""),
        (("announced_declaration", "notice"), "no", "payment_voucher"),
        (("signed_contract",), "yes", ""),
    ],
)
def test_an_open_licence_is_put_together_from_its_papers(
    papers: tuple[str, ...] | None, answer: str, missing: str
) -> None:
    made = answered(papers=papers)
    assert (made.answers["papers"], made.answers["missing_papers"]) == (answer, missing)


def test_guizhou_wants_the_recordal_even_beside_a_signed_contract() -> None:
    made = answered(region="guizhou.guiyang", papers=("signed_contract",))
    assert made.answers["missing_papers"] == "recordal_certificate"


@pytest.mark.parametrize(
    ("tests", "answer"),
    [
        ({}, "unknown"),
        ({"mastered_at_signing": "no"}, "no"),
        (
            {"mastered_at_signing": "yes", "complete_practical_solution": "yes", "rights_clearly_assigned": "yes"},
            "unknown",
        ),
        (
            {
                "mastered_at_signing": "yes",
                "complete_practical_solution": "yes",
                "rights_clearly_assigned": "yes",
                "only_public_domain": "no",
            },
            "yes",
        ),
        ({"only_public_domain": "yes"}, "no"),
    ],
)
def test_every_test_of_the_object_must_hold(tests: dict[str, str], answer: str) -> None:
    assert answered(**tests).answers["is_technology_contract"] == answer


REGISTERED = {"applied_on": "2025-06-01", "registered_on": "2025-06-20"}


def test_before_the_registration_there_is_no_benefit() -> None:
    made = answered(date(2025, 6, 19), **REGISTERED, received="100", registered_amount="100")
    assert made.answers["benefit_possible"] == "no"
    assert "benefit_base" not in lines(made)


@pytest.mark.parametrize(("day", "possible"), [(date(2025, 11, 30), "no"), (date(2025, 12, 1), "yes")])
def test_open_amounts_give_a_benefit_from_the_day_they_are_supplemented(day: date, possible: str) -> None:
    made = answered(
        day, **REGISTERED, is_open=True, supplemented_on="2025-12-01", received="100", registered_amount="100"
    )
    assert made.answers["benefit_possible"] == possible


def test_what_a_benefit_is_counted_on_is_asked() -> None:
    assert answered(**REGISTERED).unknown == ("received", "registered_amount")


@given(received=st.integers(0, 10**12), registered=st.integers(0, 10**12))
def test_the_base_is_neither_above_what_came_nor_above_what_is_registered(received: int, registered: int) -> None:
    made = answered(**REGISTERED, received=Money(received), registered_amount=Money(registered))
    assert lines(made)["benefit_base"] == str(Money(min(received, registered)))


@pytest.mark.parametrize(
    ("facts", "code", "where"),
    [
        ({"non_technical": "30000.01"}, "non_technical_above_contract", "non_technical"),
        ({"applied_on": "2025-06-02", "registered_on": "2025-06-01"}, "contract_days_disordered", "registered_on"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(facts: dict[str, str], code: str, where: str) -> None:
    with pytest.raises(Refused) as refused:
        answered(**facts)
    assert [(one.code, one.where) for one in refused.value.refusals] == [(code, where)]


def test_a_day_before_the_first_measures_is_asked_about() -> None:
    assert answered(date(2000, 2, 15)).unknown == ("law_of:2000-02-15",)
