"""What must hold for every scheme: order does not matter, caps hold, parts add up, a reversal undoes what came."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rules.schemes.call import settle_call
from rules.schemes.cases import recompute
from rules.schemes.funding import funded
from rules.schemes.yearly import entitlement
from schemas.schemes.clauses import Funding
from schemas.schemes.inputs import CallInputs, Claimant, ClaimFacts, PatentPart, SchemeItem, YearInputs
from schemas.schemes.scheme import Scheme
from schemas.values.determination import Determination
from schemas.values.money import Money, total
from tests.rules.schemes.grammar import amounts, bounds, criteria, few_fen, formulas, sums, thresholds, yuan
from tests.rules.schemes.scheme_files import LAST_DAY, scheme
from tests.rules.schemes.year_lines import difference, provisional_lines

RECEIVED_ON = date(2025, 6, 30)
PAYERS = {"parts": [{"payer": "city", "share": "0.55"}, {"payer": "district", "share": "0.45"}], "odd_fen": "city"}

BY = {"counterparty_kind": ("enterprise", "university"), "patent_kind": ("invention", "design")}
few_bounds = bounds(st.integers(1, 200), BY)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Any scheme of money, with borders so near that every one of them is met."""
    is_sum = draw(st.integers(0, 3)) == 0
    of_items = [{"fact": "counterparty_kind", "one_of": ["enterprise"]}, {"fact": "patent_kind", "none_of": ["design"]}]
    return scheme(
        amount=draw(sums(formulas(), BY) if is_sum else amounts(formulas(), BY)),
        criteria=draw(criteria(claimant=[{"fact": "kind", "one_of": ["university"]}], items=of_items)),
        thresholds=draw(thresholds()),
        floors=draw(few_bounds),
        caps=draw(few_bounds),
        funding=PAYERS,
        bundle=draw(st.sampled_from(["stated", "equal"])),
        rounding=draw(st.sampled_from(["truncate", "half_up"])),
        items=[{"fact": "contract_kind", "one_of": ["licence"]}],
        base={"measure": draw(st.sampled_from(["received", "registered_receipts"]))},
    )


@st.composite
def items(draw: st.DrawFn, number: int) -> SchemeItem:
    parts = draw(st.lists(few_fen, min_size=1, max_size=2))
    contract = draw(st.sampled_from(["C1", "C2"]))
    return SchemeItem(
        item_id=f"R{number}",
        received=Money(sum(parts)),
        received_on=RECEIVED_ON,
        contract=contract,
        project=draw(st.sampled_from(["one", "two"])),
        contract_kind="licence",
        counterparty_kind="enterprise" if contract == "C1" else "university",
        counterparty=draw(st.sampled_from(["N1", "N2"])),
        patent_kind=draw(st.sampled_from(["invention", "design", "utility_model"])),
        technology_transaction_amount=Money(500 if contract == "C1" else 10_000),
        patents=tuple(PatentPart(patent=f"P{place}", amount=Money(fen)) for place, fen in enumerate(parts)),
    )


years = (
    st.integers(1, 5)
    .flatmap(lambda count: st.tuples(*(items(number) for number in range(count))))
    .map(lambda received: YearInputs(claimant=Claimant(claimant="u", kind="university"), items=received))
)


def result(of: Scheme, facts: YearInputs) -> Determination:
    made = entitlement(of, facts, LAST_DAY)
    assert made.unknown == ()
    return made


def payable(of: Scheme, facts: YearInputs) -> Money:
    return result(of, facts).result[0].amount


@settings(deadline=None)
@given(schemes(), years, st.randoms(use_true_random=False))
def test_the_order_of_the_receipts_changes_no_fen(of: Scheme, facts: YearInputs, chance: Any) -> None:
    shuffled = list(facts.items)
    chance.shuffle(shuffled)
    assert result(of, facts.but(items=tuple(shuffled))).result == result(of, facts).result


@settings(deadline=None)
@given(schemes(), years, st.randoms(use_true_random=False))
def test_provisional_lines_add_up_to_the_year_in_any_order(of: Scheme, facts: YearInputs, chance: Any) -> None:
    shuffled = list(facts.items)
    chance.shuffle(shuffled)
    sums: dict[str, Money] = {}
    for _, lines in provisional_lines(of, facts.but(items=tuple(shuffled)), LAST_DAY):
        for line in lines:
            sums[line.name] = sums.get(line.name, Money(0)) + line.amount
    assert sums == {line.name: line.amount for line in result(of, facts).result}


@settings(deadline=None)
@given(schemes(), years, st.data())
def test_a_reversal_takes_back_what_came_and_once_only(of: Scheme, facts: YearInputs, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(facts.items))
    empty = gone.but(received=Money(0), patents=tuple(part.but(amount=Money(0)) for part in gone.patents))
    without = facts.but(items=tuple(empty if one is gone else one for one in facts.items))
    there, back = result(of, facts), result(of, without)
    for line, mirror in zip(difference(back, there), difference(there, back), strict=True):
        assert line.amount == -mirror.amount
    assert result(of, without).result == back.result
    if len(facts.items) > 1:  # a receipt of nothing is like none
        rest = facts.but(items=tuple(one for one in facts.items if one is not gone))
        assert result(of, rest).result == back.result


