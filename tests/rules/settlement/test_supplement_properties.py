"""However often something is freed of a reserve: budget, cap, shares and order hold over all lists together."""

import random
from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.recompute import differences, recompute
from rules.settlement.position import derive_settlement
from schemas.standing.surroundings import ClaimedReceipt, OwnerView, SettlementSurroundings
from schemas.values.money import Money, total
from tests.rules.settlement.facts import Run, approvals, pending
from tests.rules.settlement.people import CALENDAR, MARCH, code, line, receipt, with_scheme

WHO = [UUID(int=601 + place) for place in range(4)]


@pytest.mark.slow  # every example is a settlement with several lists
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    fens=st.lists(st.integers(100, 10**9), min_size=2, max_size=4),
    budget=st.integers(1, 10**9),
    cap=st.integers(1, 10**8),
    held=st.sets(st.integers(0, 3), min_size=1),
    decisions=st.lists(st.booleans(), min_size=4, max_size=4),
    listed_each=st.booleans(),
    seed=st.randoms(use_true_random=False),
)
def test_all_lists_together_stay_within_budget_and_cap_and_give_what_would_have_been_given(
    monkeypatch: pytest.MonkeyPatch,
    fens: list[int],
    budget: int,
    cap: int,
    held: set[int],
    decisions: list[bool],
    listed_each: bool,
    seed: random.Random,
) -> None:
    with monkeypatch.context() as patched:
        clauses = ("budget: {when_short: pro_rata}", f'caps: [{{per: year, amount: "{Money(cap)}"}}]')
        scheme = with_scheme(patched, "T-LISTS", *clauses)
        who = WHO[: len(fens)]
        known = [_of(place, fen, who) for place, fen in enumerate(fens)]
        run, never_held = (Run(scheme, 2025, *known).called(budget=Money(budget)) for _ in range(2))
        claims = [run.claim(line(f"r{place}"), who=one) for place, one in enumerate(who)]
        never_held.accepted(*claims).locked()
        waiting = [place for place in sorted(held) if place < len(fens)]
        judged = [run.hold(one) if place in waiting else run.accept(one) for place, one in enumerate(claims)]
        run.tell(*claims, *judged, run.calculate()).locked()
        for place in waiting:
            run.tell(run.accept(claims[place]) if decisions[place] else run.reject(claims[place]))
            if listed_each and run.position.supplement is not None:
                _list(run)
        if run.position.supplement is not None:
            _list(run)
        position, due = run.position, {one.credit_code: one.due for one in run.position.lines}
        full = {one.credit_code: one.due for one in never_held.position.lines}
        for place, one in enumerate(who):
            is_given = place not in waiting or decisions[place]
            assert due.get(code(one), Money(0)) == (full.get(code(one), Money(0)) if is_given else Money(0))
            assert due.get(code(one), Money(0)).fen <= cap
        assert total(due.values()).fen <= budget
        assert (position.supplement, position.adjustments) == (None, ())
        for fact in run.facts:
            for made in fact.made.determinations:
                assert differences(made, recompute(made)) == ()
        shuffled = list(run.facts)
        seed.shuffle(shuffled)
        assert derive_settlement(shuffled, SettlementSurroundings(receipts=tuple(known)), CALENDAR) == position


def _of(place: int, fen: int, who: Sequence[UUID]) -> ClaimedReceipt:
    return receipt(f"r{place}", str(Money(fen)), MARCH, licensors=(OwnerView(party_id=who[place]),))


def _list(run: Run) -> None:
    on = run.day(5, 1)
    run.tell(run.calculate(on))
    run.tell(*approvals(run, on))
    run.tell(run.act("lock", on, preview_hash=pending(run).preview_hash))
