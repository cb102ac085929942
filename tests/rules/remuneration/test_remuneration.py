"""Who gets how much of a licence's income, under the law, under a rule, and under an agreement."""

from datetime import date

import pytest

from rules.remuneration.pool import UNDISTRIBUTED_TEAM, minima_refusals
from rules.remuneration.remuneration import determine, owners_shares, pool
from schemas.statements.remuneration import Costs, OwnerShare, Part
from schemas.values.money import Money
from tests.rules.remuneration.facts import (
    DAY,
    LAB,
    P1,
    P2,
    P3,
    PARTNER,
    TEAM,
    UNIT,
    completer,
    costs,
    lines,
    receipt,
    rule,
    signed,
    steps,
    sum_of,
    unit,
    yuan,
)
from texts.words import refusal_text

EXAMPLE = receipt("100000", borne=costs("600", "2000", "3400"))  # net 94,000


def test_where_nothing_is_agreed_half_of_the_net_income_goes_to_those_who_made_it() -> None:
    made = determine(unit(state_set=False), [EXAMPLE], "r1")
    assert steps(made)["net income over the life of the licence"] == "94000.00"
    assert sum_of(made) == yuan("47000")
    assert lines(made) == {str(P1): yuan("28200"), str(P2): yuan("18800")}
    assert made.reads[0].citation.provision == "Law on Promoting Transformation art. 45(1)(1)"


def test_zhejiang_binds_its_own_universities_to_seventy_percent_and_two_least_parts() -> None:
    shares = signed(
        completer(P1, "70", Part.MAIN_CONTRIBUTOR),
        completer(P2, "25", Part.CONTRIBUTOR),
        completer(P3, "5", Part.TRANSFER_STAFF),
    )
    made = determine(unit(region="zhejiang", contributions=shares), [EXAMPLE], "r1")
    assert lines(made) == {str(P1): yuan("46060"), str(P2): yuan("16450"), str(P3): yuan("3290")}
    assert sum_of(made) == yuan("65800")
    assert steps(made)["main_contributors have at least 70 % of the pool"] == "yes"
    assert "5 % of 65800.00 against 3290.00" in [step.how for step in made.steps]


@pytest.mark.parametrize(
    ("region", "state_set", "on"),
    [("zhejiang", False, DAY), ("zhejiang", True, date(2021, 9, 29)), ("beijing", True, DAY), ("", True, DAY)],
)
def test_half_is_the_floor_outside_a_mandatory_regional_one(region: str, state_set: bool, on: date) -> None:
    one = receipt("100000", on=on, borne=costs("600", "2000", "3400"))
    assert sum_of(determine(unit(region=region, state_set=state_set), [one], "r1")) == yuan("47000")


def test_the_university_in_hefei_gives_eighty_ten_ten_of_the_income_and_need_not_state_costs() -> None:
    published = rule(
        "income",
        (TEAM, "team", "80"),
        (LAB, "department", "10"),
        (UNIT, "institution", "10"),
        team=((P1, "30.000"), (P2, "30.000")),
    )
    made = determine(unit(published, region="anhui"), [receipt("1748200", borne=Costs())], "r1")
    assert lines(made) == {
        str(P1): yuan("419568"),
        str(P2): yuan("419568"),
        UNDISTRIBUTED_TEAM: yuan("559424"),
        str(LAB): yuan("174820"),
        str(UNIT): yuan("174820"),
    }


def test_a_sole_inventor_gets_ninety_percent_of_the_income() -> None:
    published = rule("income", (P1, "person", "90"), (UNIT, "institution", "10"))
    made = determine(unit(published), [receipt("30000", on=date(2019, 10, 8), borne=Costs())], "r1")
    assert lines(made) == {str(P1): yuan("27000"), str(UNIT): yuan("3000")}


def test_a_rule_on_net_income_takes_off_every_stated_cost() -> None:
    published = rule("net_income", (P1, "person", "70"), (UNIT, "institution", "30"))
    made = determine(unit(published), [receipt("1000", borne=costs("10", "20", "30", "40"))], "r1")
    assert lines(made) == {str(P1): yuan("630"), str(UNIT): yuan("270")}


def test_a_stingy_rule_of_a_state_body_is_lifted_to_the_floor_and_of_another_is_kept() -> None:
    stingy = rule("net_income", (P1, "person", "20"), (UNIT, "institution", "80"))
    assert lines(determine(unit(stingy), [EXAMPLE], "r1")) == {str(P1): yuan("47000"), str(UNIT): yuan("47000")}
    kept = determine(unit(stingy, state_set=False), [EXAMPLE], "r1")
    assert lines(kept) == {str(P1): yuan("18800"), str(UNIT): yuan("75200")}


