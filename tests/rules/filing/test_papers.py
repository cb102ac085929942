"""Every day of what has happened lies on or before the day of the act that states it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, TypeVar, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from cli.acts.examples import acts_of
from rules.filing.papers import HAPPENED, guard_days_of_papers
from schemas.acts.act import Act
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.actor import AUTHORITIES
from schemas.values.model import Model

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
    found = [(one.refusal.code, one.refusal.where) for one in guard_days_of_papers(act)]
    assert found == ([("paper_of_the_future", where)] if days > 0 else [])


@pytest.mark.parametrize(("model", "name"), ROWS)
def test_a_day_that_is_not_stated_is_not_asked(model: type[Model], name: str) -> None:
    act, _ = handing_in(model, name, None, date(2026, 1, 1))
    assert list(guard_days_of_papers(act)) == []


def within(one: Any) -> Iterator[type[BaseModel]]:
    """The models of which a value of this type can be made."""
    if isinstance(one, type) and issubclass(one, BaseModel):
        yield one
        for field in one.model_fields.values():
            yield from within(field.annotation)
    for argument in get_args(one):
        yield from within(argument)


def test_every_day_of_the_table_can_be_stated_by_people() -> None:
    stated = {
        model
        for kind, lifecycle in LIFECYCLES.items()
        for act in acts_of(kind)
        if any(set(row.roles) - AUTHORITIES for row in lifecycle.rows_of(act.model_fields["kind"].default))
        for model in within(act)
    }
    assert set(HAPPENED) <= stated
