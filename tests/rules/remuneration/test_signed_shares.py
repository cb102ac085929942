"""Shares as people sign them: a third is a third, and a fixed amount is had at least."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rules.law.shares import split
from rules.remuneration import first_grant_bonus
from rules.remuneration.remuneration import determine, recompute
from schemas.statements.offer import OwnerPart, ShareBasis
from schemas.statements.remuneration import Completer, InventorShare, OwnerShare, Part, UnitFacts
from schemas.values.money import ZERO, Money, total
from schemas.values.patent_number import PatentKind
from tests.rules.remuneration.facts import (
    DAY,
    P1,
    P2,
    P3,
    PARTNER,
    TEAM,
    UNIT,
    completer,
    lines,
    receipt,
    rule,
    signed,
    sum_of,
    unit,
    yuan,
)

THIRDS = signed(*(completer(one, "1/3") for one in (P1, P2, P3)))


def with_amount(one: Completer, amount: str) -> Completer:
    changed: Completer = one.but(at_least=yuan(amount))
    return changed


def test_a_third_of_a_hundred_million_is_a_third_for_each() -> None:
    made = determine(unit(contributions=THIRDS), [receipt("200000000")], "r1")
    assert list(lines(made).values()) == [yuan("33333333.34"), yuan("33333333.33"), yuan("33333333.33")]
    (step,) = [one for one in made.steps if one.what == "split by signed contributions"]
    assert step.how == f"largest remainder; {P1} 1/3, {P2} 1/3, {P3} 1/3"
    assert UnitFacts.model_validate_json(made.inputs["unit"]).contributions == THIRDS
    assert recompute(made) == made


def test_a_rule_a_team_and_inventors_share_in_fractions_beside_percentages() -> None:
    by_rule = rule("income", (TEAM, "team", "2/3"), (UNIT, "institution", "1/3"), team=((P1, "1/2"), (P2, "50")))
    made = determine(unit(by_rule, state_set=False), [receipt("100")], "r1")
    assert lines(made) == {str(P1): yuan("33.34"), str(P2): yuan("33.33"), str(UNIT): yuan("33.33")}
    assert "2/3 of 100.00" in next(one.how for one in made.steps if one.what.startswith("pool of those"))
    inventors = tuple(InventorShare.model_validate({"party": one, "percent": "1/3"}) for one in (P1, P2, P3))
    bonus = first_grant_bonus.determine(unit(inventors=inventors), PatentKind.INVENTION, DAY)
    assert sum_of(bonus) == total(lines(bonus).values())
    assert len({one.fen // 100 for one in lines(bonus).values()}) == 1
    assert any(f"{P1} 1/3" in one.how for one in bonus.steps)


def test_co_owners_hold_parts_as_they_signed_them() -> None:
    parts = [OwnerPart.model_validate({"percent": text, "basis": "agreement"}) for text in ("1/3", "2/3", "33.5")]
    assert parts[0] == OwnerPart(numerator=1, denominator=3, basis=ShareBasis.AGREEMENT)
    assert parts[2].fraction == Fraction(335, 1000)
    owners = (OwnerShare(owner=UNIT, part=parts[0]), OwnerShare(owner=PARTNER, part=parts[1]))
    made = determine(unit(owners=owners, contributions=THIRDS), [receipt("600")], "r1")
    assert sum_of(made) == yuan("100")
    assert "its part 1/3" in next(one.how for one in made.steps if one.what == "income of this unit")


def test_a_fixed_amount_is_had_at_least_and_the_others_share_what_is_left() -> None:
    shares = signed(with_amount(completer(P1, "10"), "400"), completer(P2, "60"), completer(P3, "30"))
    small = determine(unit(contributions=shares), [receipt("2000")], "r1")  # a pool of 1,000
    assert lines(small) == {str(P1): yuan("400"), str(P2): yuan("400"), str(P3): yuan("200")}
    assert f"{P1} 10 %, at least 400.00" in next(one.how for one in small.steps if "contributions" in one.what)
    large = determine(unit(contributions=shares), [receipt("20000")], "r1")  # its share is more than the amount
    assert lines(large) == {str(P1): yuan("1000"), str(P2): yuan("6000"), str(P3): yuan("3000")}


def test_a_fixed_amount_is_of_all_that_is_due_and_not_of_each_receipt() -> None:
    shares = signed(with_amount(completer(P1, "10"), "400"), completer(P2, "90"))
    both = [receipt("2000"), receipt("2000", "r2")]
    facts = unit(contributions=shares)
    first, second = (lines(determine(facts, both, name)) for name in ("r1", "r2"))
    assert (first[str(P1)], second[str(P1)]) == (yuan("400"), ZERO)


def test_where_more_is_fixed_than_there_is_what_there_is_goes_by_the_fixed_amounts() -> None:
    shares = signed(
        with_amount(completer(P1, "10"), "300"), with_amount(completer(P2, "30"), "100"), completer(P3, "60")
    )
    made = determine(unit(contributions=shares), [receipt("200")], "r1")
    assert lines(made) == {str(P1): yuan("75"), str(P2): yuan("25"), str(P3): ZERO}


def test_the_least_part_of_the_law_goes_before_an_amount_that_people_fixed() -> None:
    shares = signed(
        completer(P1, "80", Part.MAIN_CONTRIBUTOR),
        with_amount(completer(P2, "15"), "900"),
        completer(P3, "5", Part.TRANSFER_STAFF),
    )
    made = determine(unit(region="zhejiang", contributions=shares), [receipt("1428.57")], "r1")
    found, pool = lines(made), sum_of(made)
    assert pool == yuan("1000")
    assert (found[str(P1)], found[str(P3)], found[str(P2)]) == (yuan("700"), yuan("50"), yuan("250"))


@given(
    fen=st.integers(0, 10**9),
    parts=st.lists(st.integers(1, 50), min_size=1, max_size=6),
    fixed=st.lists(st.none() | st.integers(1, 10**9), min_size=6, max_size=6),
)
def test_fixed_amounts_hold_as_far_as_there_is_money_and_the_sum_is_exact(
    fen: int, parts: list[int], fixed: list[int | None]
) -> None:
    weights = [(str(place), Fraction(part)) for place, part in enumerate(parts)]
    least = {name: Money(one) for (name, _), one in zip(weights, fixed, strict=False) if one is not None}
    found = {line.name: line.amount.fen for line in split(Money(fen), weights, least)}
    assert sum(found.values()) == fen
    promised = sum(one.fen for one in least.values())
    if promised <= fen:
        for name, one in least.items():
            assert found[name] >= one.fen
    bare = {line.name: line.amount.fen for line in split(Money(fen), weights)}
    if all(bare[name] >= one.fen for name, one in least.items()):
        assert found == bare
