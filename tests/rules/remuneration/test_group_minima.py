"""The least parts of groups, to the fen: rounding undercuts none of them, and the sum stays what it was (D-12)."""

from fractions import Fraction
from math import ceil
from uuid import UUID

from hypothesis import example, given
from hypothesis import strategies as st

from rules.law.shares import Group, lift_groups, split
from rules.remuneration.remuneration import determine, recompute
from schemas.statements.remuneration import Part
from schemas.values.money import Money, total
from tests.rules.remuneration.facts import P1, P2, P3, TEAM, completer, lines, receipt, rule, signed, sum_of, unit, yuan

MAIN, STAFF = Part.MAIN_CONTRIBUTOR, Part.TRANSFER_STAFF


def test_transfer_staff_end_at_the_fen_that_reaches_five_percent_and_the_trace_says_it() -> None:
    # 70 % of 56,400.01 = 39,480.01; 5 % of it = 1,974.0005, which the largest remainder cuts to 1,974.00.
    shares = signed(completer(P1, "95", MAIN), completer(P3, "5", STAFF))
    made = determine(unit(region="zhejiang", contributions=shares), [receipt("56400.01")], "r1")
    assert lines(made) == {str(P1): yuan("37506.00"), str(P3): yuan("1974.01")}
    (lifted,) = [step for step in made.steps if step.what == "transfer_staff to the fen"]
    assert (lifted.how, lifted.result) == ("1974.00 by the largest remainder; at least 1974.01", "1974.01")
    assert recompute(made) == made


def test_members_of_a_team_count_for_their_group_whatever_path_their_part_comes_by() -> None:
    published = rule("income", (TEAM, "team", "95"), (P3, "person", "5"))
    with_parts = published.but(
        shares=(published.shares[0], published.shares[1].but(part=STAFF)),
        team=({"party": P1, "percent": "80", "part": MAIN}, {"party": P2, "percent": "20", "part": "contributor"}),
    )
    lifted = 0
    for fen in range(20, 400):
        made = determine(unit(with_parts, region="zhejiang"), [receipt(str(Money(fen)))], "r1")
        found = lines(made)
        assert sum_of(made).fen == fen  # the rule gives the pool all of the income
        assert found[str(P3)].fen >= Fraction(5, 100) * fen
        assert found[str(P1)].fen >= Fraction(7, 10) * fen
        lifted += any(one.what == "transfer_staff to the fen" for one in made.steps)
    assert lifted > 100


def test_minima_that_are_the_whole_pool_cannot_both_hold_and_the_larger_gives_way() -> None:
    # 95 % and 5 % of 0.10: 0.095 and 0.005, so 0.10 and 0.01 would be needed.
    groups = [Group("main", ["a"], Fraction(95, 10)), Group("staff", ["b"], Fraction(5, 10))]
    weights = [("a", Fraction(95)), ("b", Fraction(5))]
    assert [one.amount.fen for one in lift_groups(split(Money(10), weights), weights, groups)] == [9, 1]


@example(fen=1, percents=[0, 0, 0, 1, 0, 1], kinds=["main"] * 4 + [None, "staff", None, None], cut=Fraction(1))
@given(
    fen=st.integers(0, 10**10),
    percents=st.lists(st.integers(0, 10**6), min_size=3, max_size=8),
    kinds=st.lists(st.sampled_from(["main", "staff", None]), min_size=8, max_size=8),
    cut=st.fractions(min_value=0, max_value=1, max_denominator=1000),
)
def test_no_group_is_below_its_exact_minimum_and_the_sum_is_exact(
    fen: int, percents: list[int], kinds: list[str | None], cut: Fraction
) -> None:
    whole = sum(percents)
    if not whole:
        return
    weights = [(str(place), Fraction(part, whole)) for place, part in enumerate(percents)]
    groups = []
    for kind in ("main", "staff"):
        members = [name for (name, _), one in zip(weights, kinds, strict=False) if one == kind]
        held = sum((part for name, part in weights if name in members), Fraction(0))
        if held:
            groups.append(Group(kind, members, held * cut * fen))
    before = split(Money(fen), weights)
    after = {line.name: line.amount.fen for line in lift_groups(before, weights, groups)}
    assert sum(after.values()) == fen
    assert list(after) == [name for name, _ in weights]
    assert min(after.values()) >= 0
    if sum(ceil(one.least) for one in groups) <= fen:
        for one in groups:
            assert sum(after[name] for name in one.members) >= one.least
    assert all(after[name] == 0 for name, part in weights if not part)


@given(st.integers(1, 10**9), st.integers(5, 30), st.integers(1, 29))
def test_whatever_the_pool_the_regional_minima_hold_to_the_fen(income: int, staff: int, other: int) -> None:
    shares = signed(
        completer(P1, str(100 - staff), MAIN),
        completer(P2, str(staff - min(other, staff - 1)), STAFF),
        completer(UUID(int=14), str(min(other, staff - 1)), STAFF),
    )
    made = determine(unit(region="zhejiang", contributions=shares), [receipt(str(Money(income)))], "r1")
    pool, found = sum_of(made), lines(made)
    of_staff = total(amount for name, amount in found.items() if name != str(P1))
    if ceil(Fraction(7, 10) * pool.fen) + ceil(Fraction(5, 100) * pool.fen) <= pool.fen:
        assert of_staff.fen >= Fraction(5, 100) * pool.fen
        assert found[str(P1)].fen >= Fraction(7, 10) * pool.fen
