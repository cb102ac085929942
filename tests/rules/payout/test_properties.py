"""What holds of every payout, whatever was recorded and in whichever order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.payout.position import derive_payout
from schemas.acts.payout import PayoutAct
from schemas.standing.fact import Fact
from schemas.standing.surroundings import ReceiptView
from schemas.statements.remuneration import Costs
from schemas.values.actor import Role
from schemas.values.money import ZERO, Money, total
from tests.rules.payout.facts import (
    CALENDAR,
    CLERK,
    FIRST,
    PUBLISHED,
    SCHOOL,
    SECOND,
    STATED,
    USTC,
    act,
    countersigned,
    determine,
    hash_of,
    instruct,
    paid,
    pass_day,
    publish,
    receipt,
    returned,
    sibling,
    state,
    surroundings,
)
from tests.rules.payout.facts import facts_of as facts_in_order
from tests.rules.remuneration.facts import P1, P2, PAPER, TEAM, costs, rule, unit

pytestmark = pytest.mark.slow  # every example is a payout from the receipt to the money

LINE = f"member:{P1}"
LAW = unit()
EVEN = unit(rule("income", (TEAM, "team", "80"), (SCHOOL, "department", "20"), team=((P1, "50"), (P2, "50"))))
KNOWN = (hash_of(determine(), state()), hash_of(determine(), state(EVEN)), "0" * 64)
RAISED = act("object", PUBLISHED, objection=PAPER, party=P2)
# Few days, so that many acts share one.
days = st.integers(0, 40).map(lambda n: STATED + timedelta(days=n // 4 * 4))
people = st.sampled_from([CLERK, FIRST, SECOND, P1, P2])
serials = st.sampled_from(["b1", "b2"])
amounts = st.sampled_from(["419568.00", "100.00", "699280.00"])
lines = st.sampled_from([LINE, f"member:{P2}", f"department:{SCHOOL}", "team", "nobody"])


@st.composite
def later_acts(draw: st.DrawFn) -> PayoutAct:
    """Any act that can follow, sensible or not."""
    on = draw(days)
    match draw(st.integers(0, 10)):
        case 0:
            return state(draw(st.sampled_from([USTC, EVEN])), on=on)
        case 1:
            return publish(on, party=draw(people))
        case 2:
            return act("object", on, objection=PAPER, party=draw(people))
        case 3:
            changed = draw(st.sampled_from([None, EVEN]))
            return act("decide", on, objection=RAISED.act_id, decision=PAPER, changed_facts=changed)
        case 4 | 5:
            role = draw(st.sampled_from([Role.FIRST_APPROVER, Role.SECOND_APPROVER]))
            return act("approve", on, role=role, party=draw(people), amounts_hash=draw(st.sampled_from(KNOWN)))
        case 6:
            return instruct(draw(lines), on)
        case 7:
            return paid(draw(lines), draw(amounts), on, draw(serials))
        case 8:
            return returned(draw(lines), on, draw(serials))
        case 9:
            return draw(st.sampled_from([act("cancel", on), act("record_tax", on, record=PAPER), pass_day(on)]))
        case _:
            decision = draw(st.sampled_from(["leave", "set_off"]))
            return countersigned(act("adjust", on, line=draw(lines), decision=decision, paper=PAPER))[0]


lives = st.lists(later_acts(), max_size=14, unique_by=lambda one: one.act_id).map(
    lambda acts: [determine(), RAISED, *acts, *_signatures(acts)]
)
grounds = st.sampled_from(
    [
        surroundings(),
        surroundings(receipt("1000000")),
        surroundings(receipt("0")),
        surroundings(licence_stands=False),
        surroundings(licence_stands=False, provisional=True),
        surroundings(
            receipt("5000", "r0", date(2025, 1, 6)), receipt("1748200"), siblings=(sibling("r0", USTC, costs()),)
        ),
    ]
)


def borne(taxes: Money, upkeep: Money) -> Costs:
    """What a unit states to have borne for one receipt."""
    return Costs(transaction_taxes=taxes, upkeep=upkeep, direct=ZERO)


def _signatures(acts: Sequence[PayoutAct]) -> list[PayoutAct]:
    return [countersigned(one)[1] for one in acts if one.kind == "adjust"]


def shuffled(facts: Sequence[Fact[PayoutAct]], order: Sequence[int]) -> list[Fact[PayoutAct]]:
    """The same facts as if they had been recorded in another order."""
    return [
        replace(facts[place], version=version, recorded_at=facts[version - 1].recorded_at)
        for version, place in enumerate(order, start=1)
    ]


@settings(deadline=None, max_examples=150)
@given(st.data(), lives, grounds)
# hypothesis gives the arguments
def test_the_order_of_recording_changes_nothing(data, life, stands_on) -> None:  # type: ignore[no-untyped-def]
    facts = facts_in_order(*life)
    order = data.draw(st.permutations(range(len(facts))))
    there = derive_payout(shuffled(facts, order), stands_on, CALENDAR)
    assert there == derive_payout(facts, stands_on, CALENDAR)


@settings(deadline=None, max_examples=150)
@given(lives, grounds)
# hypothesis gives the arguments
def test_the_lines_are_those_of_the_determination_and_nobody_is_paid_without_a_trace(life, stands_on) -> None:  # type: ignore[no-untyped-def]
    at = derive_payout(facts_in_order(*life), stands_on, CALENDAR)
    if at.determination is not None:
        assert total(line.amount for line in at.lines if line.key != "team") == total(
            line.amount for line in at.determination.result
        )
    for line in at.lines:
        assert line.paid_amount == total(one.amount for one in line.payments)
    if at.stage == "cancelled":
        assert at.money == ()
    if at.stage in ("paid", "tax_recorded"):
        assert not [line for line in at.lines if line.payable and line.owed > ZERO]


@settings(deadline=None, max_examples=150)
@given(lives, grounds)
# hypothesis gives the arguments
def test_preparer_approvers_and_beneficiaries_are_different_people(life, stands_on) -> None:  # type: ignore[no-untyped-def]
    at = derive_payout(facts_in_order(*life), stands_on, CALENDAR)
    signed: list[UUID] = [one for one in (at.first_approved_by, at.second_approved_by) if one is not None]
    prepared = [one.by.party_id for one in life if one.kind in ("state_facts", "publish")]
    paid_to = [line.party for line in at.lines]
    assert len(dict.fromkeys(signed)) == len(signed)
    assert not [one for one in signed if one in prepared or one in paid_to]


@settings(deadline=None, max_examples=100)
@given(lives, grounds)
# hypothesis gives the arguments
def test_every_posting_is_positive_and_its_key_stands_once(life, stands_on) -> None:  # type: ignore[no-untyped-def]
    at = derive_payout(facts_in_order(*life), stands_on, CALENDAR)
    assert all(line.amount > ZERO for line in at.money)
    for keys in ([one.key for one in at.money], [one.key for one in at.findings], [one.key for one in at.tasks]):
        assert len(dict.fromkeys(keys)) == len(keys)


fen = st.integers(0, 300).map(Money)
Row = tuple[int, Money, Costs | None]
"""A receipt: its day, its amount, and the costs that were stated of it."""
booked = st.lists(st.tuples(st.integers(0, 4), fen, st.none() | st.builds(borne, fen, fen)), min_size=1, max_size=4)


@settings(deadline=None, max_examples=150)
@given(booked, st.data(), st.permutations(range(4)))
def test_a_reversal_of_one_fen_more_takes_at_most_one_fen_from_the_pool_of_the_licence(
    rows: Sequence[Row], data: st.DataObject, order: Sequence[int]
) -> None:
    # The whole way from one fen above to nothing at all; costs that nobody stated are those of what is already gone.
    place = data.draw(st.integers(0, len(rows) - 1))
    rows = [
        (day, amount, stated or borne(ZERO, ZERO)) if amount or n == place else (day, amount, stated)
        for n, (day, amount, stated) in enumerate(rows)
    ]
    pools = []
    for left in (Money(1), ZERO):
        now = [(day, left if n == place else amount, stated) for n, (day, amount, stated) in enumerate(rows)]
        pools.append(_pool_of_all(now))
        assert _pool_of_all(now, [n for n in order if n < len(now)]) == pools[-1]
    assert 0 <= pools[0].fen - pools[1].fen <= 1


def _pool_of_all(rows: Sequence[Row], order: Sequence[int] | None = None) -> Money:
    """The pools of all payouts of a licence together, each derived from what the others stated."""
    receipts = [
        ReceiptView(receipt_id=f"r{n}", received_on=STATED - timedelta(days=9 - day), amount=amount)
        for n, (day, amount, _) in enumerate(rows)
    ]
    shown = [receipts[n] for n in order] if order else receipts
    pools = []
    for n, (_, _, stated) in enumerate(rows):
        others = tuple(
            sibling(f"r{other}", LAW, costs) for other, (_, _, costs) in enumerate(rows) if other != n and costs
        )
        life = [determine(f"r{n}"), *([state(LAW, stated)] if stated else [])]
        at = derive_payout(facts_in_order(*life), surroundings(*shown, siblings=others), CALENDAR)
        pools.append(at.pool)
    return total(pools)
