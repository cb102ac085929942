"""Dues of an invalidated patent: what was unpaid before the decision is pursued only by decision (PL-47, L-10)."""

from datetime import date
from typing import Any

import pytest

from rules.licence.guards import guard_licence
from rules.licence.position import derive_licence
from schemas.lifecycle.licence import LICENCE
from schemas.lifecycle.table import check
from schemas.values.actor import Role
from tests.rules.licence.story import (
    CALENDAR,
    NOTICE,
    PAID,
    act,
    countersigned,
    facts,
    keys,
    offer,
    owed,
    position,
    task,
    terms,
)

PARTS = terms("instalments", instalments=tuple({"amount": "5000.00", "after_months": months} for months in (0, 3, 6)))
DECIDED = date(2026, 9, 1)
"""The second part fell on 2026-06-10 and is unpaid, the third falls on 2026-09-10."""
NEVER = offer(PARTS)
LIFE = (NOTICE, PAID, act("pass_day", "2026-12-31"))


def ended(how: str = "total_invalidation", on: date = DECIDED, *, provisional: bool = False, **changes: Any) -> Any:
    """The offer whose right ended so; an invalidation also says when it was decided."""
    invalidated = {"invalidated_on": on, "invalidation_provisional": provisional}
    end = {"ended_on": on, "right_ended_on": on, "right_end_provisional": provisional, "right_ended_how": how}
    return offer(PARTS, **{**end, **(invalidated if how == "total_invalidation" else {}), **changes})


def refused(one: Any, *before: Any, at: Any) -> list[str]:
    told = facts(*before)
    return [no.code for no in guard_licence(one, derive_licence(told, at, CALENDAR), told, at, CALENDAR).refusals]


def pursuits(*acts: Any, at: Any) -> dict[str, tuple[str, str]]:
    return {one.key: (one.state, one.pursuit) for one in position(*acts, at=at).obligations}


def test_what_was_unpaid_before_the_decision_is_not_pursued_and_what_falls_after_it_vanishes() -> None:
    assert pursuits(*LIFE, at=NEVER)["due:2"] == ("overdue", "open")
    found = position(*LIFE, at=ended())
    assert owed(found) == {"due:1": "5000.00", "due:2": "5000.00"}
    assert pursuits(*LIFE, at=ended())["due:2"] == ("scheduled", "by_decision")
    assert (found.stage, found.tracks.royalty) == ("patent_ended", "held")
    assert [one for one in keys(found.tasks) if one.startswith("pay:")] == []
    asked = task(found, "decide_pursuit:due:2")
    assert (asked.role, asked.article, asked.opened_on) == ("licensor", "PL-47; L-10; D-21", DECIDED)


def test_the_licence_ends_although_nobody_has_decided() -> None:
    recorded = (act("file_recordal", "2026-04-01"), act("record", "2026-04-08"))
    cancelled = act("cancel_recordal", "2026-12-01", role=Role.OFFICE)
    assert position(*LIFE, *recorded, cancelled, at=ended()).ended
    assert not position(*LIFE, *recorded, cancelled, at=ended("lapse")).ended


@pytest.mark.parametrize("how", ["lapse", "abandonment", "expiry"])
def test_after_another_end_of_the_right_what_was_unpaid_before_it_is_owed_as_ever(how: str) -> None:
    assert pursuits(*LIFE, at=ended(how))["due:2"] == ("overdue", "open")
    assert "pay:due:2" in keys(position(*LIFE, at=ended(how)).tasks)
    assert task(position(*LIFE, at=ended(how)), f"review_paid_period:{DECIDED}").article == "Civil Code 865; D-21"
    assert task(position(*LIFE, at=ended()), f"review_paid_period:{DECIDED}").article == "PL-47; D-21"


@pytest.mark.parametrize("at", [NEVER, offer(PARTS, ended_on=date(2027, 1, 1), ended_how="withdrawn")])
def test_an_annulment_brings_everything_back(at: Any) -> None:
    decided = countersigned(act("pursue", "2026-10-01"))
    assert position(*LIFE, at=at).obligations == position(*LIFE, *decided, at=at).obligations
    assert pursuits(*LIFE, *decided, at=at)["due:3"] == ("overdue", "open")


