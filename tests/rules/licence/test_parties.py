"""Who comes into a licensor's or licensee's place is that party from its legal day on (Civil Code 67)."""

from datetime import date
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from rules.licence.guards import guard_licence
from rules.licence.parties.substitution import successions_of
from rules.licence.payouts import licence_view_for_payouts, payouts_called_for
from rules.licence.settlements import receipts_for_settlements
from rules.schemes.receipts import receipt_items
from schemas.standing.surroundings import LicenceSurroundings, OwnerView, PatenteeChange
from schemas.statements.offer import OwnerPart, ShareBasis
from schemas.values.actor import Role
from schemas.values.identifiers import derived_id
from tests.rules.licence.story import (
    CALENDAR,
    HASH,
    LICENSEE,
    NOTICE,
    PAID,
    PERSON,
    UNIT,
    act,
    countersigned,
    facts,
    keys,
    offer,
    position,
    terms,
)

SUCCESSOR, LAST, CO_OWNER = (derived_id("test", name) for name in ("successor", "last successor", "co-owner"))
PARTS = terms(
    "instalments", instalments=({"amount": "10000.00", "after_months": 0}, {"amount": "5000.00", "after_months": 12})
)
STANDS_ON = offer(PARTS)
EARLY = act("book_receipt", "2026-03-12")
LATE = act(
    "book_receipt",
    "2027-03-12",
    amount="5000.00",
    serial="2",
    allocations=({"obligation": "due:2", "amount": "5000.00"},),
)
MERGED_ON = "2026-07-01"


def substituted(successor: UUID = SUCCESSOR, on: str = MERGED_ON, ground: str | None = "merger", **fields: Any) -> Any:
    given = {"side": "licensor", "successor": successor, "ground": ground, "proof": HASH, **fields}
    return act("substitute_party", on, role=Role.LICENSOR, again=successor.int % 97, **given)


MERGED, ASSIGNED = substituted(), substituted(ground="assignment")
LIFE = (NOTICE, PAID, EARLY, LATE)


def licensors(*acts: Any, at: LicenceSurroundings = STANDS_ON) -> list[tuple[UUID, str | None, str | None]]:
    return [
        (one.party_id, str(one.from_on) if one.from_on else None, str(one.until_on) if one.until_on else None)
        for one in position(*acts, at=at).licensors
    ]


def test_the_position_says_who_is_licensor_now_and_who_was_when() -> None:
    assert licensors(*LIFE) == [(UNIT, None, None)]
    found = position(*LIFE, MERGED, at=STANDS_ON)
    assert licensors(*LIFE, MERGED) == [(UNIT, None, MERGED_ON), (SUCCESSOR, MERGED_ON, None)]
    assert [(one.ground, one.instead_of) for one in found.licensors] == [(None, None), ("merger", UNIT)]


def payees(*acts: Any, at: LicenceSurroundings = STANDS_ON) -> list[UUID]:
    return [one.unit for one in payouts_called_for(position(*acts, at=at), at)]


@pytest.mark.parametrize("act_of_it", [MERGED, ASSIGNED])
def test_a_receipt_belongs_to_who_was_licensor_on_the_day_it_arrived(act_of_it: Any) -> None:
    assert payees(*LIFE) == [UNIT, UNIT]
    assert payees(*LIFE, act_of_it) == [UNIT, SUCCESSOR]
    found = position(*LIFE, act_of_it, at=STANDS_ON)
    claimed = receipts_for_settlements(found, STANDS_ON)
    assert [[one.party_id for one in receipt.licensors] for receipt in claimed] == [[UNIT], [SUCCESSOR]]
    assert {owner: len(items) for owner, items in receipt_items(found, STANDS_ON).items()} == {
        str(UNIT): 1,
        str(SUCCESSOR): 1,
    }


@pytest.mark.parametrize(("arrived", "payee"), [("2026-06-30", UNIT), (MERGED_ON, SUCCESSOR)])
def test_the_legal_day_itself_is_the_successors(arrived: str, payee: UUID) -> None:
    receipt = act("book_receipt", arrived)
    assert payees(NOTICE, PAID, receipt, MERGED) == [payee]


def test_it_does_not_depend_on_when_it_was_recorded() -> None:
    again = substituted(LAST, "2026-12-01", "rename")
    orders = [position(NOTICE, *rest, at=STANDS_ON) for rest in permutations((PAID, LATE, MERGED, again))]
    assert len({one.licensors for one in orders}) == 1
    assert len({tuple(payouts_called_for(one, STANDS_ON)) for one in orders}) == 1


