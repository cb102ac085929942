"""Where an amount goes wrong although every vector passes: subsidies, lines 1 to 13 of the list in docs."""

from datetime import date
from uuid import UUID

import pytest

from schemas.standing.surroundings import Carried, OwnerView
from tests.rules.settlement.facts import Run, adjusted, buyer, claim_of, given, paid, seller
from tests.rules.settlement.people import (
    DECEMBER,
    JANUARY,
    MARCH,
    OFFICER,
    OTHER_OFFICER,
    PAPER,
    SECOND,
    SELLER,
    UNIVERSITY,
    code,
    line,
    number,
    receipt,
    with_scheme,
    yuan,
)


def test_1_the_day_of_arrival_decides_the_year_and_not_the_day_of_payment_or_of_recording() -> None:
    # Contract 3,000,000; 1,200,000 x 2 % = 24,000; what arrived in January is of the next year.
    run = seller(receipt("r1", "1200000", DECEMBER), receipt("r2", "1800000", JANUARY, paid_on=DECEMBER))
    assert paid(run) == ["24000.00"]


def test_2_receipts_count_and_not_the_contract_amount() -> None:
    assert paid(seller(receipt("r1", "1200000", MARCH, contract_amount=yuan("3000000")))) == ["24000.00"]


def test_3_what_was_received_above_the_registered_amount_waits_for_a_registered_change() -> None:
    # 900,000 arrived and 600,000 are registered: 600,000 x 10 % = 60,000, half each.
    run = buyer(receipt("r1", "900000", MARCH, registered_amount=yuan("600000")))
    assert paid(run) == ["30000.00", "30000.00"]
    run.knows(receipt("r1", "900000", MARCH))
    assert paid(run.tell(run.calculate(run.day(3, 2)))) == ["45000.00", "45000.00"]


def test_4_a_reversal_makes_the_origin_receipt_smaller_and_nothing_of_the_later_year() -> None:
    run = seller(receipt("r1", "1200000", MARCH))
    run.knows(receipt("r1", "700000", MARCH))
    assert paid(run.tell(run.calculate(run.day(3, 2)))) == ["14000.00"]


def test_5_a_reversal_after_the_lock_is_calculated_under_the_origin_years_cap() -> None:
    # 60,000,000 x 2 % = 1,200,000, capped at 1,000,000; 45,000,000 x 2 % = 900,000, so 100,000 go back and no more.
    run = seller(receipt("r1", "60000000", MARCH)).locked()
    assert adjusted(run.knows(receipt("r1", "52000000", MARCH))) == {}
    assert adjusted(run.knows(receipt("r1", "45000000", MARCH))) == {"authority": "-100000.00"}
    assert paid(run) == ["1000000.00"]


def test_6_a_refund_that_crosses_the_threshold_takes_the_whole_subsidy_of_the_year_and_mirrors_its_split() -> None:
    run = buyer(receipt("r1", "500000", MARCH)).locked()
    assert paid(run) == ["25000.00", "25000.00"]
    run.knows(receipt("r1", "499999.99", MARCH))
    assert {one.payer: str(one.amount) for one in run.position.adjustments} == {
        "city": "-25000.00",
        "district": "-25000.00",
    }


def test_7_the_lines_of_a_year_add_up_to_the_truncated_total_and_not_to_truncated_receipts() -> None:
    # 0.75 x 2 % = 0.015 and twice that is 0.03: two truncated receipts would give 0.02.
    assert paid(seller(receipt("r1", "0.75", MARCH), receipt("r2", "0.75", DECEMBER))) == ["0.03"]


def test_8_the_city_has_the_odd_fen_and_each_side_gives_back_what_it_gave() -> None:
    # 500,000.10 x 10 % = 50,000.01; after the refund 50,000.00: only the city gives back.
    run = buyer(receipt("r1", "500000.10", MARCH)).locked()
    assert paid(run) == ["25000.01", "25000.00"]
    run.knows(receipt("r1", "500000.00", MARCH))
    assert {one.payer: str(one.amount) for one in run.position.adjustments} == {"city": "-0.01"}


def shared(monkeypatch: pytest.MonkeyPatch, budget: str) -> Run:
    scheme = with_scheme(monkeypatch, "T-BUDGET", "budget: {when_short: pro_rata}")
    receipts = (receipt("r1", "1000", MARCH), receipt("r2", "2000", MARCH, licensors=(OwnerView(party_id=SECOND),)))
    return Run(scheme, 2025, *receipts).called(budget=yuan(budget))


def test_9_held_claims_take_part_in_a_pro_rata_and_are_reserved_and_late_ones_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = shared(monkeypatch, "150")
    mine, held = run.claim(line("r1")), run.claim(line("r2"), who=SECOND)
    run.tell(mine, held, run.accept(mine), run.hold(held), run.calculate())
    assert (given(run), given(run, SECOND)) == (("50.00", "0.00"), ("0.00", "100.00"))  # 300 claimed, 150 there
    late = shared(monkeypatch, "150")
    in_time, too_late = late.claim(line("r1")), late.claim(line("r2"), who=SECOND, on=late.day(3, 1))
    late.tell(in_time, too_late, late.accept(in_time), late.accept(too_late), late.calculate(late.day(3, 2)))
    assert (given(late), given(late, SECOND)) == (("100.00", "0.00"), ("0.00", "0.00"))
    assert [one.code for one in late.position.findings] == ["claimed_late"]


