"""A rule that is changed for a past year makes adjustment lines, and never edits what was settled."""

import pytest

from tests.rules.settlement.facts import Run, adjusted, paid
from tests.rules.settlement.people import MARCH, code, line, receipt, with_scheme
from tests.rules.settlement.people import UNIVERSITY as CLAIMANT

TEN, EIGHT, TWELVE = ('amount: {rate: "0.10"}', 'amount: {rate: "0.08"}', 'amount: {rate: "0.12"}')


def settled(scheme: str) -> Run:
    """10 % of 100,000, locked."""
    run = Run(scheme, 2025, receipt("r1", "100000", MARCH)).called()
    return run.accepted(run.claim(line("r1"))).locked()


@pytest.mark.parametrize(("changed", "owed"), [(EIGHT, "-2000.00"), (TWELVE, "2000.00"), (TEN, None)])
def test_a_rule_changed_for_a_past_year_is_an_adjustment_of_the_next_run(
    monkeypatch: pytest.MonkeyPatch, changed: str, owed: str | None
) -> None:
    run = settled(with_scheme(monkeypatch, "T-RETRO", TEN))
    before = run.position
    monkeypatch.undo()
    with_scheme(monkeypatch, "T-RETRO", changed)
    assert paid(run) == ["10000.00"] == [str(one.due) for one in before.lines]
    assert run.position.preview_hash == before.preview_hash, "what was locked stays what was approved"
    assert adjusted(run) == ({} if owed is None else {"authority": owed})


def test_the_lock_still_pays_what_was_approved_after_the_rule_was_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    run = settled(with_scheme(monkeypatch, "T-RETRO", TEN))
    monkeypatch.undo()
    with_scheme(monkeypatch, "T-RETRO", EIGHT)
    payment = run.pay(f"{code(CLAIMANT)}:authority", "10000.00")
    assert run.refused(payment) == []
    assert run.tell(payment).position.stage == "paid"
