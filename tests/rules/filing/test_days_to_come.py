"""A day after today: nobody acts on it, and no correction moves an act to it; an authority tells what it likes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.filing.guards import guard_day_to_come
from schemas.acts.act import Countersign, PassDay
from schemas.values.actor import AUTHORITIES, ENGINE, Actor, Role

TODAY = date(2026, 11, 30)
DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))


def act(role: Role, on: date) -> Countersign:
    by = Actor(role=role, party_id=uuid4())
    return Countersign(act_id=uuid4(), filing_id=uuid4(), by=by, on=on, countersigns=uuid4())


def codes(one: Countersign | PassDay, *made: Countersign) -> list[tuple[str, str]]:
    return [(said.refusal.code, said.refusal.where) for said in guard_day_to_come(one, made, TODAY)]


@pytest.mark.parametrize("role", list(Role))
@given(on=DAYS)
def test_only_an_authority_tells_of_a_day_that_has_not_come(role: Role, on: date) -> None:
    is_refused = on > TODAY and role not in AUTHORITIES
    assert codes(act(role, on)) == ([("day_in_future", "on")] if is_refused else [])
    moved = codes(act(Role.OPERATOR, TODAY), act(role, on))
    assert moved == ([("day_in_future", "replacement.on")] if is_refused else [])


@given(on=DAYS)
def test_no_day_passes_before_it_has_come(on: date) -> None:
    by = Actor(role=Role.TIMER, party_id=ENGINE)
    passed = PassDay(act_id=uuid4(), filing_id=uuid4(), by=by, on=on)
    assert codes(passed) == ([("day_not_come", "on")] if on > TODAY else [])