def test_9_a_reserve_of_what_is_rejected_stays_unspent_and_one_of_what_is_accepted_is_paid_by_the_same_year(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = shared(monkeypatch, "150")
    mine, held = run.claim(line("r1")), run.claim(line("r2"), who=SECOND)
    run.tell(mine, held, run.accept(mine), run.hold(held), run.calculate()).locked()
    freed = Run(run.scheme, 2025, *run.surroundings.receipts)
    freed.facts = [*run.facts]
    freed.tell(freed.reject(held))
    assert (paid(freed), freed.position.adjustments, freed.position.supplement) == (["50.00"], (), None)
    run.tell(run.accept(held))
    assert run.position.adjustments == ()  # nothing for the next run, which may never come
    assert run.position.supplement is not None
    assert [(one.key, str(one.amount)) for one in run.position.supplement.lines] == [
        (f"{code(SECOND)}:authority", "100.00")
    ]


def test_10_the_cap_is_of_the_legal_person_so_campuses_share_it_and_a_rename_changes_nothing() -> None:
    run = Run(SELLER, 2025, receipt("r1", "40000000", MARCH), receipt("r2", "40000000", MARCH)).called()
    run.accepted(run.claim(line("r1"), line("r2")))
    assert paid(run) == ["1000000.00"]
    # Another campus, another name, another party: the same credit code.
    campus = run.claim(line("r2"), who=SECOND, credit_code=code(UNIVERSITY))
    assert "claim_exists" in run.refused(campus)


def test_11_a_merged_beneficiary_has_one_cap_with_the_receipts_of_both() -> None:
    merged = {"party": SECOND, "credit_code": code(SECOND), "merged_on": date(2025, 6, 1), "proof": PAPER}
    run = Run(
        SELLER,
        2025,
        receipt("r1", "40000000", MARCH),
        receipt("r2", "40000000", MARCH, licensors=(OwnerView(party_id=SECOND),)),
    ).called()
    run.accepted(run.claim(line("r1"), line("r2"), predecessors=(merged,)))
    assert paid(run) == ["1000000.00"]
    assert "claim_exists" in run.refused(run.claim(line("r2"), who=SECOND))


def test_11_what_the_predecessor_owes_from_earlier_years_its_successor_bears() -> None:
    merged = {"party": SECOND, "credit_code": code(SECOND), "merged_on": date(2025, 6, 1), "proof": PAPER}
    run = Run(SELLER, 2025, receipt("r1", "1000000", MARCH)).called()
    earlier = Carried(
        settlement_id=UUID(int=9),
        version=7,
        credit_code=code(SECOND),
        claimant=SECOND,
        payer="authority",
        amount=yuan("-5000"),
    )
    run.knows(*run.surroundings.receipts, carried=(earlier,))
    run.accepted(run.claim(line("r1"), predecessors=(merged,)))
    assert [(one.credit_code, str(one.due)) for one in run.position.lines] == [(code(UNIVERSITY), "15000.00")]


@pytest.mark.parametrize(
    ("seats", "state"),
    [
        ([(2000, "hubei.wuhan")], "accepted"),
        ([(2000, "hubei.wuhan"), (2026, "hunan.changsha")], "held"),
        ([(2000, "hunan.changsha"), (2026, "hubei.wuhan")], "held"),
    ],
)
def test_12_a_seat_that_moved_holds_the_line_unless_both_days_lie_in_the_region(
    seats: list[tuple[int, str]], state: str
) -> None:
    moved = [{"since_on": date(year, 1, 1), "region": region} for year, region in seats]
    run = seller(receipt("r1", "1200000", MARCH), facts={"kind": "university", "seats": moved})
    assert claim_of(run).lines[0].state == state
    assert given(run) == (("24000.00", "0.00") if state == "accepted" else ("0.00", "24000.00"))


def test_12_a_seat_that_never_lay_in_the_region_gives_nothing_and_reserves_nothing() -> None:
    elsewhere = [{"since_on": date(2000, 1, 1), "region": "hunan.changsha"}]
    run = seller(receipt("r1", "1200000", MARCH), facts={"kind": "university", "seats": elsewhere})
    assert given(run) == ("0.00", "0.00")


def test_13_where_the_scheme_is_silent_a_related_party_is_held_for_two_people_and_never_decided_by_itself() -> None:
    run = seller(receipt("r1", "1200000", MARCH, licensee_is_affiliate=True))
    assert (claim_of(run).lines[0].state, given(run)) == ("held", ("0.00", "24000.00"))
    claim = claim_of(run)
    for decision, expected in (("pays", ("24000.00", "0.00")), ("excluded", ("0.00", "0.00"))):
        decided = Run(SELLER, 2025, *run.surroundings.receipts)
        decided.facts = [*run.facts]
        act = decided.act(
            "decide_relation",
            decided.day(2, 20),
            claim=claim.claim_id,
            lines=(str(number("r1")),),
            decision=decision,
            paper=PAPER,
        )
        decided.tell(act)
        assert given(decided) == ("0.00", "24000.00")  # one person decides nothing
        decided.tell(decided.act("countersign", decided.day(2, 21), party=OTHER_OFFICER, countersigns=act.act_id))
        assert given(decided) == expected
    assert OFFICER != OTHER_OFFICER


def test_13_where_the_scheme_excludes_related_parties_their_receipts_count_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scheme = with_scheme(monkeypatch, "T-RELATED", "related_parties: excluded")
    run = Run(scheme, 2025, receipt("r1", "1000", MARCH), receipt("r2", "500", MARCH, licensee_is_affiliate=True))
    run.called().accepted(run.claim(line("r1"), line("r2")))
    assert paid(run) == ["100.00"]
