"""How long a list is shown: the scheme's days, the platform's own, or a longer time that the authority states."""

from datetime import date
from typing import Any

import pytest

from tests.rules.settlement.facts import Run
from tests.rules.settlement.people import MARCH, PAPER, receipt, with_scheme


def test_the_schemes_own_days_of_publicity_are_law_and_a_longer_time_may_be_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scheme = with_scheme(monkeypatch, "T-PUBLICITY", "publicity_days: 10")
    run = Run(scheme, 2025, receipt("r1", "1000", MARCH)).called().accepted()
    run.tell(run.publish())
    assert [(one.by, one.basis) for one in run.position.deadlines] == [(date(2026, 3, 12), "legal")]
    longer = run.act("publish", run.day(3, 2), notice=PAPER, preview_hash=run.shown(), days=15)
    assert run.tell(longer).position.publicity_last_on == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("scheme", "stated", "last"),
    [
        ("publicity_days: 7, publicity_days_counted: working_days", {}, date(2026, 3, 11)),
        ("publicity_days: 10", {"days": 10, "days_counted": "working_days"}, date(2026, 3, 16)),
        ("publicity_days: 10, publicity_days_counted: working_days", {"days": 10}, date(2026, 3, 16)),
    ],
)
def test_days_of_publicity_can_be_told_in_working_days_by_the_scheme_and_by_the_authority(
    monkeypatch: pytest.MonkeyPatch, scheme: str, stated: dict[str, Any], last: date
) -> None:
    keys = scheme.replace(", ", "\n    ")
    run = Run(with_scheme(monkeypatch, "T-PUBLICITY", keys), 2025, receipt("r1", "1000", MARCH)).called().accepted()
    run.tell(run.act("publish", run.day(3, 2), notice=PAPER, preview_hash=run.shown(), **stated))
    assert run.position.publicity_last_on == last
    assert any("working days" in one.how for one in run.position.publicity_counted)
