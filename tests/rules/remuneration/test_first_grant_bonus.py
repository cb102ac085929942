"""The one-off bonus for a grant is due per patent, once, whoever invented and whoever owns."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.law.calendar import Calendar
from rules.remuneration.first_grant_bonus import determine, pay_by, recompute
from schemas.statements.remuneration import BonusRule, InventorShare, OwnerShare, UnitFacts
from schemas.values.money import Money, total
from schemas.values.patent_number import PatentKind
from tests.rules.remuneration.facts import P1, P2, P3, PAPER, PARTNER, UNIT, lines, sum_of, unit, yuan

GRANTED = date(2026, 5, 12)


def inventors(*shares: str | None) -> tuple[InventorShare, ...]:
    parties = (P1, P2, P3)
    return tuple(
        InventorShare.model_validate({"party": party, "percent": percent})
        for party, percent in zip(parties, shares, strict=False)
    )


def agreed(amount: str, **facts: Any) -> BonusRule:
    return BonusRule.model_validate(
        {"kind": "internal_rule", "document": PAPER, "from_on": date(2025, 1, 1), "amount": amount, **facts}
    )


@pytest.mark.parametrize(
    ("kind", "amount"),
    [(PatentKind.INVENTION, "4000"), (PatentKind.UTILITY_MODEL, "1500"), (PatentKind.DESIGN, "1500")],
)
def test_three_inventors_share_what_one_would_get(kind: PatentKind, amount: str) -> None:
    one = determine(unit(inventors=inventors(None)), kind, GRANTED)
    three = determine(unit(inventors=inventors(None, None, None)), kind, GRANTED)
    assert sum_of(one) == sum_of(three) == yuan(amount)


def test_unsigned_inventors_share_equally_and_the_record_says_that_this_is_an_option() -> None:
    made = determine(unit(inventors=inventors(None, None, None)), PatentKind.INVENTION, GRANTED)
    assert list(lines(made).values()) == [yuan("1333.34"), yuan("1333.33"), yuan("1333.33")]
    assert "option" in made.steps[-1].how


def test_signed_shares_govern_the_split() -> None:
    made = determine(unit(inventors=inventors("70", "30")), PatentKind.INVENTION, GRANTED)
    assert lines(made) == {str(P1): yuan("2800"), str(P2): yuan("1200")}


@pytest.mark.parametrize(
    ("state_set", "stated", "amount"),
    [(True, "6000", "6000"), (True, "100", "4000"), (False, "6000", "6000"), (False, "100", "100")],
)
def test_a_rule_governs_but_not_below_the_law_in_a_state_body(state_set: bool, stated: str, amount: str) -> None:
    facts = unit(inventors=inventors(None), bonus_rules=(agreed(stated),), state_set=state_set)
    assert sum_of(determine(facts, PatentKind.INVENTION, GRANTED)) == yuan(amount)


def test_a_rule_made_after_the_grant_does_not_reach_back() -> None:
    later = agreed("6000", from_on=date(2026, 5, 13))
    facts = unit(inventors=inventors(None), bonus_rules=(later,), state_set=False)
    assert sum_of(determine(facts, PatentKind.INVENTION, GRANTED)) == yuan("4000")


def test_co_owners_pay_one_bonus_together() -> None:
    owners = tuple(OwnerShare(owner=one) for one in (UNIT, PARTNER))
    ours = unit(inventors=inventors(None), owners=owners)
    made = [determine(facts, PatentKind.INVENTION, GRANTED) for facts in (ours, ours.but(unit=PARTNER))]
    assert [sum_of(one) for one in made] == [yuan("2000"), yuan("2000")]


def test_without_inventors_there_is_a_question_and_no_zero() -> None:
    made = determine(unit(), PatentKind.INVENTION, GRANTED)
    assert (made.result, made.unknown) == ((), ("inventors",))


@pytest.mark.parametrize(("granted_on", "amount"), [(date(2024, 1, 19), "3000"), (date(2024, 1, 20), "4000")])
def test_the_amount_is_that_of_the_day_of_the_grant(granted_on: date, amount: str) -> None:
    assert sum_of(determine(unit(inventors=inventors(None)), PatentKind.INVENTION, granted_on)) == yuan(amount)


def test_before_the_law_that_we_know_only_an_agreement_answers() -> None:
    before = date(2010, 1, 31)
    unknown = determine(unit(inventors=inventors(None)), PatentKind.INVENTION, before)
    assert unknown.unknown == ("national.first_grant_bonus",)
    assert pay_by(before, Calendar.bundled()) is None
    facts = unit(inventors=inventors(None), bonus_rules=(agreed("900", from_on=date(2009, 1, 1)),), state_set=False)
    assert sum_of(determine(facts, PatentKind.INVENTION, before)) == yuan("900")


def test_it_is_paid_within_three_months_of_the_announcement_moved_off_a_rest_day() -> None:
    due = pay_by(date(2026, 5, 15), Calendar.bundled())
    assert due is not None
    assert due.by == date(2026, 8, 17)  # 15 August 2026 is a Saturday


@given(
    st.integers(1, 3).map(lambda n: inventors(*[None] * n)),
    st.booleans(),
    st.sampled_from(list(PatentKind)),
    st.lists(st.integers(0, 10**9), max_size=1),
    st.sampled_from([(), (UNIT, PARTNER)]),
)
def test_the_bonus_can_be_made_again_from_its_recorded_inputs_alone(
    who: tuple[InventorShare, ...], state_set: bool, kind: PatentKind, stated: list[int], owners: tuple[Any, ...]
) -> None:
    facts: UnitFacts = unit(
        inventors=who,
        state_set=state_set,
        bonus_rules=tuple(agreed("0").but(amount=Money(fen)) for fen in stated),
        owners=tuple(OwnerShare(owner=one) for one in owners),
    )
    made = determine(facts, kind, GRANTED)
    assert recompute(type(made).model_validate_json(made.model_dump_json())) == made
    assert total(lines(made).values()) == sum_of(made)