def test_a_rule_that_gives_the_makers_nothing_falls_back_on_signed_contributions_in_a_state_body() -> None:
    nothing = rule("net_income", (UNIT, "institution", "100"))
    made = determine(unit(nothing), [EXAMPLE], "r1")
    assert lines(made) == {str(P1): yuan("28200"), str(P2): yuan("18800"), str(UNIT): yuan("47000")}
    assert lines(determine(unit(nothing, state_set=False), [EXAMPLE], "r1")) == {str(UNIT): yuan("94000")}


def test_a_share_of_income_below_the_floor_asks_for_the_costs() -> None:
    low = rule("income", (P1, "person", "40"), (UNIT, "institution", "60"))
    made = determine(unit(low), [receipt("1000", borne=Costs(upkeep=Money(0)))], "r1")
    assert made.unknown == ("costs.transaction_taxes:r1", "costs.direct:r1")
    assert made.result == ()


@pytest.mark.parametrize(("region", "unknown"), [("", ()), ("zhejiang", ("costs.other:r1",))])
def test_other_costs_are_asked_for_only_where_the_text_takes_them_off(region: str, unknown: tuple[str, ...]) -> None:
    borne = Costs(transaction_taxes=yuan("0"), upkeep=yuan("0"), direct=yuan("0"))
    assert determine(unit(region=region), [receipt("1000", borne=borne)], "r1").unknown == unknown


def test_unsigned_contributions_are_asked_for_and_are_no_zero() -> None:
    made = determine(unit(contributions=None), [EXAMPLE], "r1")
    assert (made.unknown, made.result) == (("contributions",), ())


def test_who_holds_a_share_of_the_right_in_zhejiang_must_ask_for_the_reward() -> None:
    holder = completer(P1, "60", holds_share_of_right=True)
    made = determine(unit(region="zhejiang", contributions=signed(holder, completer(P2, "40"))), [EXAMPLE], "r1")
    assert made.unknown == (f"request_for_reward:{P1}",)
    asking = completer(P1, "60", holds_share_of_right=True, asked_for_reward=True)
    asked = determine(unit(region="zhejiang", contributions=signed(asking, completer(P2, "40"))), [EXAMPLE], "r1")
    assert sum_of(asked) == yuan("65800")


def test_costs_that_one_receipt_does_not_bear_are_carried_to_the_next() -> None:
    first = receipt("1000", "r1", date(2025, 1, 6), costs(direct="1500"))
    second = receipt("1000", "r2", date(2025, 2, 6))
    assert sum_of(determine(unit(), [first, second], "r1")) == Money(0)
    assert sum_of(determine(unit(), [first, second], "r2")) == yuan("250")  # half of 2,000 - 1,500


def test_a_later_loss_makes_a_negative_line() -> None:
    first = receipt("1000", "r1", date(2025, 1, 6))
    second = receipt("100", "r2", date(2025, 2, 6), costs(upkeep="400"))
    assert sum_of(determine(unit(), [first, second], "r2")) == yuan("-150")


def test_a_loss_takes_back_at_the_terms_of_the_money_that_it_eats() -> None:
    generous = rule("net_income", (P1, "person", "80"), (UNIT, "institution", "20"), from_on=date(2025, 2, 1))
    received = [receipt("1000", "r1", date(2025, 1, 6)), receipt("0", "r2", date(2025, 2, 6), costs(upkeep="1000"))]
    assert lines(determine(unit(generous), received, "r2"))[str(P1)] == yuan("-300")  # 60 % of the half that was given
    assert sum_of(pool(unit(generous), received)) == Money(0)


def test_a_reversal_restates_the_receipt_it_belongs_to() -> None:
    later = receipt("1000", "r2", date(2025, 2, 6))
    before = pool(unit(), [receipt("1000", "r1", date(2025, 1, 6)), later])
    after = pool(unit(), [receipt("400", "r1", date(2025, 1, 6)), later])
    assert sum_of(before) - sum_of(after) == yuan("300")


def test_the_statutory_minimum_is_reached_to_the_fen() -> None:
    # 70 % of 3 fen is 2.1 fen: half up would be 2 fen and below the minimum.
    made = determine(unit(region="zhejiang"), [receipt("0.03")], "r1")
    assert sum_of(made) == yuan("0.03")
    same = rule("income", (P1, "person", "70"), (UNIT, "institution", "30"))
    # A share of the income itself moves with no cost, stated or not.
    for borne in (Costs(), costs(upkeep="0.02")):
        made = determine(unit(same, region="zhejiang"), [receipt("0.03", borne=borne)], "r1")
        assert lines(made)[str(P1)] == yuan("0.03")


def test_an_agreed_share_is_rounded_half_up() -> None:
    agreed = rule("income", (P1, "person", "25"), (UNIT, "institution", "75"))
    assert lines(determine(unit(agreed, state_set=False), [receipt("0.02")], "r1"))[str(P1)] == yuan("0.01")
    assert lines(determine(unit(agreed, state_set=False), [receipt("0.01")], "r1"))[str(P1)] == yuan("0")


