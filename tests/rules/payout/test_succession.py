"""Payouts of a licence whose licensor was merged, renamed, or assigned its patent (Civil Code 67; D-11)."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from rules.payout.guards import guard_payout
from schemas.acts.payout import PayoutAct
from schemas.standing.surroundings import OwnerView, PayoutSurroundings, Succession
from tests.rules.payout.facts import (
    CALENDAR,
    LICENCE,
    act,
    approvals,
    approved,
    codes,
    determine,
    facts_of,
    hash_of,
    instruct,
    line_of,
    paid,
    payable,
    position,
    publish,
    receipt,
    sibling,
    state,
    surroundings,
)
from tests.rules.remuneration.facts import P1, UNIT, costs, unit, yuan

SUCCESSOR, STRANGER = UUID(int=41), UUID(int=42)
MERGED_ON, LATER = date(2025, 3, 15), date(2025, 6, 2)
LAW = unit()


def after(first: str = "10000", later: str = "10000", *, merged: bool = True, **changes: Any) -> PayoutSurroundings:
    """A receipt of before and one of after the day on which another licensor came."""
    given = {
        "successions": (Succession(predecessor=UNIT, successor=SUCCESSOR, on=MERGED_ON),) if merged else (),
        **changes,
    }
    return surroundings(
        receipt(first).but(owners=(OwnerView(party_id=UNIT),)),
        receipt(later, "r2", LATER).but(owners=(OwnerView(party_id=SUCCESSOR),)),
        **given,
    )


def begun(who: UUID, subject: str, borne: Any = None) -> tuple[PayoutAct, PayoutAct]:
    first = act("determine", LATER, parent_id=LICENCE, unit=who, subject=subject)
    return first, state(LAW.but(unit=who), borne or costs(), LATER)


def pool(who: UUID, subject: str, stands_on: PayoutSurroundings, borne: Any = None) -> str:
    return str(position(*begun(who, subject, borne), stands_on=stands_on).pool)


@pytest.mark.parametrize("merged", [True, False])
def test_each_pays_for_what_arrived_while_it_was_licensor(merged: bool) -> None:
    at = after(merged=merged, siblings=(sibling("r1", LAW, costs()),) if merged else ())
    assert (pool(UNIT, "r1", at), pool(SUCCESSOR, "r2", at)) == ("5000.00", "5000.00")
    for who, subject in ((UNIT, "r2"), (SUCCESSOR, "r1")):
        assert position(*begun(who, subject), stands_on=at).stage == "cancelled"


def test_the_successor_of_a_merger_carries_the_costs_on_and_an_assignee_does_not() -> None:
    borne = sibling("r1", LAW, costs("0", "12000"))
    assert pool(SUCCESSOR, "r2", after(siblings=(borne,))) == "4000.00"  # 2,000 of costs were not borne yet
    assert pool(SUCCESSOR, "r2", after(merged=False)) == "5000.00"


def test_a_payout_that_was_paid_before_the_merger_was_told_is_decided_by_two_people() -> None:
    life = approved(determine("r2", LATER), state(LAW, on=LATER), stands_on=surroundings(receipt("10000", "r2", LATER)))
    for one in payable(position(*life, stands_on=surroundings(receipt("10000", "r2", LATER)))):
        life = (*life, instruct(one.key), paid(one.key, str(one.amount), serial=one.key))
    at = position(*life, stands_on=after())
    assert (at.stage, line_of(at, f"person:{P1}").owed) == ("adjusted", -yuan("3000"))


def asked(one: PayoutAct, organisation: UUID, at: PayoutSurroundings, *before: PayoutAct) -> list[str]:
    named = one.but(by=one.by.but(organisation_id=organisation))
    verdict = guard_payout(named, position(*before, stands_on=at), facts_of(*before), at, CALENDAR)
    return [no.code for no in verdict.refusals]


def test_what_was_begun_for_a_merged_unit_is_carried_on_by_its_successor_from_its_day_on() -> None:
    before = (determine(), state(LAW))
    shown = hash_of(*before, stands_on=after())
    published = publish(date(2025, 3, 20))
    first, _ = approvals(shown, date(2025, 4, 7))
    for merged, refused in ((True, []), (False, ["other_organisation"])):
        at = after(merged=merged)
        assert asked(published, SUCCESSOR, at, *before) == refused
        assert asked(first, SUCCESSOR, at, *before, published) == refused
        assert asked(published, STRANGER, at, *before) == ["other_organisation"]
    assert asked(publish(date(2025, 3, 14)), SUCCESSOR, after(), *before) == ["other_organisation"]
    assert asked(published, UNIT, after(), *before) == []


def test_co_owners_are_compared_with_those_of_the_receipts_own_day() -> None:
    both = (OwnerView(party_id=SUCCESSOR), OwnerView(party_id=STRANGER))
    at = surroundings(receipt("10000", "r2", LATER).but(owners=both), owners=(OwnerView(party_id=UNIT),))
    found = position(*begun(SUCCESSOR, "r2"), stands_on=at)
    assert (str(found.pool), codes(found)) == ("2500.00", [])
