"""Each task leads to the acts that do it, or is said to be done elsewhere."""

from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.towards import ACTS_TOWARDS, DONE_ELSEWHERE, acts_towards
from texts.rows import FOLDER, read_rows

ACTS = {row.act for lifecycle in LIFECYCLES.values() for row in lifecycle.rows}


def test_every_task_there_is_has_its_acts_or_is_done_elsewhere() -> None:
    tasks = set(read_rows(FOLDER / "tasks.yaml", lambda row: row))
    assert tasks == ACTS_TOWARDS.keys() | DONE_ELSEWHERE
    assert not ACTS_TOWARDS.keys() & DONE_ELSEWHERE


def test_every_act_that_a_task_leads_to_is_an_act() -> None:
    assert {act for acts in ACTS_TOWARDS.values() for act in acts} <= ACTS


def test_of_a_role_only_its_own_acts_are_named() -> None:
    assert acts_towards("pre_check", ("return", "correct_fact")) == ("return",)
    assert acts_towards("tell_licensees", ("return",)) == ()
