"""What holds for every settlement: no order, sums and caps to the fen, splits that add up, and money that balances."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.recompute import differences, recompute
from rules.schemes.catalogue import find_scheme
from rules.schemes.funding import funded
from rules.schemes.settling import given_to
from rules.schemes.yearly import version_of
from schemas.standing.surroundings import Carried, ClaimedReceipt, OwnerView
from schemas.values.money import Money, total
from tests.rules.settlement.facts import Run
from tests.rules.settlement.people import (
    BUYER,
    COMPANY,
    MARCH,
    PAPER,
    SELLER,
    UNIVERSITY,
    code,
    line,
    receipt,
    with_scheme,
)

pytestmark = pytest.mark.slow  # every example is a settlement from the call to the money, settled several times over

FEN = st.integers(min_value=0, max_value=10**11)
CAP = 100_000_000
WHO = [UUID(int=401 + place) for place in range(4)]
NO_FIXTURE_CHECK = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def receipts_of(amounts: Sequence[int], **changes: object) -> list[ClaimedReceipt]:
    return [receipt(f"r{place}", str(Money(fen)), MARCH, **changes) for place, fen in enumerate(amounts)]


def locked(scheme: str, amounts: Sequence[int], who: UUID = UNIVERSITY, kind: str = "university") -> Run:
    run = Run(scheme, 2025, *receipts_of(amounts)).called()
    lines = (
        line(f"r{place}", counterparty_kind="university" if who == COMPANY else "enterprise")
        for place in range(len(amounts))
    )
    run.accepted(run.claim(*lines, who=who, kind=kind))
    return run.locked()


@given(before=st.lists(FEN, min_size=1, max_size=4), after=st.data())
@settings(deadline=None, max_examples=40)
def test_settled_and_adjusted_together_are_what_the_origin_year_gives_now(
    before: list[int], after: st.DataObject
) -> None:
    run = locked(SELLER, before)
    settled = total(one.settled for one in run.position.lines)
    assert settled.fen == min(sum(before) * 2 // 100, CAP)
    now = [after.draw(st.integers(min_value=0, max_value=fen)) for fen in before]
    run.knows(*receipts_of(now))
    adjusted = total(one.amount for one in run.position.adjustments)
    assert (settled + adjusted).fen == min(sum(now) * 2 // 100, CAP)
    assert total(one.settled for one in run.position.lines) == settled  # what was locked does not move


@given(before=st.lists(FEN, min_size=1, max_size=3), after=st.lists(FEN, min_size=3, max_size=3))
@settings(deadline=None, max_examples=40)
def test_each_payer_has_given_in_the_end_what_its_share_of_the_year_is(before: list[int], after: list[int]) -> None:
    run = locked(BUYER, before, COMPANY, "enterprise")
    settled = {one.payer: one.settled for one in run.position.lines}
    run.knows(*receipts_of(after[: len(before)]))
    base = sum(after[: len(before)])
    year = Money(min(base // 10, CAP) if base >= 50_000_000 else 0)
    funding = version_of(find_scheme(BUYER), 2025).funding
    assert funding is not None
    ends = {one.payer: one.amount for one in run.position.adjustments}
    for part in funded(funding, year):
        assert settled.get(part.name, Money(0)) + ends.get(part.name, Money(0)) == part.amount


@NO_FIXTURE_CHECK
@given(
    amounts=st.lists(st.integers(1, 10**9), min_size=4, max_size=4),
    budget=st.integers(1, 10**9),
    order=st.permutations(range(4)),
)
def test_claims_do_not_depend_on_the_order_in_which_they_were_recorded_and_never_exceed_the_budget(
    monkeypatch: pytest.MonkeyPatch, amounts: list[int], budget: int, order: list[int]
) -> None:
    with monkeypatch.context() as patched:
        scheme = with_scheme(patched, "T-ORDER", "budget: {when_short: pro_rata}")
        known = [
            receipt(f"r{place}", str(Money(fen)), MARCH, licensors=(OwnerView(party_id=WHO[place]),))
            for place, fen in enumerate(amounts)
        ]
        found = []
        for places in (range(4), order):
            run = Run(scheme, 2025, *known).called(budget=Money(budget))
            run.accepted(*(run.claim(line(f"r{place}"), who=WHO[place]) for place in places))
            found.append({one.credit_code: one.settled for one in run.position.lines})
    assert found[0] == found[1]
    claims = [fen // 10 for fen in amounts]
    assert total(found[0].values()).fen == min(sum(claims), budget)
    for who, claim in zip(WHO, claims, strict=True):
        exact = claim * min(Fraction(1), Fraction(budget, sum(claims) or 1))
        assert abs(found[0].get(code(who), Money(0)).fen - exact) < 1


@NO_FIXTURE_CHECK
@given(
    amounts=st.lists(st.integers(10, 10**9), min_size=3, max_size=3),
    budget=st.integers(1, 10**8),
    fallen=st.integers(0, 10**9),
)
def test_after_a_pro_rata_the_locked_factor_stays_and_others_are_not_touched(
    monkeypatch: pytest.MonkeyPatch, amounts: list[int], budget: int, fallen: int
) -> None:
    with monkeypatch.context() as patched:
        scheme = with_scheme(patched, "T-FACTOR", "budget: {when_short: pro_rata}")

        def known(fens: Sequence[int]) -> list[ClaimedReceipt]:
            return [
                receipt(f"r{place}", str(Money(fen)), MARCH, licensors=(OwnerView(party_id=WHO[place]),))
                for place, fen in enumerate(fens)
            ]

        run = Run(scheme, 2025, *known(amounts)).called(budget=Money(budget))
        run.accepted(*(run.claim(line(f"r{place}"), who=WHO[place]) for place in range(3))).locked()
        settled = {one.credit_code: one.settled.fen for one in run.position.lines}
        run.knows(*known([min(fallen, amounts[0]), *amounts[1:]]))
        adjusted = {one.credit_code: one.amount.fen for one in run.position.adjustments}
    assert set(adjusted) <= {code(WHO[0])}
    factor = min(Fraction(1), Fraction(budget, sum(fen // 10 for fen in amounts)))
    left = settled.get(code(WHO[0]), 0) + adjusted.get(code(WHO[0]), 0)
    assert left - floor(min(fallen, amounts[0]) // 10 * factor) in (0, 1)  # 1: the fen of the largest remainder


@given(before=st.lists(FEN, min_size=1, max_size=3), back=st.integers(-(10**9), 10**9))
@settings(deadline=None, max_examples=30)
def test_a_list_is_computed_again_from_its_own_inputs_and_its_money_balances(before: list[int], back: int) -> None:
    run = Run(SELLER, 2025, *receipts_of(before)).called()
    carried = Carried(
        settlement_id=UUID(int=9),
        version=4,
        credit_code=code(UNIVERSITY),
        claimant=UNIVERSITY,
        payer="authority",
        amount=Money(back),
    )
    run.knows(*run.surroundings.receipts, carried=(carried,) if back else ())
    run.accepted(run.claim(*(line(f"r{place}") for place in range(len(before))))).locked()
    made = next(fact.made.determinations[0] for fact in run.facts if fact.made.determinations)
    assert differences(made, recompute(made)) == ()
    settled = given_to(made)[code(UNIVERSITY)].payable
    (due,) = [one.due for one in run.position.lines] or [Money(0)]
    rest = total(one.amount for one in run.position.adjustments)
    assert (due + rest) == settled + Money(back)  # paid now, or carried on: nothing is lost
    assert min(due, -rest) == Money(0) or not rest
    if due:
        run.tell(run.pay(f"{code(UNIVERSITY)}:authority", str(due)))
        assert run.position.stage == "paid"


@given(st.lists(st.tuples(st.integers(0, 17), st.integers(1, 700)), max_size=14))
@settings(deadline=None, max_examples=60)
def test_a_settlement_stands_somewhere_whatever_is_told_on_whichever_day(told: list[tuple[int, int]]) -> None:
    run = Run(SELLER, 2025, *receipts_of([10**8, 5 * 10**7]))
    run.tell(run.open_year())
    claim, key = run.claim(line("r0"), line("r1")), f"{code(UNIVERSITY)}:authority"
    hashes = ["0" * 64]
    for place, (what, days) in enumerate(told):
        on = date.fromordinal(date(2025, 12, 31).toordinal() + days)
        hashes.append(run.position.preview_hash or hashes[0])
        seen = hashes[days % len(hashes)]
        pay = {"line": key, "bank_serial": str(days % 3)}
        acts: list[tuple[str, dict[str, Any]]] = [
            ("call", {"last_claim_on": on, "notice": PAPER}),
            ("activate", {"paper": PAPER}),
            ("accept_claim", {"claim": claim.act_id}),
            ("withdraw_claim", {"claim": claim.act_id}),
            ("hold_claim", {"claim": claim.act_id, "clause": "a", "reason": "b", "answer_by": on}),
            ("reject_claim", {"claim": claim.act_id, "clause": "a", "reason": "b"}),
            ("calculate", {}),
            ("publish", {"notice": PAPER, "preview_hash": seen}),
            ("approve", {"preview_hash": seen}),
            ("lock", {"preview_hash": seen}),
            ("pay", {**pay, "amount": Money(days)}),
            ("returned", pay),
            ("recovered", {**pay, "amount": Money(days)}),
            ("pass_day", {}),
            ("object", {"objection": PAPER}),
            ("demand_back", {"line": key, "amount": Money(days), "ground": "fraud", "decision": PAPER}),
            ("recommend", {"claim": claim.act_id}),
        ]
        one = claim if what == len(acts) else run.act(acts[what][0], on, again=place, **acts[what][1])
        if one not in [fact.act for fact in run.facts]:
            run.tell(one)
    position = run.position
    assert position.stage
    assert len({one.key for one in position.money}) == len(position.money)
    assert len({one.key for one in position.lines}) == len(position.lines)
    assert len({one.key for one in position.tasks}) == len(position.tasks)
    assert len({one.key for one in position.findings}) == len(position.findings)


@given(st.permutations(range(6)))
def test_what_treasury_and_bank_did_does_not_depend_on_when_it_was_told(order: list[int]) -> None:
    run = locked(SELLER, [100_000_000])
    key = f"{code(UNIVERSITY)}:authority"
    told = [
        run.pay(key, "20000", "1"),
        run.act("returned", run.day(4, 9), line=key, bank_serial="1"),
        run.pay(key, "20000", "2", run.day(4, 12)),
        run.act("pass_day", run.day(4, 13)),
        run.act("pass_day", date(2026, 5, 1)),
        run.act("pass_day", date(2026, 5, 2)),
    ]
    found = []
    for places in (range(6), order):
        other = Run(SELLER, 2025, *run.surroundings.receipts)
        other.facts = [*run.facts]
        other.tell(*(told[place] for place in places))
        found.append((other.position.lines, other.position.money, other.position.stage))
    assert found[0] == found[1]
