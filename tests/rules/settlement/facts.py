"""A settlement's life in a few words: schemes, receipts, claims, and the acts with their days."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from rules.law.calendar import Calendar
from rules.schemes import catalogue
from rules.schemes.catalogue import bundled_schemes, scheme_of_text
from rules.settlement import guards as settlement_guards
from rules.settlement import items as settlement_items
from rules.settlement.guards import guard_settlement
from rules.settlement.position import derive_settlement, determinations_made
from schemas.acts.settlement import SETTLEMENT_ACT, SettlementAct
from schemas.standing.fact import Fact, Made
from schemas.standing.settlement import AdjustmentState, ClaimState, SettlementPosition
from schemas.standing.surroundings import (
    Carried,
    ClaimedReceipt,
    ClaimElsewhere,
    OwnerView,
    SettlementSurroundings,
    Taken,
)
from schemas.values.actor import Actor, Role
from schemas.values.credit_code import credit_code_of
from schemas.values.determination import Answer3
from schemas.values.identifiers import settlement_id_of
from schemas.values.money import Money
from schemas.values.patent_number import PatentKind

CALENDAR = Calendar.bundled()
AUTHORITY, UNIVERSITY, COMPANY, SECOND, LICENCE = (UUID(int=number) for number in range(201, 206))
OFFICER, OTHER_OFFICER, FIRST, SECOND_APPROVER, TREASURY, CLERK = (UUID(int=number) for number in range(301, 307))
PAPER = "a" * 64
SELLER, BUYER, SHENZHEN = "WH-2025-SELLER-2PCT", "WH-2022-BUYER-10PCT", "SZ-2021-UNIV-5PCT"
PEOPLE = {
    Role.SCHEME_OFFICER: OFFICER, Role.FIRST_SCHEME_APPROVER: FIRST, Role.SECOND_SCHEME_APPROVER: SECOND_APPROVER,
    Role.TREASURY: TREASURY, Role.LICENSOR: CLERK, Role.CLAIMANT: CLERK, Role.LICENSEE: CLERK,
}
MARCH, DECEMBER, JANUARY = date(2025, 3, 3), date(2025, 12, 31), date(2026, 1, 2)
ROLES = {
    "activate": Role.FIRST_SCHEME_APPROVER, "submit_claim": Role.CLAIMANT, "supplement_claim": Role.CLAIMANT,
    "withdraw_claim": Role.CLAIMANT, "recommend": Role.DISTRICT_RECOMMENDER, "decline": Role.DISTRICT_RECOMMENDER,
    "object": Role.CLAIMANT, "approve": Role.FIRST_SCHEME_APPROVER, "pay": Role.TREASURY, "returned": Role.BANK,
    "recovered": Role.BANK, "pass_day": Role.TIMER, "surroundings_changed": Role.TIMER, "take_over": Role.OPERATOR,
}
OWN_SCHEME = """
id: {id}
title_zh: 测试方案
title_en: A scheme of these tests
region: guizhou
beneficiary: licensor
versions:
  - from: 2020-01-01
    cite: {{provision: art. 1, instrument: rules of these tests}}
    mark: V1
    checked_on: 2026-11-15
    base: {{measure: received}}
    window: {{decided_by: received_on}}
{more}
"""


def with_scheme(monkeypatch: pytest.MonkeyPatch, scheme_id: str, *clauses: str) -> str:
    """A scheme of ten percent of what arrived in the year, with more clauses; its id."""
    usual = {"status": "status: in_force", "amount": 'amount: {rate: "0.10"}'}
    named = [clause.split(":")[0] for clause in clauses]
    more = [*(clause for key, clause in usual.items() if key not in named), *clauses]
    text = OWN_SCHEME.format(id=scheme_id, more="\n".join(f"    {one}" for one in more))
    schemes = {**catalogue.bundled_schemes(), scheme_id: scheme_of_text(text, scheme_id)}
    for module in (catalogue, settlement_items, settlement_guards):
        monkeypatch.setattr(module, "bundled_schemes", lambda: schemes)
    assert scheme_id not in bundled_schemes()
    return scheme_id


def yuan(amount: str) -> Money:
    return Money.of(amount)


def code(who: UUID) -> str:
    return credit_code_of(f"{who.int:017d}")


def number(name: str) -> UUID:
    """The id of a receipt by its name."""
    return uuid5(LICENCE, name)


def receipt(name: str, amount: str, on: date, **changes: Any) -> ClaimedReceipt:
    """A registered licence's receipt, net; the university licenses, the company pays."""
    return ClaimedReceipt.model_validate({
        "receipt_id": number(name), "licence_id": LICENCE, "licensors": (OwnerView(party_id=UNIVERSITY),),
        "licensee": COMPANY, "received_on": on, "paid_on": on, "amount": yuan(amount), "registered": Answer3.YES,
        "registered_on": date(on.year, 1, 5), "registered_class": "transfer", "registered_amount": yuan(amount),
        "contract_registered_amount": yuan("900000000"),
        "patent_number": "201910065946.9", "patent_kind": PatentKind.INVENTION, **changes,
    })