def test_two_of_one_day_follow_from_who_is_there() -> None:
    second = substituted(LAST, MERGED_ON, "rename", predecessor=SUCCESSOR)
    for acts in ((MERGED, second), (second, MERGED)):
        assert payees(*LIFE, *acts) == [UNIT, LAST]
        assert [(one.predecessor, one.successor) for one in successions_of(position(*LIFE, *acts))] == [
            (UNIT, SUCCESSOR),
            (SUCCESSOR, LAST),
        ]


def test_a_corrected_day_moves_the_receipts_back() -> None:
    correction = act(
        "correct_fact",
        "2027-04-01",
        role=Role.LICENSOR,
        corrects=MERGED.act_id,
        replacement={"on": "2027-04-01"},
        reason=HASH,
    )
    assert payees(*LIFE, MERGED, *countersigned(correction)) == [UNIT, UNIT]


def test_a_merger_and_a_rename_carry_everything_over_and_an_assignment_does_not() -> None:
    for ground, carried in (("merger", 1), ("rename", 1), (None, 1), ("assignment", 0)):
        found = position(*LIFE, substituted(ground=ground), at=STANDS_ON)
        assert len(licence_view_for_payouts(found, STANDS_ON).successions) == carried


def test_why_it_came_is_asked_until_somebody_says_it_and_keeps_no_licence_open() -> None:
    key = f"state_ground:{substituted(ground=None).act_id}"
    assert key in keys(position(*LIFE, substituted(ground=None), at=STANDS_ON).tasks)
    assert key not in keys(position(*LIFE, MERGED, at=STANDS_ON).tasks)


def shared() -> LicenceSurroundings:
    part: dict[str, Any] = {"denominator": 4, "basis": ShareBasis.AGREEMENT}
    return offer(
        PARTS,
        owners=(
            OwnerView(party_id=UNIT, share=OwnerPart(numerator=3, **part)),
            OwnerView(party_id=CO_OWNER, share=OwnerPart(numerator=1, **part)),
        ),
    )


def test_of_several_licensors_it_is_said_whose_place_is_taken_and_the_part_goes_with_it() -> None:
    at = shared()
    assert [one.code for one in position(*LIFE, MERGED, at=at).findings] == ["substituted_nobody"]
    named = substituted(predecessor=CO_OWNER)
    later = receipts_for_settlements(position(*LIFE, named, at=at), at)[1]
    assert {one.party_id: str(one.share.fraction) for one in later.licensors if one.share} == {
        UNIT: "3/4",
        SUCCESSOR: "1/4",
    }


def test_a_co_owner_that_takes_the_others_place_has_both_parts() -> None:
    for at in (shared(), offer(PARTS, owners=(OwnerView(party_id=UNIT), OwnerView(party_id=CO_OWNER)))):
        bought = substituted(UNIT, ground="assignment", predecessor=CO_OWNER)
        found = position(*LIFE, bought, at=at)
        assert [one.share for one in receipts_for_settlements(found, at)[1].licensors] == [None]
        assert payees(*LIFE, bought, at=at) == [UNIT, CO_OWNER, UNIT]


def test_equal_parts_that_are_joined_are_stated_for_all() -> None:
    at = offer(PARTS, owners=tuple(OwnerView(party_id=one) for one in (UNIT, CO_OWNER, LAST)))
    found = position(*LIFE, substituted(UNIT, ground="assignment", predecessor=CO_OWNER), at=at)
    later = receipts_for_settlements(found, at)[1].licensors
    assert {one.party_id: str(one.share.fraction) for one in later if one.share} == {UNIT: "2/3", LAST: "1/3"}


def test_a_natural_person_that_comes_owes_no_payout() -> None:
    at = STANDS_ON.but(persons=(PERSON,))
    assert payees(*LIFE, substituted(PERSON, ground="assignment"), at=at) == [UNIT]


def test_the_same_party_under_another_name_changes_nothing() -> None:
    renamed = substituted(UNIT, ground="rename")
    assert licensors(*LIFE, renamed) == [(UNIT, None, None)]


def test_a_licensee_that_comes_has_paid_what_was_paid_since() -> None:
    came = substituted(SUCCESSOR, ground=None, side="licensee")
    found = position(*LIFE[:3], act("book_receipt", "2027-03-12", amount="5000.00", serial="2", paid_on="2027-03-11"))
    assert {one.licensee for one in receipts_for_settlements(found, STANDS_ON)} == {LICENSEE}
    later = act("book_receipt", "2027-03-12", amount="5000.00", serial="2", paid_on="2027-03-11")
    found = position(*LIFE[:3], later, came, at=STANDS_ON)
    assert [one.licensee for one in receipts_for_settlements(found, STANDS_ON)] == [LICENSEE, SUCCESSOR]
    assert next((one.party_id, one.until_on) for one in found.licensees) == (LICENSEE, date(2026, 7, 1))


