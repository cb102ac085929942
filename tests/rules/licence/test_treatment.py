"""Equal treatment of the licensees of one offer: a difference is a finding that names the others, never a refusal."""

from typing import Any

import pytest

from rules.licence.guards import guard_licence
from schemas.standing.surroundings import LicenceSurroundings, TreatedElsewhere
from schemas.values.identifiers import derived_id
from schemas.values.money import Money
from tests.rules.licence.story import CALENDAR, NOTICE, act, countersigned, facts, offer, position, terms

LATER = terms("lump_sum", amount="10000.00", first_payment_after_months=12)
OVERDUE = (NOTICE, act("pass_day", "2027-04-30"))
OTHER, THIRD = sorted((derived_id("test", "other licence"), derived_id("test", "third licence")))


def closing(kind: str, amount: str = "10000.00") -> Any:
    return act(kind, "2027-05-01", amount=amount)


def beside(*treated: tuple[Any, str, str]) -> LicenceSurroundings:
    """The offer with licences of others: what they owe of their first due, and what of it was given up."""
    others = tuple(
        TreatedElsewhere(licence_id=one, obligation="due:1", owed=Money.of(owed), given_up=Money.of(given_up))
        for one, owed, given_up in treated
    )
    return offer(LATER).but(elsewhere=others)


def found(*acts: Any, at: LicenceSurroundings) -> list[tuple[Any, tuple[Any, ...]]]:
    return [
        (one.about, one.others)
        for one in position(*OVERDUE, *acts, at=at).findings
        if one.code == "treated_differently"
    ]


@pytest.mark.parametrize("kind", ["settle", "waive", "write_off"])
def test_an_overdue_due_that_is_given_up_here_and_not_elsewhere_is_a_finding_that_names_the_others(kind: str) -> None:
    at, asked = beside((OTHER, "10000.00", "0.00"), (THIRD, "10000.00", "10000.00")), closing(kind)
    assert found(*countersigned(asked), at=at) == [(asked.act_id, (OTHER,))]
    assert found(asked, at=at) == []  # one person gives up nothing


@pytest.mark.parametrize(
    ("amount", "treated", "others"),
    [
        ("10000.00", (OTHER, "10000.00", "10000.00"), ()),
        ("2500.00", (OTHER, "8000.00", "2000.00"), ()),
        ("2500.00", (OTHER, "8000.00", "2000.01"), (OTHER,)),
        ("10000.00", (OTHER, "10000.00", "9999.99"), (OTHER,)),
    ],
)
def test_it_is_the_part_that_is_compared_and_not_the_amount(amount: str, treated: Any, others: Any) -> None:
    found_others = [one for _, one in found(*countersigned(closing("waive", amount)), at=beside(treated))]
    assert found_others == ([others] if others else [])


def test_of_several_acts_the_sum_is_compared_and_the_last_one_is_meant() -> None:
    first, second = closing("settle", "4000.00"), act("waive", "2027-05-02", amount="6000.00")
    at = beside((OTHER, "10000.00", "4000.00"))
    assert found(*countersigned(first), at=at) == []
    assert found(*countersigned(first), *countersigned(second), at=at) == [(second.act_id, (OTHER,))]


def test_what_a_later_report_took_off_is_no_treatment() -> None:
    running = terms("running", base="net_sales", rates=({"from_year": 1, "percent": "2"},), period="quarter")
    reported = (
        act("report_sales", "2026-06-10", period=1, sales={"net_sales": "50000.00"}),
        act("correct_report", "2026-06-20", period=1, correction=1, sales={"net_sales": "40000.00"}),
    )
    one = position(NOTICE, *reported, at=offer(running)).obligations[0]
    assert [str(amount) for amount in (one.closed, one.given_up, one.owed)] == ["200.00", "0.00", "800.00"]


def test_whoever_asks_is_warned_before_the_second_person_signs() -> None:
    at, before = beside((OTHER, "10000.00", "0.00")), facts(*OVERDUE)
    verdict = guard_licence(closing("waive"), position(*OVERDUE, at=at), before, at, CALENDAR)
    assert verdict.refusals == ()
    assert [(one.code, one.facts["others"]) for one in verdict.warnings] == [("treated_differently", str(OTHER))]
    alike = beside((OTHER, "10000.00", "10000.00"))
    assert not guard_licence(closing("waive"), position(*OVERDUE, at=alike), before, alike, CALENDAR).warnings