@settings(deadline=None)
@given(schemes(), years)
def test_no_cap_of_the_year_is_passed_and_the_parts_add_up(of: Scheme, facts: YearInputs) -> None:
    whole, *parts = result(of, facts).result
    assert whole.amount.fen >= 0
    assert total(part.amount for part in parts) == whole.amount
    caps = [cap.amount for cap in of.versions[0].caps if cap.per == "year" and cap.amount is not None]
    assert all(whole.amount <= cap for cap in caps)


@settings(deadline=None)
@given(schemes(), years, items(99))
def test_what_does_not_count_changes_nothing(of: Scheme, facts: YearInputs, other: SchemeItem) -> None:
    excluded = (
        other.but(contract="C3", contract_kind="service"),
        other.but(item_id="R98", contract="C4", received_on=date(2026, 1, 1)),
    )
    assert result(of, facts.but(items=(*facts.items, *excluded))).result == result(of, facts).result


@settings(deadline=None)
@given(formulas(ways=("rate", "marginal")), few_bounds, few_fen, few_fen)
def test_more_base_never_gives_less_where_parts_have_their_own_rates(
    amount: dict[str, Any], caps: list[dict[str, Any]], base: int, more: int
) -> None:
    of = scheme(amount=amount, caps=caps)
    item = SchemeItem(
        item_id="R",
        received=Money(base),
        received_on=RECEIVED_ON,
        contract="C",
        project="one",
        counterparty="N1",
        counterparty_kind="enterprise",
        patent_kind="invention",
        patents=(PatentPart(patent="P"),),
    )
    poor, rich = YearInputs(items=(item,)), YearInputs(items=(item.but(received=Money(base + more)),))
    assert Money(0) <= payable(of, rich) - payable(of, poor) <= Money(more + 1)  # a fen more where one was cut off


@settings(deadline=None)
@given(schemes(), years)
def test_every_determination_is_made_again_from_its_inputs_alone(of: Scheme, facts: YearInputs) -> None:
    made = result(of, facts)
    assert recompute(Determination.model_validate_json(made.model_dump_json())) == made


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(1, 10**8), min_size=1, max_size=5), st.data())
def test_the_payers_parts_add_up_and_a_negative_amount_is_the_mirror(
    fen: int, weights: list[int], data: st.DataObject
) -> None:
    whole = 10**8
    assume(sum(weights) <= whole)
    weights = [*weights, whole - sum(weights)]
    funding = Funding.model_validate(
        {
            "parts": [
                {"payer": f"payer_{place}", "share": f"{Decimal(weight) / whole:f}"}
                for place, weight in enumerate(weights)
            ],
            "odd_fen": f"payer_{data.draw(st.integers(0, len(weights) - 1))}",
        }
    )
    parts = funded(funding, Money(fen))
    assert total(part.amount for part in parts) == Money(fen)
    assert [-part.amount for part in parts] == [part.amount for part in funded(funding, Money(-fen))]
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.amount.fen - Fraction(fen * weight, whole)) < len(weights)


@settings(deadline=None)
@given(
    st.lists(st.tuples(few_fen, st.booleans()), min_size=1, max_size=8),
    st.integers(0, 1500),
    st.sampled_from(["pro_rata", "first_come"]),
    st.randoms(use_true_random=False),
)
def test_a_call_gives_the_budget_or_what_is_claimed_whatever_order_the_claims_stand_in(
    claims: list[tuple[int, bool]], budget: int, when_short: str, chance: Any
) -> None:
    of = scheme(amount={"rate": "1"}, budget={"when_short": when_short})
    facts = [
        ClaimFacts(claim_id=f"claim {place}", held=held, facts=YearInputs.model_validate({"received": yuan(fen)}))
        for place, (fen, held) in enumerate(claims)
    ]
    made = settle_call(of, CallInputs(budget=Money(budget), claims=tuple(facts)), LAST_DAY)
    claimed = sum(fen for fen, _ in claims)
    assert made.claimed == Money(claimed)
    assert made.payable + made.reserved == Money(min(budget, claimed))
    for claim, (fen, held) in zip(made.claims, claims, strict=True):
        assert (claim.payable if held else claim.reserved) == Money(0)
        assert claim.payable + claim.reserved <= Money(fen)
        if when_short == "pro_rata":
            exact = Fraction(min(budget, claimed) * fen, claimed) if claimed else Fraction(0)
            assert abs((claim.payable + claim.reserved).fen - exact) < 1
    chance.shuffle(facts)
    assert settle_call(of, CallInputs(budget=Money(budget), claims=tuple(facts)), LAST_DAY) == made
