"""Where a declaration stands does not depend on the order of recording."""

import random

from hypothesis import given
from hypothesis import strategies as st

from rules.declaration.position import derive_declaration
from schemas.acts.declaration import DeclarationAct
from schemas.standing.fact import Fact
from schemas.standing.surroundings import DeclarationSurroundings
from schemas.values.actor import Role
from tests.rules.declaration.declarations import (
    CALENDAR,
    GAZETTE,
    IN_FORCE,
    PAPER,
    act,
    announced,
    derive,
    ended,
    passed,
    recorded,
)

LATER = [
    act("file_withdrawal", "2025-05-05", role=Role.LICENSOR, ground="legitimate_reason", reason=PAPER),
    act("refuse_withdrawal", "2025-05-05", role=Role.OFFICE, reasons="x"),
    act("announce_withdrawal", "2025-06-06", role=Role.OFFICE, gazette=GAZETTE),
    act("terminate", "2025-06-06", role=Role.OFFICE),
    act("report_bar", "2025-03-01", bar="E3"),
    act("clear_bar", "2025-03-01", bar="E3"),
    act("report_bar", "2025-04-01", bar="E2"),
    ended("2026-01-24"),
    ended("2026-01-24", "total_invalidation"),
    act("restore_right", "2026-06-01", role=Role.OFFICE),
    act("annul_decision", "2026-01-24", role=Role.COURT),
    act("confirm_end", "2026-05-01", role=Role.OFFICE, gazette=GAZETTE),
    passed("2025-03-31"),
    passed("2026-12-31"),
    act("report_transfer", "2025-07-01", role=Role.OFFICE),
    act("check_status", "2025-04-02", bars=[]),
    act("refuse", "2025-02-01", role=Role.OFFICE, ground="x"),
    announced("2025-02-20"),
]


@given(st.lists(st.sampled_from(LATER), unique_by=lambda one: one.act_id), st.randoms(use_true_random=False))
def test_the_position_depends_on_the_set_of_facts_and_not_on_their_order(
    later: list[DeclarationAct], chance: random.Random
) -> None:
    acts = [*IN_FORCE, *later]
    expected = derive(*acts)
    chance.shuffle(acts)
    shuffled: list[Fact[DeclarationAct]] = list(recorded(*acts))
    chance.shuffle(shuffled)
    assert derive_declaration(shuffled, DeclarationSurroundings(), CALENDAR) == expected
