"""What law leaves to a person is a named option: a default that the engine knows, a page, and its other choices."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rules.law import law as law_of_a_day
from rules.law.law import Law
from rules.law.loader import ParameterFault, ParameterSet, bundled_parameters
from rules.law.options import CHOICES, option
from rules.questions.annual_fee import annual_fee
from rules.questions.technology_contract import regime_on
from schemas.questions.annual_fee import AnnualFeeInputs

_PREFIX = "national.option_"
_PAGES = Path(__file__).resolve().parents[3] / "docs" / "decisions"


def chosen(question: str, choice: str) -> ParameterSet:
    bundled = bundled_parameters()
    parameter = bundled.parameters[_PREFIX + question]
    value = parameter.values[0].model_copy(update={"value": choice})
    decided = parameter.model_copy(update={"values": (value,)})
    return replace(bundled, parameters={**bundled.parameters, _PREFIX + question: decided})


def choose(monkeypatch: pytest.MonkeyPatch, question: str, choice: str) -> None:
    decided = chosen(question, choice)
    monkeypatch.setattr(law_of_a_day, "bundled_parameters", lambda: decided)


def test_every_option_has_a_default_and_every_default_is_a_choice() -> None:
    parameters = bundled_parameters().parameters
    assert {name.removeprefix(_PREFIX) for name in parameters if name.startswith(_PREFIX)} == set(CHOICES)
    for question, choices in CHOICES.items():
        assert {option(Law(day), question) for day in (date(1985, 4, 1), date(2027, 12, 31))} <= set(choices)


@pytest.mark.parametrize("question", CHOICES)
def test_every_option_has_its_decision_page(question: str) -> None:
    cite = Law(date(2026, 5, 1)).cite(_PREFIX + question).provision
    number = cite.removeprefix("docs/decisions D-")
    assert len(list(_PAGES.glob(f"00{number}-*.md"))) == 1


def test_a_choice_that_the_engine_does_not_know_is_refused() -> None:
    law = Law(date(2026, 5, 1), chosen("fee_reduction_test_day", "full_moon"))
    with pytest.raises(ParameterFault, match="is full_moon; choose one of due_day, payment_day"):
        option(law, "fee_reduction_test_day")


COMPANY = ({"kind": "other"},)
ENDED = {"effective_on": "2025-02-20", "recorded_on": "2025-03-01", "ends_on": "2025-05-11"}
RUNS = ENDED | {"ends_on": "2030-12-31"}


def fee(*licences: dict[str, str], paid_on: str | None = None, as_of: date = date(2025, 5, 12)) -> str:
    facts = AnnualFeeInputs.model_validate(
        {
            "patent_kind": "invention",
            "filed_on": "2018-05-10",
            "granted_on": "2020-11-03",
            "year": 8,
            "owners": COMPANY,
            "licences": licences,
            "payments": [{"paid_on": paid_on, "amount": "1700"}] if paid_on else [],
        }
    )
    return next(str(line.amount) for line in annual_fee(facts, as_of).result if line.name == "annual_fee")


def test_the_licence_runs_on_the_due_day_or_if_so_decided_on_the_day_of_payment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert fee(ENDED, paid_on="2025-05-06") == "2000.00"
    choose(monkeypatch, "fee_reduction_test_day", "payment_day")
    assert fee(ENDED, paid_on="2025-05-06") == "1700.00"


def test_one_licence_that_runs_is_enough_unless_decided_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fee(ENDED, RUNS) == "1700.00"
    choose(monkeypatch, "fee_reduction_several_licences", "all")
    assert fee(ENDED, RUNS) == "2000.00"
    assert fee(RUNS, RUNS) == "1700.00"


def test_a_fee_paid_late_stays_reduced_unless_decided_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    late = date(2025, 7, 1)
    assert fee(RUNS, as_of=late) == "1700.00"
    choose(monkeypatch, "fee_reduction_paid_late", "full_fee")
    assert fee(RUNS, as_of=late) == "2000.00"
    assert fee(RUNS) == "1700.00"


def test_the_day_of_application_decides_the_regime_unless_decided_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    applied_on, effective_on = date(2026, 3, 2), date(2026, 2, 20)
    assert regime_on(applied_on, effective_on) == "2026"
    choose(monkeypatch, "contract_regime_day", "effective_day")
    assert regime_on(applied_on, effective_on) == "2001"