def test_the_agreement_in_force_on_the_day_of_receipt_governs_and_a_later_one_does_not_reach_back() -> None:
    published = rule("income", (P1, "person", "60"), (UNIT, "institution", "40"))
    agreement = rule("income", (P1, "person", "70"), (UNIT, "institution", "30"), kind="agreement", from_on=DAY)
    newer_rule = rule("income", (P1, "person", "90"), (UNIT, "institution", "10"), from_on=date(2025, 6, 1))
    facts = unit(newer_rule, agreement, published)
    received = [receipt("100", f"r{on.month}", on) for on in (date(2025, 2, 3), DAY, date(2025, 7, 1))]
    assert [lines(determine(facts, received, name))[str(P1)] for name in ("r2", "r3", "r7")] == [
        yuan("60"),
        yuan("70"),
        yuan("70"),
    ]


def test_each_receipt_is_judged_by_the_law_of_its_day_and_both_laws_are_in_the_record() -> None:
    received = [receipt("1000", "r1", date(2021, 9, 29)), receipt("1000", "r2", date(2021, 9, 30))]
    made = pool(unit(region="zhejiang"), received)
    assert sum_of(made) == yuan("1200")
    assert [read.value for read in made.reads if read.name.endswith("remuneration_floor")] == ["0.5", "0.7"]


def test_a_receipt_is_split_among_the_owners_first_and_each_bears_its_own_costs() -> None:
    owners = [
        OwnerShare.model_validate({"owner": one, "part": {"numerator": n, "denominator": 3, "basis": "agreement"}})
        for one, n in ((PARTNER, 2), (UNIT, 1))
    ]
    assert [line.amount for line in owners_shares(yuan("100"), owners)] == [yuan("66.67"), yuan("33.33")]
    made = determine(unit(owners=owners), [receipt("300", borne=costs(upkeep="20"))], "r1")
    assert sum_of(made) == yuan("40")


def test_owners_without_agreement_or_proof_share_equally() -> None:
    owners = [OwnerShare(owner=one) for one in (UNIT, PARTNER, LAB)]
    assert [line.amount for line in owners_shares(yuan("1"), owners)] == [yuan("0.34"), yuan("0.33"), yuan("0.33")]


def test_a_free_licence_asks_nobody_and_pays_nobody() -> None:
    made = determine(unit(contributions=None), [receipt("0")], "r1")
    assert (made.result, made.unknown) == ((), ())


def test_a_receipt_that_is_not_there_or_stands_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="r2"):
        determine(unit(), [EXAMPLE], "r2")
    with pytest.raises(ValueError, match="stands twice"):
        pool(unit(), [EXAMPLE, EXAMPLE])


@pytest.mark.parametrize(
    ("main", "other", "staff", "codes"),
    [
        ("70", "25", "5", []),
        ("69.999999", "25.000001", "5", ["main_contributors_below_minimum"]),
        ("75", "20.000001", "4.999999", ["transfer_staff_below_minimum"]),
    ],
)
def test_least_parts_are_compared_before_rounding(main: str, other: str, staff: str, codes: list[str]) -> None:
    shares = signed(
        completer(P1, main, Part.MAIN_CONTRIBUTOR),
        completer(P2, other, Part.CONTRIBUTOR),
        completer(P3, staff, Part.TRANSFER_STAFF),
    )
    facts = unit(region="zhejiang", contributions=shares)
    assert [one.code for one in minima_refusals(facts, DAY)] == codes
    assert minima_refusals(facts.but(region="shandong"), DAY) == ()


def test_a_part_nobody_described_leaves_the_least_parts_unknown() -> None:
    made = determine(unit(region="zhejiang"), [EXAMPLE], "r1")
    assert steps(made)["main_contributors have at least 70 % of the pool"] == "unknown"
    assert minima_refusals(unit(region="zhejiang"), DAY) == ()


def test_least_parts_also_bind_the_shares_of_a_published_rule() -> None:
    published = rule(
        "income", (TEAM, "team", "72"), (P3, "person", "8"), (UNIT, "institution", "20"), team=((P1, "50"), (P2, "50"))
    )
    described = published.but(
        shares=tuple(one.but(part=Part.TRANSFER_STAFF) if one.party == P3 else one for one in published.shares),
        team=tuple(
            one.but(part=Part.MAIN_CONTRIBUTOR if one.party == P1 else Part.CONTRIBUTOR) for one in published.team
        ),
    )
    refused = minima_refusals(unit(described, region="zhejiang"), DAY)  # 36 of 80 for P1
    assert [(one.code, "45 %" in refusal_text(one).en) for one in refused] == [
        ("main_contributors_below_minimum", True)
    ]


def test_a_receipt_before_the_known_law_asks_instead_of_guessing() -> None:
    old = EXAMPLE.but(received_on=date(2012, 5, 7))
    assert determine(unit(), [old], "r1").unknown == ("law_of:2012-05-07",)
    assert determine(unit(), [old], "r1").result == ()
