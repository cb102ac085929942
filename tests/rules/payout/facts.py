"""A payout's life in a few words: acts with their days, and what the payout stands on."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from rules.filing.scene import Verdict
from rules.law.calendar import Calendar
from rules.payout.guards import guard_payout
from rules.payout.position import derive_payout, determinations_made
from schemas.acts.payout import PAYOUT_ACT, PayoutAct
from schemas.standing.fact import Fact, Made
from schemas.standing.position import PayoutLine, PayoutPosition
from schemas.standing.surroundings import OwnerView, PayoutSurroundings, ReceiptView, SiblingFacts
from schemas.statements.remuneration import Costs, UnitFacts
from schemas.values.actor import Actor, Role
from schemas.values.patent_number import PatentKind
from tests.rules.remuneration.facts import P1, P2, PAPER, TEAM, UNIT, costs, rule, unit, yuan

CALENDAR = Calendar.bundled()
RECEIVED = date(2025, 3, 3)
STATED, PUBLISHED, LAST_DAY = date(2025, 3, 10), date(2025, 3, 11), date(2025, 3, 26)
APPROVED, INSTRUCTED, PAID = date(2025, 3, 27), date(2025, 3, 28), date(2025, 3, 31)
RECORDED = date(2025, 4, 10)
CLERK, FIRST, SECOND, COMMITTEE, OPERATOR = (UUID(int=n) for n in range(101, 106))
SCHOOL, UNIVERSITY = UUID(int=21), UUID(int=22)
LICENCE, FILING = UUID(int=31), UUID(int=32)
USTC = unit(
    rule(
        "income",
        (TEAM, "team", "80"),
        (SCHOOL, "department", "10"),
        (UNIVERSITY, "institution", "10"),
        team=((P1, "30"), (P2, "30")),
    )
)
PARTIES = {
    Role.FINANCE: CLERK,
    Role.FIRST_APPROVER: FIRST,
    Role.SECOND_APPROVER: SECOND,
    Role.COMMITTEE: COMMITTEE,
    Role.OPERATOR: OPERATOR,
    Role.INVENTOR: P1,
}
ROLES = {
    "determine": Role.TIMER,
    "publish": Role.FINANCE,
    "state_facts": Role.FINANCE,
    "object": Role.INVENTOR,
    "decide": Role.COMMITTEE,
    "approve": Role.FIRST_APPROVER,
    "instruct_payment": Role.FINANCE,
    "paid": Role.BANK,
    "returned_by_bank": Role.BANK,
    "record_tax": Role.FINANCE,
    "cancel": Role.FINANCE,
    "adjust": Role.FINANCE,
    "take_over": Role.OPERATOR,
    "pass_day": Role.TIMER,
    "surroundings_changed": Role.TIMER,
    "correct_fact": Role.FINANCE,
    "countersign": Role.FINANCE,
}


def act(kind: str, on: date, *, role: Role | None = None, party: UUID | None = None, **fields: Any) -> PayoutAct:
    """An act of that day by its usual role; its id comes from what it says, the same in each run."""
    who = role or ROLES[kind]
    by = Actor(role=who, party_id=party or PARTIES.get(who, UUID(int=100)))
    name = fields.pop("name", f"{kind} {on} {by.party_id} {sorted(fields)} {[str(one) for one in fields.values()]}")
    return PAYOUT_ACT.validate_python(
        {"act_id": uuid5(FILING, name), "filing_id": FILING, "by": by, "on": on, "kind": kind, **fields}
    )


def facts_of(*acts: PayoutAct) -> tuple[Fact[PayoutAct], ...]:
    """The acts as recorded one after the other."""
    start = datetime(2025, 3, 3, 8, tzinfo=UTC)
    return tuple(
        Fact(version, one, start + timedelta(minutes=version), Made()) for version, one in enumerate(acts, start=1)
    )


def recorded(
    acts: Sequence[PayoutAct], stands_on: PayoutSurroundings, known: Sequence[Fact[PayoutAct]] = ()
) -> tuple[Fact[PayoutAct], ...]:
    """The acts as the engine records them after ``known``: each fact keeps the determination that it made or showed."""
    facts = list(known)
    before = derive_payout(facts, stands_on, CALENDAR) if facts else None
    for bare in facts_of(*(one.act for one in known), *acts)[len(known) :]:
        after = derive_payout([*facts, bare], stands_on, CALENDAR)
        made = Made(determinations=determinations_made(before, after))
        facts.append(Fact(bare.version, bare.act, bare.recorded_at, made))
        before = after
    return tuple(facts)


def surroundings(*receipts: ReceiptView, **changes: Any) -> PayoutSurroundings:
    """One receipt of 1,748,200 yuan, arrived on ``RECEIVED``, of one owner, unless told otherwise."""
    return PayoutSurroundings.model_validate(
        {
            "patent_kind": PatentKind.INVENTION,
            "granted_on": date(2024, 6, 4),
            "owners": (OwnerView(party_id=UNIT),),
            "contract_registered": True,
            "receipts": receipts or (receipt("1748200"),),
            **changes,
        }
    )


def receipt(amount: str, name: str = "r1", on: date = RECEIVED) -> ReceiptView:
    return ReceiptView(receipt_id=name, received_on=on, amount=yuan(amount))


def sibling(name: str, facts: UnitFacts | None = None, borne: Costs | None = None) -> SiblingFacts:
    return SiblingFacts(subject=name, facts=facts, costs=borne)


def determine(subject: str = "r1", on: date = RECEIVED) -> PayoutAct:
    return act("determine", on, parent_id=LICENCE, unit=UNIT, subject=subject)


def state(facts: UnitFacts = USTC, borne: Costs | None = None, on: date = STATED) -> PayoutAct:
    return act("state_facts", on, facts=facts, costs=borne or costs())


def publish(on: date = PUBLISHED, **fields: Any) -> PayoutAct:
    return act("publish", on, notice=PAPER, **fields)


def hash_of(*acts: PayoutAct, stands_on: PayoutSurroundings | None = None) -> str:
    """What an approver sees after these acts."""
    shown = position(*acts, stands_on=stands_on).amounts_hash
    assert shown is not None
    return shown


def approvals(shown: str, on: date = APPROVED) -> tuple[PayoutAct, PayoutAct]:
    return (act("approve", on, amounts_hash=shown), act("approve", on, role=Role.SECOND_APPROVER, amounts_hash=shown))


def instruct(line: str, on: date = INSTRUCTED, **fields: Any) -> PayoutAct:
    return act("instruct_payment", on, line=line, **fields)


def paid(line: str, amount: str, on: date = PAID, serial: str = "b1") -> PayoutAct:
    return act("paid", on, line=line, amount=yuan(amount), bank_serial=serial)


def returned(line: str, on: date, serial: str = "b1") -> PayoutAct:
    return act("returned_by_bank", on, line=line, bank_serial=serial)


def countersigned(one: PayoutAct, party: UUID = FIRST) -> tuple[PayoutAct, PayoutAct]:
    return one, act("countersign", one.on, role=one.by.role, party=party, countersigns=one.act_id)


def pass_day(on: date) -> PayoutAct:
    return act("pass_day", on)


def position(*acts: PayoutAct, stands_on: PayoutSurroundings | None = None) -> PayoutPosition:
    """Where the payout stands after these acts."""
    return derive_payout(facts_of(*acts), stands_on or surroundings(), CALENDAR)


def approved(*acts: PayoutAct, stands_on: PayoutSurroundings | None = None) -> tuple[PayoutAct, ...]:
    """The life of a payout up to its second approval; without ``acts``, that of the university."""
    begun = acts or (determine(), state())
    return (*begun, publish(), *approvals(hash_of(*begun, stands_on=stands_on)))


def paid_out(stands_on: PayoutSurroundings | None = None) -> tuple[PayoutAct, ...]:
    """Every payable line of the university ordered and paid."""
    life = list(approved(stands_on=stands_on))
    for number, line in enumerate(payable(position(*life, stands_on=stands_on)), start=1):
        life += [instruct(line.key), paid(line.key, str(line.amount), serial=f"b{number}")]
    return tuple(life)


def payable(at: PayoutPosition) -> list[PayoutLine]:
    return [line for line in at.lines if line.payable]


def line_of(at: PayoutPosition, key: str) -> PayoutLine:
    return next(line for line in at.lines if line.key == key)


def task_keys(at: PayoutPosition) -> list[str]:
    return [one.key for one in at.tasks]


def codes(at: PayoutPosition) -> list[str]:
    return [one.code for one in at.findings]


def asked(one: PayoutAct, *life: PayoutAct, stands_on: PayoutSurroundings | None = None) -> Verdict:
    """What the guard says of ``one`` after ``life``."""
    facts, here = facts_of(*life), stands_on or surroundings()
    before = derive_payout(facts, here, CALENDAR) if facts else None
    return guard_payout(one, before, facts, here, CALENDAR)


def refused(one: PayoutAct, *life: PayoutAct, stands_on: PayoutSurroundings | None = None) -> list[str]:
    return [refusal.code for refusal in asked(one, *life, stands_on=stands_on).refusals]


def warned(one: PayoutAct, *life: PayoutAct, stands_on: PayoutSurroundings | None = None) -> list[str]:
    return [refusal.code for refusal in asked(one, *life, stands_on=stands_on).warnings]