def refused(one: Any, *before: Any, at: LicenceSurroundings = STANDS_ON) -> tuple[list[str], list[str]]:
    verdict = guard_licence(one, position(*before, at=at), facts(*before), at, CALENDAR)
    return [no.code for no in verdict.refusals], [no.code for no in verdict.warnings]


def by(kind: str, on: str, role: Role, organisation: UUID, **fields: Any) -> Any:
    made = act(kind, on, role=role, **fields)
    return made.but(by=made.by.but(organisation_id=organisation))


def test_from_its_day_on_the_successor_acts_and_the_predecessor_does_not() -> None:
    before = (*LIFE, MERGED)
    for on, organisation, codes in (
        (MERGED_ON, SUCCESSOR, []),
        (MERGED_ON, UNIT, ["not_yours"]),
        ("2026-06-30", UNIT, []),
        ("2026-06-30", SUCCESSOR, ["not_yours"]),
    ):
        assert refused(by("deliver_material", on, Role.LICENSOR, organisation), *before)[0] == codes


def test_the_finance_of_both_confirms_receipts() -> None:
    for organisation in (UNIT, SUCCESSOR):
        assert refused(by("confirm", "2027-04-01", Role.FINANCE, organisation), *LIFE, MERGED)[0] == []


def test_whose_place_is_taken_is_checked_on_the_day() -> None:
    assert refused(MERGED, *LIFE) == ([], [])
    assert refused(substituted(ground=None), *LIFE) == ([], ["substitution_ground_missing"])
    assert refused(substituted(predecessor=CO_OWNER), *LIFE)[0] == ["predecessor_unknown"]
    assert refused(MERGED, *LIFE, at=shared())[0] == ["predecessor_missing"]


TOLD = derived_id("test", "patentee change")
UNTOLD = f"state_substitution:{TOLD}"


def change(told: UUID = TOLD, ground: Any = "merger", on: str = MERGED_ON, by: Role = Role.OFFICE) -> PatenteeChange:
    return PatenteeChange(act_id=told, on=date.fromisoformat(on), ground=ground, told_by=by)


def changed(ground: Any = "merger") -> LicenceSurroundings:
    """The office told of the declaration that another patentee came."""
    return offer(PARTS, patentee_changes=(change(ground=ground),))


def asked(*acts: Any, at: LicenceSurroundings) -> bool | None:
    """Whether the substitution is still asked for; None where it never was."""
    return next((one.closed_on is None for one in position(*acts, at=at).tasks if one.key == UNTOLD), None)


def test_a_change_of_the_patentee_asks_its_licences_for_their_substitution() -> None:
    assert asked(*LIFE, at=changed())
    assert asked(*LIFE, MERGED, at=changed()) is False
    assert asked(*LIFE, substituted(ground=None), at=changed()) is False
    assert asked(*LIFE, ASSIGNED, at=changed())
    assert asked(*LIFE, ASSIGNED, at=changed("assignment")) is False
    assert asked(*LIFE, substituted(on="2026-07-02"), at=changed())
    assert asked(*LIFE, substituted(on="2026-06-01"), at=changed()) is False


def test_a_licence_that_was_over_by_then_is_not_asked_and_one_that_ends_later_can_end() -> None:
    assert asked(NOTICE, PAID, act("terminate", "2026-06-30"), at=changed()) is None
    ended = position(NOTICE, act("pay", "2026-03-10", amount="15000.00"), act("terminate", "2026-08-01"), at=changed())
    never = position(NOTICE, act("pay", "2026-03-10", amount="15000.00"), act("terminate", "2026-08-01"), at=STANDS_ON)
    assert UNTOLD in keys(ended.tasks)
    assert ended.ended == never.ended


OTHER_CHANGE = derived_id("test", "another change")


def still_asked(*acts: Any, at: LicenceSurroundings) -> int:
    return sum(one.closed_on is None for one in position(*acts, at=at).tasks if one.what == "state_substitution")


def test_of_two_changes_each_has_a_substitution_of_its_own() -> None:
    both = shared().offer.but(patentee_changes=(change(), change(OTHER_CHANGE)))
    at = LicenceSurroundings(offer=both)
    first, second = substituted(predecessor=UNIT), substituted(LAST, predecessor=CO_OWNER)
    assert [still_asked(*LIFE, *told, at=at) for told in ((), (first,), (first, second))] == [2, 1, 0]


def test_one_change_that_patentee_and_office_tell_has_one_substitution() -> None:
    entered = change(OTHER_CHANGE, on="2026-09-20")
    at = offer(PARTS, patentee_changes=(change(by=Role.LICENSOR), entered))
    assert [still_asked(*LIFE, *told, at=at) for told in ((), (MERGED,))] == [2, 0]