def line(name: str, **stated: Any) -> dict[str, Any]:
    """A line of a claim for a receipt of the platform."""
    counterparty = {
        "counterparty_kind": "enterprise", "counterparty_region": "hubei.wuhan", "exploited": "yes", **stated,
    }
    return {"receipt_id": str(number(name)), "stated": counterparty, "evidence": [PAPER]}


class Run:
    """One settlement: its facts as they were recorded, and what it stands on."""

    def __init__(self, scheme: str, year: int, *receipts: ClaimedReceipt) -> None:
        self.scheme, self.year = scheme, year
        self.filing_id = settlement_id_of(AUTHORITY, scheme, year)
        self.facts: list[Fact[SettlementAct]] = []
        self.surroundings = SettlementSurroundings(receipts=receipts)

    @property
    def position(self) -> SettlementPosition:
        return derive_settlement(self.facts, self.surroundings, CALENDAR)

    def day(self, month: int, day: int) -> date:
        """A day of the year in which the year is settled."""
        return date(self.year + 1, month, day)

    def act(
        self, kind: str, on: date, *, role: Role | None = None, party: UUID | None = None, again: object = "",
        **fields: Any,
    ) -> SettlementAct:
        who = role or ROLES.get(kind, Role.SCHEME_OFFICER)
        by = Actor(role=who, party_id=party or PEOPLE.get(who, UUID(int=399)))
        name = f"{kind} {on} {by.party_id} {again} {sorted(fields.items(), key=str)}"
        return SETTLEMENT_ACT.validate_python({
            "act_id": uuid5(self.filing_id, name), "filing_id": self.filing_id, "by": by, "on": on, "kind": kind,
            **fields,
        })

    def tell(self, *acts: SettlementAct) -> "Run":
        """Records the acts as the engine does: a calculation keeps the list that it made."""
        for one in acts:
            recorded_at = datetime(2026, 1, 1, 1, tzinfo=UTC) + timedelta(minutes=len(self.facts))
            fact = Fact(len(self.facts) + 1, one, recorded_at, Made())
            if one.kind == "calculate":
                made = determinations_made([*self.facts, fact], self.surroundings)
                fact = Fact(fact.version, one, recorded_at, Made(determinations=made))
            self.facts.append(fact)
        return self

    def refused(self, one: SettlementAct) -> list[str]:
        """The codes with which the guard refuses the act now."""
        position = self.position if self.facts else None
        verdict = guard_settlement(one, position, self.facts, self.surroundings, CALENDAR)
        return [no.code for no in verdict.refusals]

    def knows(
        self, *receipts: ClaimedReceipt, elsewhere: Sequence[ClaimElsewhere] = (), carried: Sequence[Carried] = (),
        taken: Sequence[Taken] = (),
    ) -> "Run":
        """News: from now on it stands on these receipts."""
        self.surroundings = SettlementSurroundings(
            receipts=receipts, elsewhere=tuple(elsewhere), carried=tuple(carried), taken=tuple(taken),
        )
        return self

    def open_year(self) -> SettlementAct:
        return self.act(
            "open_year", self.day(1, 2), role=Role.TIMER, authority=AUTHORITY, scheme=self.scheme, year=self.year,
        )

    def activated(self) -> tuple[SettlementAct, SettlementAct]:
        on = self.day(1, 3)
        return (
            self.act("activate", on, paper=PAPER),
            self.act("activate", on, role=Role.SECOND_SCHEME_APPROVER, paper=PAPER),
        )

    def call(self, **fields: Any) -> SettlementAct:
        given = {"last_claim_on": self.day(2, 28), "notice": PAPER, **fields}
        return self.act("call", self.day(1, 10), **given)

    def called(self, **fields: Any) -> "Run":
        return self.tell(self.open_year(), self.call(**fields))

    def claim(
        self, *lines: dict[str, Any], who: UUID = UNIVERSITY, on: date | None = None, kind: str = "university",
        region: str = "hubei.wuhan", **fields: Any,
    ) -> SettlementAct:
        facts = {"kind": kind, "seats": [{"since_on": date(2000, 1, 1), "region": region}]}
        return self.act("submit_claim", on or self.day(2, 1), again=who, **{
            "claimant": who, "credit_code": code(who), "facts": facts, "lines": lines, "not_related": "yes",
            "exploited": "yes", **fields,
        })

    def accept(self, claim: SettlementAct, *keys: str) -> SettlementAct:
        return self._decide("accept_claim", claim, keys)

    def hold(self, claim: SettlementAct, *keys: str) -> SettlementAct:
        return self._decide("hold_claim", claim, keys, clause="evidence", reason="cannot be read")

    def reject(self, claim: SettlementAct, *keys: str) -> SettlementAct:
        return self._decide("reject_claim", claim, keys, clause="evidence", reason="is missing")

    def _decide(self, kind: str, claim: SettlementAct, keys: Sequence[str], **fields: Any) -> SettlementAct:
        lines = tuple(str(number(key)) for key in keys)
        return self.act(kind, self.day(2, 10), again=len(self.facts), claim=claim.act_id, lines=lines, **fields)

    def calculate(self, on: date | None = None) -> SettlementAct:
        return self.act("calculate", on or self.day(3, 1), again=len(self.facts))

    def accepted(self, *claims: SettlementAct) -> "Run":
        """Claimed, accepted and calculated."""
        self.tell(*claims, *(self.accept(one) for one in claims))
        return self.tell(self.calculate())

    def shown(self) -> str:
        shown = self.position.preview_hash
        assert shown is not None
        return shown

    def publish(self) -> SettlementAct:
        return self.act("publish", self.day(3, 2), notice=PAPER, preview_hash=self.shown())

    def approvals(self) -> tuple[SettlementAct, SettlementAct]:
        on, shown = self.day(3, 20), self.shown()
        return (
            self.act("approve", on, preview_hash=shown),
            self.act("approve", on, role=Role.SECOND_SCHEME_APPROVER, preview_hash=shown),
        )

    def lock(self) -> SettlementAct:
        return self.act("lock", self.day(3, 21), preview_hash=self.shown())

    def locked(self) -> "Run":
        """From the calculation to the lock."""
        return self.tell(self.publish(), *self.approvals(), self.lock())

    def pay(self, key: str, amount: str, serial: str = "1", on: date | None = None) -> SettlementAct:
        return self.act(
            "pay", on or self.day(4, 1), again=(key, serial), line=key, amount=yuan(amount), bank_serial=serial,
        )


