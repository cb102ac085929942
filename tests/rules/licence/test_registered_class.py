"""A class that the Measures of the application do not have for a licence: nothing rests on it without two people."""

from itertools import permutations
from typing import Any

import pytest

from rules.licence.guards import guard_licence
from rules.licence.payouts import licence_view_for_payouts
from rules.licence.settlements import receipts_for_settlements
from rules.schemes.receipts import receipt_items
from schemas.values.actor import Role
from tests.rules.licence.story import (
    CALENDAR,
    NOTICE,
    PAID,
    UNIT,
    act,
    countersigned,
    facts,
    keys,
    offer,
    position,
    task,
)

ARRIVED = act("book_receipt", "2026-03-12")
APPLIED = act("apply", "2026-04-01")
AMOUNTS: dict[str, Any] = {"contract_amount": "10000.00", "technology_transaction_amount": "10000.00"}
AS_TRANSFER = act("register", "2026-04-20", contract_class="transfer", **AMOUNTS)
BEFORE = (NOTICE, PAID, ARRIVED, APPLIED, AS_TRANSFER)
STANDS = countersigned(act("decide_class", "2026-05-04"))
REFUSED = countersigned(act("decide_class", "2026-05-04", decision="does_not_count"))


def codes(*acts: Any) -> list[str]:
    return [one.code for one in position(*acts).findings]


@pytest.mark.parametrize(
    ("applied_on", "contract_class", "found"),
    [
        ("2026-02-28", "transfer", []),
        ("2026-02-28", "licence", ["class_contradicts_regime"]),
        ("2026-03-01", "licence", []),
        ("2026-03-01", "transfer", ["class_contradicts_regime"]),
        ("2026-03-01", "development", ["class_contradicts_regime"]),
        ("2026-03-01", "service", ["class_contradicts_regime"]),
    ],
)
def test_the_class_is_held_against_the_measures_of_the_application_day(
    applied_on: str, contract_class: str, found: list[str]
) -> None:
    notice, paid = act("give_notice", "2026-02-02"), act("pay", "2026-02-03")
    registered = act("register", "2026-04-20", contract_class=contract_class)
    assert codes(notice, paid, act("apply", applied_on), registered) == found


def test_where_nobody_told_of_an_application_it_was_not_later_than_the_registration() -> None:
    assert "class_contradicts_regime" in codes(NOTICE, PAID, AS_TRANSFER)
    early = act("register", "2026-02-20", contract_class="transfer")
    notice, paid = act("give_notice", "2026-02-02"), act("pay", "2026-02-03")
    assert "class_contradicts_regime" not in codes(notice, paid, early)


def told(*acts: Any) -> tuple[Any, ...]:
    """What payouts, claims and provisional lines are told: registered, undecided; what counts as registered."""
    found = position(*acts)
    (claimed,) = receipts_for_settlements(found, offer())
    (item,) = receipt_items(found, offer())[str(UNIT)]
    registered = licence_view_for_payouts(found, offer()).contract_registered
    return registered, str(claimed.registered), claimed.class_undecided, str(item.registered)


def test_until_two_people_decide_nothing_rests_on_it_and_one_of_them_decides_nothing() -> None:
    found = position(*BEFORE)
    assert (found.tracks.registration, found.class_decision, found.registrations) == ("registered", "open", ())
    assert task(found, "decide_class:2026440000000001").closed_on is None
    assert told(*BEFORE) == (False, "yes", True, "no")
    assert told(*BEFORE, STANDS[0]) == (False, "yes", True, "no")


def test_two_people_let_it_stand_from_their_day_on() -> None:
    found = position(*BEFORE, *STANDS)
    assert (codes(*BEFORE, *STANDS), found.class_decision) == ([], "stands")
    assert [(str(one.from_on), one.until_on) for one in found.registrations] == [("2026-05-04", None)]
    assert told(*BEFORE, *STANDS) == (True, "yes", False, "yes")
    assert str(task(found, "decide_class:2026440000000001").closed_on) == "2026-05-04"


def test_two_people_let_nothing_rest_on_it() -> None:
    assert told(*BEFORE, *REFUSED) == (False, "no", False, "no")
    (claimed,) = receipts_for_settlements(position(*BEFORE, *REFUSED), offer())
    assert (claimed.registered_on, claimed.registered_class, claimed.registered_amount) == (None, None, None)


def test_of_two_decisions_of_one_day_the_stricter_stands() -> None:
    refused = act("decide_class", "2026-05-04", again=1, decision="does_not_count")
    signed = act("countersign", "2026-05-04", again=1, role=Role.OPERATOR, person="bernd", countersigns=refused.act_id)
    for one, other in permutations([STANDS, (refused, signed)]):
        assert position(*BEFORE, *one, *other).class_decision == "does_not_count"


def test_a_registration_in_the_right_class_afterwards_needs_no_decision() -> None:
    again = act("register", "2026-06-10", registration_number="2026440000000002", **AMOUNTS)
    life = (*BEFORE, act("cancel_registration", "2026-06-01"), act("apply", "2026-06-02"), again)
    found = position(*life)
    assert (found.class_decision, codes(*life), told(*life)) == (None, [], (True, "yes", False, "yes"))
    assert "decide_class:2026440000000001" not in keys(found.tasks)


def test_a_class_that_was_typed_wrongly_is_corrected_and_counts_from_its_own_day() -> None:
    correction = act(
        "correct_fact",
        "2026-05-04",
        role=Role.REGISTRAR,
        corrects=AS_TRANSFER.act_id,
        replacement={"contract_class": "licence"},
        reason="a" * 64,
    )
    found = position(*BEFORE, *countersigned(correction))
    assert (found.class_decision, str(found.registrations[0].from_on)) == (None, "2026-04-20")


def test_only_a_class_that_is_contradicted_is_decided_and_a_desks_word_about_another_is_a_finding() -> None:
    right = act("register", "2026-04-20", **AMOUNTS)
    before = facts(NOTICE, PAID, APPLIED, right)
    verdict = guard_licence(STANDS[0], position(NOTICE, PAID, APPLIED, right), before, offer(), CALENDAR)
    assert [one.code for one in verdict.refusals] == ["class_not_open"]
    assert not guard_licence(STANDS[0], position(*BEFORE), facts(*BEFORE), offer(), CALENDAR).refusals
    by_the_desk = countersigned(act("decide_class", "2026-05-04", role=Role.REGISTRAR))
    assert codes(NOTICE, PAID, APPLIED, right, *by_the_desk) == ["class_not_contradicted"]
