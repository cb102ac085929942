"""The model check: the tables are whole, no stage is a trap, and what is offered is exactly what is accepted."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from schemas.acts.act import TWO_PERSON_ACTS, FilingKind
from schemas.acts.declaration import DECLARATION_ACT
from schemas.acts.licence import LICENCE_ACT
from schemas.acts.payout import PAYOUT_ACT
from schemas.acts.settlement import SETTLEMENT_ACT
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.row import NOTHING, SAME, Row
from schemas.lifecycle.stages.stage import Phase, Stage, Track
from schemas.lifecycle.table import Lifecycle, acts_possible, check
from schemas.values.actor import AUTHORITIES, Role
from tests.contracts.shapes import kinds_of
from texts.words import refusal_text

UNIONS: dict[FilingKind, TypeAdapter[Any]] = {
    FilingKind.DECLARATION: DECLARATION_ACT,
    FilingKind.LICENCE: LICENCE_ACT,
    FilingKind.PAYOUT: PAYOUT_ACT,
    FilingKind.SETTLEMENT: SETTLEMENT_ACT,
}
ALL = [pytest.param(one, id=kind.value) for kind, one in LIFECYCLES.items()]
TRACKS = [
    pytest.param(one, track, first, id=f"{kind.value} {track}")
    for kind, one in LIFECYCLES.items()
    for track, first in [(Track.RIGHT, one.right(NOTHING)), *one.tracks.items()]
]
_PAST = re.compile(r"(^|_)(\w+ed|paid|held|withdrawn|written|taken|gone|made)(_|$)")
PASSING = ("take_over",)
"""It leads anywhere from nothing, so it would make every stage look reachable."""


def _steps(lifecycle: Lifecycle, track: Track) -> Iterable[tuple[str, str]]:
    for row in lifecycle.rows:
        if row.track == track and row.act not in PASSING:
            for stage in row.stages:
                yield from ((stage, to) for to in row.to if to != SAME)


def _closure(start: Iterable[str], steps: Iterable[tuple[str, str]]) -> set[str]:
    known, edges = set(start), list(steps)
    while new := {to for stage, to in edges if stage in known} - known:
        known |= new
    return known


@pytest.mark.parametrize(("lifecycle", "track", "first"), TRACKS)
def test_every_stage_can_be_reached(lifecycle: Lifecycle, track: Track, first: Stage) -> None:
    reached = _closure([first], _steps(lifecycle, track))
    assert set(lifecycle.stages(track)) - reached == set()


@pytest.mark.parametrize("lifecycle", ALL)
def test_the_table_leads_to_every_stage_of_its_enumerations_and_to_no_other(lifecycle: Lifecycle) -> None:
    assert set(lifecycle.stages(Track.RIGHT)) == set(lifecycle.right.known())
    for stages in lifecycle.beside:
        assert set(lifecycle.stages(next(iter(stages)).track)) == set(stages)


@pytest.mark.parametrize("lifecycle", ALL)
def test_every_stage_of_the_right_lies_in_a_phase_and_no_phase_is_empty(lifecycle: Lifecycle) -> None:
    phases = {stage: stage.phase for stage in lifecycle.right}
    assert phases[lifecycle.right(NOTHING)] is Phase.BEFORE
    assert set(phases.values()) == set(Phase)


@pytest.mark.parametrize("lifecycle", ALL)
def test_every_stage_can_end(lifecycle: Lifecycle) -> None:
    ending = _closure(lifecycle.terminal, ((to, stage) for stage, to in _steps(lifecycle, Track.RIGHT)))
    assert set(lifecycle.stages(Track.RIGHT)) - ending == set()


@pytest.mark.parametrize("lifecycle", ALL)
def test_the_end_of_a_life_is_a_stage_of_it(lifecycle: Lifecycle) -> None:
    assert lifecycle.terminal
    assert lifecycle.terminal <= set(lifecycle.stages(Track.RIGHT))


@pytest.mark.parametrize("lifecycle", ALL)
def test_every_act_of_the_union_stands_in_the_table_and_every_act_of_the_table_in_the_union(
    lifecycle: Lifecycle,
) -> None:
    asked = {row.act for row in lifecycle.rows if not row.derived}
    assert asked == set(kinds_of(UNIONS[lifecycle.kind]))


@pytest.mark.parametrize("lifecycle", ALL)
def test_an_act_leads_to_one_event_and_an_event_comes_from_one_act(lifecycle: Lifecycle) -> None:
    events: dict[str, set[str]] = {}
    for row in lifecycle.rows:
        if not row.derived:
            events.setdefault(row.act, set()).add(row.event)
    assert {act: names for act, names in events.items() if len(names) > 1} == {}
    named = [next(iter(names)) for names in events.values()]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("lifecycle", ALL)
def test_an_event_says_what_happened_to_whom(lifecycle: Lifecycle) -> None:
    for row in lifecycle.rows:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", row.event)
        if not row.derived:
            assert lifecycle.event(row.act) == f"{lifecycle.kind.value}:{row.event}"
            assert _PAST.search(row.event), row.event


@pytest.mark.parametrize("lifecycle", ALL)
def test_every_row_names_its_article_its_roles_and_stages_that_exist(lifecycle: Lifecycle) -> None:
    tracks = {Track.RIGHT, *lifecycle.tracks}
    for row in lifecycle.rows:
        assert row.article
        assert row.roles
        assert row.stages
        assert row.to
        assert row.track in tracks
        assert {stage.track for stage in (*row.stages, *row.to) if isinstance(stage, Stage)} == {row.track}
        assert not row.derived or row.roles == (Role.TIMER,)
        assert SAME not in row.stages
        assert NOTHING not in row.to


@pytest.mark.parametrize("lifecycle", ALL)
def test_every_act_of_two_people_can_be_countersigned_by_the_roles_that_may_do_it(lifecycle: Lifecycle) -> None:
    signers = {role for row in lifecycle.rows_of("countersign") for role in row.roles}
    for row in lifecycle.rows:
        if row.act in TWO_PERSON_ACTS:
            assert set(row.roles) <= signers
            after = set(row.stages if row.to == (SAME,) else row.to) if row.track is Track.RIGHT else set()
            signed_in = {stage for one in lifecycle.rows_of("countersign") for stage in one.stages}
            assert after <= signed_in
            assert NOTHING not in row.stages or NOTHING in signed_in  # what was taken over stands nowhere yet


def _accepted(rows: Iterable[Row], stage: str, tracks: Mapping[str, str], role: Role) -> set[str]:
    """Read from the table without the functions that are tested."""
    return {
        row.act
        for row in rows
        if not row.derived
        and role in row.roles
        and (
            (role in AUTHORITIES and stage != NOTHING)
            or (stage if row.track is Track.RIGHT else tracks[row.track]) in row.stages
        )
    }


@given(st.data())
def test_what_is_offered_is_what_is_accepted(data: st.DataObject) -> None:
    lifecycle = data.draw(st.sampled_from(list(LIFECYCLES.values())))
    stage = data.draw(st.sampled_from((NOTHING, *lifecycle.stages(Track.RIGHT))))
    tracks: dict[str, str] = {
        track: data.draw(st.sampled_from((first, *lifecycle.stages(track))))
        for track, first in lifecycle.tracks.items()
    }
    role = data.draw(st.sampled_from(list(Role)))
    offered = acts_possible(lifecycle, stage, tracks, role)
    assert set(offered) == _accepted(lifecycle.rows, stage, tracks, role)
    for act in kinds_of(UNIONS[lifecycle.kind]):
        assert (check(lifecycle, stage, tracks, act, role) is None) == (act in offered)


@pytest.mark.parametrize("lifecycle", ALL)
def test_facts_of_authorities_are_accepted_in_every_order(lifecycle: Lifecycle) -> None:
    tracks: dict[str, str] = dict(lifecycle.tracks.items())
    for row in lifecycle.rows:
        for role in set(row.roles) & AUTHORITIES:
            for stage in lifecycle.stages(Track.RIGHT):
                assert row.derived or check(lifecycle, stage, tracks, row.act, role) is None


@pytest.mark.parametrize(
    ("act", "role", "stage", "code"),
    [
        ("fly", Role.OPERATOR, "draft", "act_unknown"),
        ("announce", Role.LICENSOR, "filed", "role_not_allowed"),
        ("submit", Role.LICENSOR, "in_force", "act_not_allowed_now"),
        ("offer_end", Role.TIMER, "in_force", "act_unknown"),
    ],
)
def test_a_no_of_the_table_says_why(act: str, role: Role, stage: str, code: str) -> None:
    no = check(LIFECYCLES[FilingKind.DECLARATION], stage, {}, act, role)
    assert no is not None
    assert no.code == code
    assert all(refusal_text(no))
