"""No sequence of acts of one side changes an amount that another side signed, without a finding (R5, D-25).

Two people of one side send whatever they can, in their own role or as second person of it, corrections of everything
included; what is refused is not recorded. Signed are: a payout's amounts by two approvers, a settlement's list by two
approvers and its lock, a bank line by the bank.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.filing.guards import guard_second_person
from rules.filing.order import legal_order, of_kind
from rules.kinds import LICENCE, PAYOUT, SETTLEMENT, Kind
from schemas.acts.act import Act
from schemas.lifecycle.table import check
from schemas.standing.fact import Fact, Made
from schemas.values.actor import Role
from schemas.values.identifiers import act_id_of
from tests.rules.licence import story as licence
from tests.rules.payout import facts as payout
from tests.rules.remuneration.facts import P1, P2, PAPER, TEAM, costs, rule, unit
from tests.rules.settlement.facts import Run, seller
from tests.rules.settlement.people import CALENDAR, MARCH, UNIVERSITY, receipt
from tests.rules.settlement.people import code as credit_code

pytestmark = pytest.mark.slow  # every example derives a filing again and again

PEOPLE = (UUID(int=901), UUID(int=902))
EVEN = unit(rule("income", (TEAM, "team", "80"), (payout.SCHOOL, "department", "20"), team=((P1, "50"), (P2, "50"))))
MEMBER, OTHER_HASH = f"member:{P1}", "0" * 64
DAYS = ["2025-03-10", "2025-03-27", "2026-03-01", "2026-03-12", "2026-03-25"]
REPLACEMENTS: list[dict[str, Any]] = [
    *({"on": day} for day in DAYS),
    *({"amounts_hash": OTHER_HASH}, {"preview_hash": OTHER_HASH}, {"amount": "1.00"}, {"line": "nobody"}),
    {"amount": "5000.00", "allocations": [{"obligation": "due:1", "amount": "5000.00"}]},
    {"amount": "10000.00", "allocations": [{"obligation": "credit", "amount": "10000.00"}]},
    {"by": {"role": "second_approver", "party_id": str(PEOPLE[1])}},
    {"facts": EVEN.model_dump(mode="json")},
    *({"lines": []}, {"claim": str(PEOPLE[0])}, {"budget": "10.00"}, {"last_claim_on": "2026-01-15"}),
    *({"not_related": "no"}, {"exploited": "no"}, {"escrow": True}, {"paid_on": "2026-03-09"}, {"days": 365}),
    {"replacement": {"on": "2026-03-01", "amount": "1.00"}},
]


class Life(NamedTuple):
    """A filing whose amounts somebody has signed: what was signed, of its position."""

    kind: Kind[Any, Any, Any]
    facts: Sequence[Fact[Any]]
    stands_on: Any
    signed: Callable[[Any], object]
    others: Callable[[Role, str, int], Act]
    """An act by a role on a day, other than a correction or a second signature."""

    def at(self, facts: Sequence[Fact[Any]]) -> Any:
        return self.kind.derive(facts, self.stands_on, CALENDAR)


def _payout(*after: Any) -> Life:
    life = [*payout.approved(), *after]
    choices: list[tuple[str, dict[str, Any]]] = [
        *(("state_facts", {"facts": facts, "costs": costs()}) for facts in (payout.USTC, EVEN)),
        *(
            ("publish", {"notice": PAPER}),
            ("object", {"objection": PAPER}),
            ("cancel", {}),
            ("record_tax", {"record": PAPER}),
        ),
        *(("instruct_payment", {"line": MEMBER}), ("pass_day", {}), ("surroundings_changed", {"cause": PEOPLE[0]})),
        ("decide", {"objection": PEOPLE[0], "decision": PAPER, "changed_facts": EVEN}),
        ("adjust", {"line": MEMBER, "decision": "leave", "paper": PAPER}),
        ("returned_by_bank", {"line": MEMBER, "bank_serial": "b1"}),
        ("paid", {"line": MEMBER, "bank_serial": "b2", "amount": "419568.00"}),
    ]

    def other(role: Role, day: str, n: int) -> Act:
        kind, fields = choices[n % len(choices)]
        return payout.act(kind, date.fromisoformat(day), role=role, party=PEOPLE[n % 2], **fields)

    def signed(at: Any) -> object:
        amounts = {line.key: line.amount for line in at.lines}
        told = [(line.key, one.amount, one.paid_on) for line in at.lines for one in line.payments]
        return amounts, told

    return Life(PAYOUT, payout.recorded(life, payout.surroundings()), payout.surroundings(), signed, other)


def _licence() -> Life:
    told = (licence.NOTICE, licence.PAID, licence.act("book_receipt", "2026-03-11"))
    plain = [
        *("retract", "terminate", "file_recordal", "supplement", "record", "cancel_recordal", "apply", "register"),
        *("supplement_amounts", "open_dispute", "decide", "claim_missing", "confirm", "close_unpaid", "pass_day"),
    ]
    money: list[tuple[str, dict[str, Any]]] = [
        *(("pay", {"amount": "100.00"}), ("waive", {"amount": "1.00"}), ("settle", {"amount": "10000.00"})),
        *(("reverse_receipt", {"amount": "4000.00"}), ("book_receipt", {"serial": "2"}), ("book_receipt", {})),
    ]

    def other(role: Role, day: str, n: int) -> Act:
        kind, fields = (*((one, {}) for one in plain), *money)[n % (len(plain) + len(money))]
        act: Act = licence.act(kind, day, role=role, person=f"person {n % 2}", again=n, **fields)
        return act

    def signed(at: Any) -> list[tuple[object, ...]]:
        return [(one.receipt_id, one.amount, one.reversed_amount, one.received_on, one.paid_on) for one in at.receipts]

    def of_the_bank(at: Any) -> object:
        return signed(at)[:1] if at.receipts else None

    return Life(LICENCE, licence.facts(*told), licence.offer(), of_the_bank, other)


def _settlement(*, is_locked: bool) -> Life:
    run: Run = seller(receipt("r1", "1000000", MARCH))
    run.tell(run.publish(), *run.approvals(), *((run.lock(),) if is_locked else ()))
    claim = next(one.act.act_id for one in run.facts if one.act.kind == "submit_claim")
    line = f"{credit_code(UNIVERSITY)}:authority"
    content = next(one.act for one in run.facts if one.act.kind == "submit_claim").model_dump(mode="json")
    supplement = {name: content[name] for name in ("claimant", "credit_code", "facts", "lines")}
    choices: list[tuple[str, dict[str, Any]]] = [
        *((kind, {"claim": claim}) for kind in ("withdraw_claim", "recommend", "accept_claim")),
        ("decline", {"claim": claim, "reason": "r"}),
        *((kind, {"claim": claim, "clause": "c", "reason": "r"}) for kind in ("hold_claim", "reject_claim")),
        ("supplement_claim", {**supplement, "claim": claim}),
        *(
            ("calculate", {}),
            ("publish", {"notice": PAPER, "preview_hash": OTHER_HASH}),
            ("object", {"objection": PAPER}),
        ),
        *(("lock", {"preview_hash": run.shown()}), ("pay", {"line": line, "amount": "1.00", "bank_serial": "1"})),
        ("demand_back", {"line": line, "amount": "1.00", "ground": "fraud", "decision": PAPER}),
        ("recovered", {"line": line, "amount": "1.00", "bank_serial": "2"}),
    ]

    def other(role: Role, day: str, n: int) -> Act:
        kind, fields = choices[n % len(choices)]
        return run.act(kind, date.fromisoformat(day), role=role, party=PEOPLE[n % 2], again=n, **fields)

    def signed(at: Any) -> object:
        return at.preview_hash, [(one.key, one.due) for one in at.lines], [one.amount for one in at.adjustments]

    return Life(SETTLEMENT, tuple(run.facts), run.surroundings, signed, other)


LIVES = {
    "payout": (_payout(), [Role.FINANCE, Role.OPERATOR, Role.BANK, Role.INVENTOR, Role.COMMITTEE, Role.LICENSOR]),
    "paid payout": (
        _payout(payout.instruct(MEMBER), payout.paid(MEMBER, "419568.00")),
        [Role.FINANCE, Role.OPERATOR, Role.INVENTOR, Role.COMMITTEE, Role.LICENSOR],
    ),
    "licence": (
        _licence(),
        [Role.LICENSEE, Role.LICENSOR, Role.FINANCE, Role.OPERATOR, Role.OFFICE, Role.REGISTRAR, Role.COURT],
    ),
    "approved settlement": (
        _settlement(is_locked=False),
        [Role.SCHEME_OFFICER, Role.CLAIMANT, Role.OPERATOR, Role.TREASURY, Role.BANK, Role.DISTRICT_RECOMMENDER],
    ),
    "locked settlement": (
        _settlement(is_locked=True),
        [Role.SCHEME_OFFICER, Role.CLAIMANT, Role.OPERATOR, Role.DISTRICT_RECOMMENDER],
    ),
}
SIDES = [(name, side) for name, (_, sides) in LIVES.items() for side in sides]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["correct", "correct", "other"]),
        st.integers(0, 40),
        st.sampled_from(DAYS),
        st.sampled_from(REPLACEMENTS),
    ),
    max_size=8,
)


def _correction(life: Life, known: Sequence[Fact[Any]], side: Role, n: int, on: str, replaced: dict[str, Any]) -> Act:
    act: Act = life.kind.acts.validate_python(
        {
            "kind": "correct_fact",
            "act_id": act_id_of("correct", n, len(known), str(replaced)),
            "filing_id": known[0].act.filing_id,
            "by": {"role": side, "party_id": PEOPLE[0]},
            "on": on,
            "evidence": [PAPER],
            "corrects": known[n % len(known)].act.act_id,
            "replacement": replaced,
            "reason": PAPER,
        }
    )
    return act


def _signature(life: Life, first: Act) -> Act:
    act: Act = life.kind.acts.validate_python(
        {
            "kind": "countersign",
            "act_id": act_id_of("sign", first.act_id),
            "filing_id": first.filing_id,
            "by": {"role": first.by.role, "party_id": PEOPLE[1]},
            "on": first.on,
            "countersigns": first.act_id,
        }
    )
    return act


def _taken(life: Life, known: Sequence[Fact[Any]], act: Act) -> tuple[Fact[Any], ...]:
    """The facts with this one, if nothing refuses it."""
    at = life.at(known)
    lifecycle, tracks = life.kind.lifecycle, at.tracks.stages()
    if act.act_id in [one.act.act_id for one in known]:
        return tuple(known)
    if check(lifecycle, at.stage, tracks, act.kind, act.by.role, is_known=True) is not None:
        return tuple(known)
    refused = list(guard_second_person(act, known, life.kind.acts))
    if refused or life.kind.guard(act, at, known, life.stands_on, CALENDAR).refusals:
        return tuple(known)
    return (*known, Fact(len(known) + 1, act, known[-1].recorded_at, Made()))


@pytest.mark.parametrize(("name", "side"), SIDES)
@settings(deadline=None, max_examples=60)
@given(steps=STEPS)
def test_no_acts_of_one_side_change_what_another_side_signed_without_a_finding(
    name: str, side: Role, steps: list[tuple[bool, int, str, dict[str, Any]]]
) -> None:
    life, _ = LIVES[name]
    known = tuple(life.facts)
    for corrects, n, on, replaced in steps:
        act = _correction(life, known, side, n, on, replaced) if corrects else life.others(side, on, n)
        known = _taken(life, known, act)
        if known[-1].act.act_id == act.act_id:
            known = _taken(life, known, _signature(life, act))
    before, after = life.at(life.facts), life.at(known)
    told = [one.key for one in before.findings]
    if not [one for one in after.findings if one.key not in told]:
        assert life.signed(after) == life.signed(before)


@pytest.mark.parametrize(("name", "side"), SIDES)
@settings(deadline=None, max_examples=60)
@given(n=st.integers(0, 40), on=st.sampled_from(DAYS), replaced=st.sampled_from(REPLACEMENTS))
def test_what_approvers_signed_stays_word_for_word_whoever_corrects_it(
    name: str, side: Role, n: int, on: str, replaced: dict[str, Any]
) -> None:
    life, _ = LIVES[name]
    # Recorded and countersigned as it could be before it was refused.
    first = _correction(life, life.facts, side, n, on, replaced)
    signed = [
        replace(life.facts[-1], version=len(life.facts) + k, act=act)
        for k, act in enumerate((first, _signature(life, first)), 1)
    ]
    then = legal_order([*life.facts, *signed], life.kind.acts)
    now = legal_order(life.facts, life.kind.acts)
    kinds = ("approve", "lock", "publish", "object", "decide", "instruct_payment", "accept_claim", "calculate")
    assert [one.act for one in of_kind(then, *kinds)] == [one.act for one in of_kind(now, *kinds)]