def test_while_the_decision_can_be_annulled_nobody_is_reminded_and_nobody_decides() -> None:
    held = ended(provisional=True)
    assert pursuits(*LIFE, at=held)["due:2"] == ("scheduled", "stopped")
    assert [one for one in keys(position(*LIFE, at=held).tasks) if one.startswith(("pay:", "decide_"))] == []
    for one in (act("pursue", "2026-10-01"), act("waive", "2026-10-01", obligation="due:2", amount="5000.00")):
        assert check(LICENCE, "patent_ended_provisional", {"royalty": "held"}, one.kind, one.by.role) is None
        assert refused(one, *LIFE, at=held)[0] == "frozen_while_provisional"


def test_two_people_pursue_and_the_reminder_is_there_again() -> None:
    asked, signed = countersigned(act("pursue", "2026-10-01"))
    assert refused(asked, *LIFE, at=ended()) == []
    assert pursuits(*LIFE, asked, at=ended())["due:2"] == ("scheduled", "by_decision")
    found = position(*LIFE, asked, signed, at=ended())
    assert pursuits(*LIFE, asked, signed, at=ended())["due:2"] == ("overdue", "pursued")
    assert (found.tracks.royalty, found.ended) == ("overdue", False)
    assert "pay:due:2" in keys(found.tasks)
    assert "decide_pursuit:due:2" not in keys(found.tasks)


def test_two_people_waive_it_and_nothing_is_left_to_decide() -> None:
    waived = act("waive", "2026-10-01", obligation="due:2", amount="5000.00")
    assert check(LICENCE, "patent_ended", {"royalty": "held"}, "waive", Role.LICENSOR) is None
    assert refused(waived, *LIFE, at=ended()) == []
    found = position(*LIFE, *countersigned(waived), at=ended())
    assert pursuits(*LIFE, *countersigned(waived), at=ended())["due:2"] == ("closed", "open")
    assert "decide_pursuit:due:2" not in keys(found.tasks)


def test_only_what_an_invalidation_holds_is_decided_so() -> None:
    assert refused(act("pursue", "2026-10-01"), *LIFE, at=NEVER) == ["pursuit_needs_no_decision"]
    unknown = act("pursue", "2026-10-01", obligation="due:9")
    assert refused(unknown, *LIFE, at=ended()) == ["obligation_unknown"]
    signed = countersigned(act("pursue", "2026-10-01"))
    again = act("pursue", "2026-10-02", again=1)
    assert refused(again, *LIFE, *signed, at=ended()) == ["pursuit_needs_no_decision"]


def test_a_licence_that_had_ended_before_the_invalidation_is_held_too() -> None:
    over = act("terminate", "2026-08-01")
    later = date(2027, 2, 1)
    assert pursuits(*LIFE, over, at=ended("lapse", later))["due:2"] == ("overdue", "open")
    assert pursuits(*LIFE, over, at=ended(on=later))["due:2"] == ("scheduled", "by_decision")
    lapsed = ended("lapse", invalidated_on=later)
    assert pursuits(*LIFE, at=lapsed)["due:2"] == ("scheduled", "by_decision")


def test_the_report_of_a_period_before_the_invalidation_is_not_asked_for_any_more() -> None:
    running = terms("running", base="units", unit_prices=({"from_year": 1, "price": "1.00"},), period="quarter")
    end = ended().offer
    at = offer(running, **{name: getattr(end, name) for name in ("ended_on", "right_ended_on", "invalidated_on")})
    before = position(NOTICE, act("pass_day", "2026-07-31"), at=offer(running))
    assert "report:1" in keys(before.tasks)
    found = position(NOTICE, act("pass_day", "2026-12-31"), at=at)
    assert ([one for one in keys(found.tasks) if one.startswith("report")], found.ended) == ([], True)
    told = act("report_sales", "2026-10-01", period=1, sales={"units": 7})
    assert pursuits(NOTICE, told, at=at)["report:1"] == ("reported", "by_decision")
