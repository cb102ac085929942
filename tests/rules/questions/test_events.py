"""Every event after the announcement has its duty, its person, its consequence and its article."""

from datetime import date
from typing import get_args

import pytest

from rules.questions.events import ITEMS, event_duties
from schemas.questions.event import EventInputs, EventName
from schemas.values.determination import Determination

DAY = date(2026, 1, 5)


def duties(event: str, on: date = DAY, goes_on: bool | None = None) -> Determination:
    return event_duties(EventInputs.model_validate({"event": event, "happens_on": on, "goes_on": goes_on}), DAY)


@pytest.mark.parametrize("event", get_args(EventName))
def test_each_event_is_answered_with_a_citation(event: str) -> None:
    made = duties(event, goes_on=True)
    assert made.unknown == ()
    assert all(made.answers[item] for item in ITEMS)
    assert all(read.citation.provision for read in made.reads)


def test_the_new_patentee_declares_again_or_only_withdraws() -> None:
    assert duties("patentee_changed", goes_on=True).answers["duty"] == "withdraw_promptly_and_declare_again"
    assert duties("patentee_changed", goes_on=False).answers["duty"] == "withdraw_promptly"
    assert duties("patentee_changed").unknown == ("goes_on",)


@pytest.mark.parametrize("event", get_args(EventName))
def test_no_number_of_days_is_made_up(event: str) -> None:
    assert duties(event, goes_on=True).answers["deadline"] in ("none_in_law", "before_the_event")


def test_a_false_statement_costs_up_to_a_hundred_thousand() -> None:
    assert duties("false_statement").answers["consequence"] == "fine_up_to_100000"


@pytest.mark.parametrize("event", ["assignment", "rename_of_patentee"])
def test_before_the_guidelines_of_2023_the_law_is_asked_about(event: str) -> None:
    assert duties(event, on=date(2024, 1, 19)).unknown == ("law_of:2024-01-19",)
