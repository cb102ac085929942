"""What no fact closes two people close, with a reason; whatever else the filing is stays as it was (R2, R3)."""

from itertools import permutations

from rules.filing.guards import guard_dismissal, guard_second_person
from rules.kinds import LICENCE
from schemas.acts.licence import LICENCE_ACT, LicenceAct
from schemas.standing.position import LicencePosition
from tests.rules.licence.story import CALENDAR, HASH, NOTICE, PAID, act, countersigned, facts, offer

BOOKED = act("book_receipt", "2026-03-11")
TWICE = act("book_receipt", "2026-03-12", again=1)
LIFE = (NOTICE, PAID, BOOKED, TWICE)


def position(*acts: LicenceAct) -> LicencePosition:
    return LICENCE.derive(facts(*acts), offer(), CALENDAR)


(OPEN,) = position(*LIFE).findings
DISMISSED, SIGNED = countersigned(act("dismiss_finding", "2026-04-01", role=None, finding=OPEN.key, reason=HASH))


def test_a_finding_is_open_until_a_second_person_countersigns_its_dismissal() -> None:
    assert [one.key for one in position(*LIFE, DISMISSED).findings] == [OPEN.key]
    assert position(*LIFE, DISMISSED, SIGNED).findings == ()


def test_a_dismissal_changes_nothing_but_the_finding_in_whatever_order_it_is_told() -> None:
    before = position(*LIFE)
    for told in permutations((BOOKED, TWICE, DISMISSED, SIGNED)):
        assert position(NOTICE, PAID, *told).but(findings=before.findings) == before


def test_only_what_is_open_can_be_dismissed() -> None:
    assert [*guard_dismissal(DISMISSED, position(*LIFE))] == []
    (no,) = guard_dismissal(DISMISSED, position(*LIFE, DISMISSED, SIGNED))
    assert (no.refusal.code, no.refusal.where) == ("finding_not_open", "finding")


def test_nobody_dismisses_alone() -> None:
    alone = SIGNED.but(by=DISMISSED.by)
    assert [one.refusal.code for one in guard_second_person(alone, facts(*LIFE, DISMISSED), LICENCE_ACT)] == [
        "same_person"
    ]
