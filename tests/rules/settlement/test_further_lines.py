"""Where an amount goes wrong although every vector passes: subsidies, lines 15 to 46 of the list in docs."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from schemas.standing.surroundings import ClaimedReceipt, ClaimElsewhere, OwnerView, Succession
from schemas.statements.offer import OwnerPart, ShareBasis
from schemas.values.determination import Answer3
from tests.rules.settlement.facts import Run, adjusted, buyer, claim_of, given, paid, seller
from tests.rules.settlement.people import (
    BUYER,
    COMPANY,
    DECEMBER,
    JANUARY,
    MARCH,
    SECOND,
    SELLER,
    SHENZHEN,
    UNIVERSITY,
    line,
    number,
    receipt,
    with_scheme,
)


def test_15_one_voucher_for_several_licences_counts_once_with_the_part_of_each() -> None:
    # The platform's receipts are the licences' parts of the line; each is claimed by itself, and none of them twice.
    other = UUID(int=999)
    run = seller(receipt("r1", "700000", MARCH), receipt("r2", "500000", MARCH, licence_id=other))
    assert paid(run) == ["24000.00"]
    twice = {**line("r1"), "receipt_id": str(number("r1"))}
    with pytest.raises(ValueError, match="twice in one claim"):
        run.claim(line("r1"), twice)


def test_16_co_owners_claim_their_own_part_and_each_has_its_own_cap() -> None:
    parts = tuple(
        OwnerView(party_id=who, share=OwnerPart(numerator=part, denominator=4, basis=ShareBasis.AGREEMENT))
        for who, part in ((UNIVERSITY, 3), (SECOND, 1))
    )
    run = Run(SELLER, 2025, receipt("r1", "100000000", MARCH, licensors=parts)).called()
    run.accepted(run.claim(line("r1")), run.claim(line("r1"), who=SECOND))
    assert sorted(paid(run)) == ["1000000.00", "500000.00"]  # 75,000,000 is capped, 25,000,000 x 2 % = 500,000


def test_18_an_arrival_scheme_takes_the_voucher_amount_as_it_stands() -> None:
    assert paid(seller(receipt("r1", "1060000", MARCH))) == ["21200.00"]  # 6 % tax inside the price stays inside


def merged_on(on: date) -> ClaimedReceipt:
    gone = Succession(predecessor=SECOND, successor=UNIVERSITY, on=on)
    return receipt("r1", "60000000", MARCH, licensors=(OwnerView(party_id=SECOND),), successions=(gone,))


def test_11_the_successor_claims_what_arrived_at_whom_the_platform_knows_to_be_merged_into_it() -> None:
    both = (merged_on(date(2025, 6, 2)), receipt("r2", "60000000", DECEMBER))
    assert paid(seller(*both)) == ["1000000.00"]  # 2 % of 120,000,000 is capped once
    run = Run(SELLER, 2025, *both).called()
    run.accepted(run.claim(line("r2")), run.claim(line("r1"), who=SECOND))
    assert (given(run), given(run, SECOND)) == (("1000000.00", "0.00"), ("0.00", "1000000.00"))
    assert claim_of(run, SECOND).lines[0].because.startswith("D-16")


def test_11_a_merger_after_the_year_and_the_claim_leaves_the_claim_as_it_is() -> None:
    later = merged_on(date(2026, 2, 2))
    run = Run(SELLER, 2025, later).called()
    run.accepted(run.claim(line("r1"), who=SECOND))
    assert given(run, SECOND) == ("1000000.00", "0.00")


def test_45_a_class_of_other_measures_is_held_and_reserved_until_two_people_have_decided() -> None:
    undecided = receipt("r1", "1200000", MARCH, class_undecided=True)
    run = seller(undecided)
    assert (claim_of(run).lines[0].state, given(run)) == ("held", ("0.00", "24000.00"))
    assert claim_of(run).lines[0].because.startswith("D-49")
    assert given(run.knows(receipt("r1", "1200000", MARCH))) == ("24000.00", "0.00")
    bought = buyer(undecided.but(registered_class="transfer"))
    assert given(bought, COMPANY) == ("0.00", "120000.00")


def test_45_a_class_that_becomes_doubtful_after_the_lock_takes_nothing_back_until_two_people_have_decided() -> None:
    run = seller(receipt("r1", "1200000", MARCH)).locked()
    run.knows(receipt("r1", "1200000", MARCH, class_undecided=True))
    assert (adjusted(run), run.position.warnings) == ({}, ("amounts_unknown",))


@pytest.mark.parametrize(
    "registered_on",
    [date(2026, 1, 20), date(2026, 2, 1), date(2026, 2, 2)],
    ids=["before", "on", "after the claim day"],
)
def test_20_registration_after_the_receipt_is_enough_whenever_it_comes(registered_on: date) -> None:
    assert paid(seller(receipt("r1", "1200000", MARCH, registered_on=registered_on))) == ["24000.00"]


def test_21_a_registration_that_is_cancelled_later_takes_the_subsidy_back_with_the_next_run() -> None:
    run = seller(receipt("r1", "1200000", MARCH)).locked()
    run.knows(receipt("r1", "1200000", MARCH, registered=Answer3.NO, registered_on=None))
    assert adjusted(run) == {"authority": "-24000.00"}


def test_22_a_provisional_end_freezes_what_was_locked_and_holds_what_was_not() -> None:
    ending = receipt("r1", "0", MARCH, provisional=True)
    assert adjusted(seller(receipt("r1", "1200000", MARCH)).locked().knows(ending)) == {}
    assert claim_of(seller(ending)).lines[0].because.startswith("D-22")


def test_22_what_was_locked_under_an_end_that_became_provisional_waits_for_its_payment() -> None:
    run = seller(receipt("r1", "1200000", MARCH)).locked()
    assert [(one.key, one.provisional) for one in run.position.tasks] == [(f"pay:{run.position.lines[0].key}", False)]
    run.knows(receipt("r1", "1200000", MARCH, provisional=True))
    assert [(one.key, one.provisional) for one in run.position.tasks] == [(f"pay:{run.position.lines[0].key}", True)]
    assert (run.position.provisional, run.position.warnings) == (True, ("licence_end_provisional",))


def test_34_several_years_paid_at_once_count_whole_in_the_year_of_arrival() -> None:
    assert paid(seller(receipt("r1", "5000000", MARCH))) == ["100000.00"]


def elsewhere(scheme: str, on: date, owner: UUID = UNIVERSITY) -> ClaimElsewhere:
    return ClaimElsewhere(
        receipt_id=number("r1"),
        owner=owner,
        settlement_id=UUID(int=77),
        scheme=scheme,
        claimed_on=on,
        claimed_at=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=1),
    )


@pytest.mark.parametrize(
    ("clause", "on", "expected"),
    [
        ("", date(2026, 1, 15), ("0.00", "24000.00")),  # silent: the first claimed is paid, the second held
        ("", date(2026, 2, 20), ("24000.00", "0.00")),  # ours was the first
        ("stacking: {rule: none, among: [WH-2025-SELLER-2PCT]}", date(2026, 1, 15), ("0.00", "0.00")),
        ("stacking: {rule: best_of, among: [WH-2025-SELLER-2PCT]}", date(2026, 1, 15), ("0.00", "24000.00")),
        ("stacking: {rule: add, among: [WH-2025-SELLER-2PCT]}", date(2026, 1, 15), ("24000.00", "0.00")),
    ],
)
def test_42_a_receipt_in_two_schemes_follows_their_clause_and_without_one_the_second_claim_is_held(
    monkeypatch: pytest.MonkeyPatch, clause: str, on: date, expected: tuple[str, str]
) -> None:
    other = with_scheme(monkeypatch, "T-OTHER", *([clause] if clause else []))
    run = Run(SELLER, 2025).called().knows(receipt("r1", "1200000", MARCH), elsewhere=(elsewhere(other, on),))
    run.accepted(run.claim(line("r1")))
    assert given(run) == expected


def test_42_sellers_and_buyers_are_different_claimants() -> None:
    run = Run(SELLER, 2025).called()
    run.knows(receipt("r1", "1200000", MARCH), elsewhere=(elsewhere(BUYER, date(2026, 1, 15), COMPANY),))
    run.accepted(run.claim(line("r1")))
    assert paid(run) == ["24000.00"]


@pytest.mark.parametrize(("registered_class", "due"), [("transfer", ["50000.00", "50000.00"]), ("licence", [])])
def test_45_a_licence_counts_for_wuhans_buyer_by_the_class_it_was_registered_in(
    registered_class: str, due: list[str]
) -> None:
    assert paid(buyer(receipt("r1", "1000000", MARCH, registered_class=registered_class))) == due


def test_46_a_wrong_day_that_is_corrected_restates_the_year_it_leaves() -> None:
    run = seller(receipt("r1", "1200000", DECEMBER)).locked()
    run.knows(receipt("r1", "1200000", JANUARY))
    assert adjusted(run) == {"authority": "-24000.00"}
    assert claim_of(run).lines[0].in_window is False  # so that the year it comes to can claim it


def test_shenzhens_vectors_hold_in_a_settlement() -> None:
    # 874,000 -> 43,700; 20,000,000 and 23,000,000 -> 1,000,000.
    for amount, expected in (("874000", "43700.00"), ("20000000", "1000000.00"), ("23000000", "1000000.00")):
        run = Run(SHENZHEN, 2025, receipt("r1", amount, MARCH))
        run.tell(run.open_year(), *run.activated(), run.call())
        run.accepted(run.claim(line("r1"), region="guangdong.shenzhen"))
        assert paid(run) == [expected]
