"""Every day of what has happened lies on or before the day of the act that states it, and a reason says something."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, TypeVar, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from rules.filing.papers import HAPPENED, REASONED, guard_corrected_papers, guard_papers
from schemas.acts.act import Act
from schemas.acts.declaration import FieldReason
from schemas.acts.royalty import BookReceipt
from schemas.acts.settlement import Call
from schemas.acts.settlement_claims import HoldClaim
from schemas.examples.bodies import acts_of
from schemas.lifecycle.all import LIFECYCLES
from schemas.schemes.inputs import CallWindow
from schemas.statements.bars import BarAnswer
from schemas.statements.offer import Offer
from schemas.statements.remuneration import BonusRule, IncomeRule
from schemas.statements.royalty import FixedEnd
from schemas.values.actor import AUTHORITIES, Actor, Role
from schemas.values.model import Model

AHEAD: dict[type[Model], dict[str, str]] = {
    BarAnswer: {"until": "a preservation order says until when it lasts"},
    BonusRule: {"from_on": "a unit decides before the year from which its rule holds"},
    IncomeRule: {"from_on": "a unit decides before the year from which its rule holds"},
    Call: {"last_claim_on": "a call says until when claims are taken"},
    CallWindow: {"first_on": "a call can open before its window begins", "last_on": "and before it ends"},
    FixedEnd: {"ends_on": "a licence's end is agreed beforehand"},
    HoldClaim: {"answer_by": "whoever is asked gets a day by which to answer"},
    Offer: {
        "offer_ends_on": "an offer's end is announced beforehand",
        "granted_on": "has a refusal with an article of its own: declared_before_grant",
    },
}
"""Days that people state and that may lie after the act, each with the reason."""
ROWS = [pytest.param(model, name, id=f"{model.__name__}.{name}") for model, names in HAPPENED.items() for name in names]
M = TypeVar("M", bound=Model)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


class Handing(Act):
    """An act that hands in one paper among several."""

    papers: tuple[Model, ...]


def handing_in(model: type[Model], name: str, day: date | None, on: date) -> tuple[Act, str]:
    """An act of the day ``on`` that states the day, and where it stands in it; nothing else is stated."""
    stated = blank(model, **{name: day})
    if isinstance(stated, Act):
        return stated.model_copy(update={"on": on}), name
    return blank(Handing, on=on, papers=(blank(model), stated)), f"papers.1.{name}"


def blank(model: type[M], **stated: Any) -> M:
    """One in which nothing else is stated."""
    return model.model_construct(**(dict.fromkeys(model.model_fields) | stated))


@pytest.mark.parametrize(("model", "name"), ROWS)
@given(on=DAYS, days=st.integers(-400, 400))
def test_nothing_that_has_happened_is_dated_after_the_act(model: type[Model], name: str, on: date, days: int) -> None:
    act, where = handing_in(model, name, on + timedelta(days=days), on)
    found = [(one.refusal.code, one.refusal.where) for one in guard_papers(act)]
    assert found == ([("paper_of_the_future", where)] if days > 0 else [])


@pytest.mark.parametrize(("model", "name"), ROWS)
def test_a_day_that_is_not_stated_is_not_asked(model: type[Model], name: str) -> None:
    act, _ = handing_in(model, name, None, date(2026, 1, 1))
    assert list(guard_papers(act)) == []


def within(one: Any) -> Iterator[type[BaseModel]]:
    """The models of which a value of this type can be made."""
    if isinstance(one, type) and issubclass(one, BaseModel):
        yield one
        for field in one.model_fields.values():
            yield from within(field.annotation)
    for argument in get_args(one):
        yield from within(argument)


def stated_by_people() -> set[type[BaseModel]]:
    """Every model of which somebody who is no authority can state something."""
    return {
        model
        for kind, lifecycle in LIFECYCLES.items()
        for act in acts_of(kind)
        if any(set(row.roles) - AUTHORITIES for row in lifecycle.rows_of(act.model_fields["kind"].default))
        for model in within(act)
    }


def parts_of(annotation: Any) -> Iterator[Any]:
    """A type and those of which it is made."""
    yield annotation
    for one in get_args(annotation):
        yield from parts_of(one)


def test_every_day_of_the_table_can_be_stated_by_people() -> None:
    assert {*HAPPENED, *AHEAD, *REASONED} <= stated_by_people()


def test_every_day_that_people_state_has_happened_or_says_why_it_lies_ahead() -> None:
    days = {
        (model, name)
        for model in stated_by_people()
        for name, field in model.model_fields.items()
        if date in parts_of(field.annotation) and not (issubclass(model, Act) and name == "on")
    }
    happened = {(model, name) for model, names in HAPPENED.items() for name in names}
    ahead = {(model, name) for model, reasons in AHEAD.items() for name in reasons}
    assert days == happened | ahead
    assert not happened & ahead


def test_every_reason_that_people_write_is_asked_whether_it_says_something() -> None:
    written = {
        (model, name)
        for model in stated_by_people()
        for name, field in model.model_fields.items()
        if name in ("reason", "reasons", "explanation", "fee_explanation") and field.annotation is str
        if not any("[0-9a-f]" in str(one) for one in field.metadata)  # a document, which people read
    }
    asked = {(model, name) for model, names in REASONED.items() for name in names}
    of_authorities_alone = {"ReverseReceipt", "CancelRegistration", "ChangeRegistration"}
    assert {(model, name) for model, name in written if model.__name__ not in of_authorities_alone} == {
        *asked,
        (Offer, "fee_explanation"),  # which is asked for more: on what the fee is based
    }


@pytest.mark.parametrize(
    ("reason", "codes"), [("缺", ["reason_short"]), ("……!", ["reason_short"]), ("缺页", []), ("no", [])]
)
@pytest.mark.parametrize(("model", "name"), [(model, name) for model, names in REASONED.items() for name in names])
def test_a_reason_of_one_character_says_nothing(model: type[Model], name: str, reason: str, codes: list[str]) -> None:
    stated = blank(model, **{name: reason})
    act = stated if isinstance(stated, Act) else blank(Handing, on=date(2026, 1, 1), papers=(stated,))
    assert [one.refusal.code for one in guard_papers(act)] == codes


def test_a_correction_makes_no_fact_of_the_future_either() -> None:
    on, by = date(2026, 3, 2), blank(Actor, role=Role.FINANCE)
    paid_later = blank(BookReceipt, on=on, paid_on=on + timedelta(days=1), by=by)

    def told(act: Act, *replaced: str) -> list[str]:
        return [one.refusal.where for one in guard_corrected_papers([act], replaced)]

    assert told(paid_later, "paid_on") == told(paid_later, "on") == ["replacement.paid_on"]
    assert told(paid_later, "amount") == [], "what is not replaced was taken before"
    bank = paid_later.model_copy(update={"by": blank(Actor, role=Role.BANK)})
    assert told(bank, "paid_on") == [], "a fact of an authority is not asked"
    assert [
        one.refusal.where for one in guard_papers(blank(Handing, on=on, papers=(blank(FieldReason, reason="?"),)))
    ] == ["papers.0.reason"]
