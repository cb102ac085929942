"""What must hold for every licence: order does not matter, lines add up, nothing is lost, everything can be redone."""

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.remuneration.remuneration import determine, pool, recompute
from schemas.statements.remuneration import Costs, OwnerShare, ReceiptInPool, UnitFacts
from schemas.values.determination import Determination
from schemas.values.money import Money, total
from tests.rules.remuneration.facts import LAB, P1, P2, P3, PARTNER, TEAM, UNIT, completer, lines, rule, signed, unit

FIRST = date(2021, 6, 1)  # before the Zhejiang Regulations, so that the law changes on the way
MAKERS = (str(P1), str(P2), str(P3), "undistributed_team")
few_fen = st.integers(min_value=0, max_value=200).map(Money)  # small, so that rounding and losses are frequent

receipts = st.lists(
    st.builds(
        ReceiptInPool,
        receipt_id=st.integers(0, 10**6).map(str),
        received_on=st.integers(0, 200).map(lambda n: FIRST + timedelta(n)),
        amount=few_fen,
        costs=st.builds(Costs, transaction_taxes=few_fen, upkeep=few_fen, direct=few_fen, other=few_fen),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one.receipt_id,
)
rules = st.lists(
    st.builds(
        lambda basis, share, start, kind: rule(
            basis,
            (TEAM, "team", str(share)),
            (P3, "person", "5"),
            (UNIT, "institution", str(95 - share)),
            team=((P1, "33.333333"), (P2, "60")),
            from_on=FIRST + timedelta(start),
            kind=kind,
        ),
        st.sampled_from(["income", "net_income"]),
        st.integers(1, 94),
        st.integers(0, 200),
        st.sampled_from(["agreement", "internal_rule"]),
    ),
    max_size=3,
    unique_by=lambda one: (one.kind, one.from_on),
)
units = st.builds(
    lambda governing, state_set, region, owners: unit(
        *governing,
        state_set=state_set,
        region=region,
        owners=tuple(OwnerShare(owner=one) for one in owners),
        contributions=signed(completer(P1, "33.3"), completer(P2, "33.3"), completer(P3, "33.4")),
    ),
    rules,
    st.booleans(),
    st.sampled_from(["", "zhejiang", "shandong"]),
    st.sampled_from([(), (PARTNER, UNIT, LAB)]),
)


def pool_of(made: Determination) -> Money:
    return total(amount for name, amount in lines(made).items() if name in MAKERS)


@given(units, receipts, st.randoms(use_true_random=False))
def test_the_order_of_recording_changes_no_amount(
    facts: UnitFacts, received: list[ReceiptInPool], chance: Random
) -> None:
    shuffled = list(received)
    chance.shuffle(shuffled)
    assert pool(facts, shuffled) == pool(facts, received)
    for one in received:
        assert determine(facts, shuffled, one.receipt_id) == determine(facts, received, one.receipt_id)


@given(units, receipts)
def test_the_lines_of_the_receipts_add_up_to_the_whole(facts: UnitFacts, received: list[ReceiptInPool]) -> None:
    summed: dict[str, Money] = {}
    for one in received:
        for name, amount in lines(determine(facts, received, one.receipt_id)).items():
            summed[name] = summed.get(name, Money(0)) + amount
    whole = lines(pool(facts, received))
    for name in (*summed, *whole):
        assert summed.get(name, Money(0)) == whole.get(name, Money(0))


@given(units, receipts)
def test_nobody_owes_anything_over_the_whole_life_of_a_licence(facts: UnitFacts, received: list[ReceiptInPool]) -> None:
    assert all(amount.fen >= 0 for amount in lines(pool(facts, received)).values())


@given(units, receipts, st.data(), few_fen)
def test_more_income_at_the_same_costs_never_makes_the_pool_smaller(
    facts: UnitFacts, received: list[ReceiptInPool], data: st.DataObject, more: Money
) -> None:
    lucky = data.draw(st.sampled_from(received))
    richer = [one.but(amount=one.amount + more) if one is lucky else one for one in received]
    assert pool_of(pool(facts, richer)) >= pool_of(pool(facts, received))


@given(receipts)
def test_a_state_body_without_rules_gives_half_of_the_net_income_of_all_receipts(received: list[ReceiptInPool]) -> None:
    deducted = [
        cost for one in received for cost in (one.costs.transaction_taxes, one.costs.upkeep, one.costs.direct) if cost
    ]
    net = total(one.amount for one in received) - total(deducted)
    assert 2 * pool_of(pool(unit(), received)).fen - max(net.fen, 0) in (0, 1)


@given(units, receipts)
def test_a_state_body_never_gives_less_than_half_of_the_net_income(
    facts: UnitFacts, received: list[ReceiptInPool]
) -> None:
    net = total(one.amount for one in received) - total(cost for one in received for cost in dict(one.costs).values())
    bound = facts.but(state_set=True, owners=())
    assert 2 * pool_of(pool(bound, received)).fen >= net.fen


@settings(max_examples=50)
@given(units, receipts)
def test_every_amount_can_be_made_again_from_its_recorded_inputs_alone(
    facts: UnitFacts, received: list[ReceiptInPool]
) -> None:
    for made in (pool(facts, received), determine(facts, received, received[-1].receipt_id)):
        carried = Determination.model_validate_json(made.model_dump_json())
        assert recompute(carried) == made