def paid(run: Run) -> list[str]:
    """What each line of the list is due."""
    return [str(one.due) for one in run.position.lines]


def claim_of(run: Run, who: UUID = UNIVERSITY) -> ClaimState:
    return next(one for one in run.position.claims if one.claimant == who)


def given(run: Run, who: UUID = UNIVERSITY) -> tuple[str, str]:
    """What one claimant is paid, and what is reserved."""
    one = claim_of(run, who)
    return str(one.payable), str(one.reserved)


def adjusted(run: Run) -> dict[str, str]:
    """Payer -> what the university is owed, or owes, after the lock."""
    return {one.payer: str(one.amount) for one in run.position.adjustments if one.credit_code == code(UNIVERSITY)}


def adjustment(run: Run) -> AdjustmentState:
    (only,) = run.position.adjustments
    return only


def seller(*receipts: Any, **fields: Any) -> Run:
    """The university's claim of these receipts under Wuhan's scheme for providers, calculated."""
    run = Run(SELLER, 2025, *receipts).called()
    return run.accepted(run.claim(*(line(name) for name in names_of(run)), **fields))


def names_of(run: Run) -> list[str]:
    known = {number(name): name for name in ("r1", "r2", "r3")}
    return [known[one.receipt_id] for one in run.surroundings.receipts]


def buyer(*receipts: Any) -> Run:
    run = Run(BUYER, 2025, *receipts).called()
    lines = (line(name, counterparty_kind="university") for name in names_of(run))
    return run.accepted(run.claim(*lines, who=COMPANY, kind="enterprise"))
