"""A settlement's life in a few words: schemes, receipts, claims, and the acts with their days."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from rules.settlement.guards import guard_settlement
from rules.settlement.position import derive_settlement, determinations_made
from schemas.acts.settlement import SETTLEMENT_ACT, SettlementAct
from schemas.lifecycle.settlement import SETTLEMENT
from schemas.lifecycle.table import check
from schemas.standing.fact import Fact, Made
from schemas.standing.settlement import AdjustmentState, ClaimState, SettlementPosition, SupplementState
from schemas.standing.surroundings import Carried, ClaimedReceipt, ClaimElsewhere, SettlementSurroundings, Taken
from schemas.values.actor import Actor, Role
from schemas.values.identifiers import settlement_id_of
from tests.rules.settlement.people import (
    AUTHORITY,
    BUYER,
    CALENDAR,
    COMPANY,
    PAPER,
    PEOPLE,
    ROLES,
    SELLER,
    UNIVERSITY,
    code,
    line,
    number,
    yuan,
)


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
        self,
        kind: str,
        on: date,
        *,
        role: Role | None = None,
        party: UUID | None = None,
        again: object = "",
        **fields: Any,
    ) -> SettlementAct:
        who = role or ROLES.get(kind, Role.SCHEME_OFFICER)
        by = Actor(role=who, party_id=party or PEOPLE.get(who, UUID(int=399)))
        name = f"{kind} {on} {by.party_id} {again} {sorted(fields.items(), key=str)}"
        return SETTLEMENT_ACT.validate_python(
            {
                "act_id": uuid5(self.filing_id, name),
                "filing_id": self.filing_id,
                "by": by,
                "on": on,
                "kind": kind,
                **fields,
            }
        )

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
        self,
        *receipts: ClaimedReceipt,
        elsewhere: Sequence[ClaimElsewhere] = (),
        carried: Sequence[Carried] = (),
        taken: Sequence[Taken] = (),
    ) -> "Run":
        """News: from now on it stands on these receipts."""
        self.surroundings = SettlementSurroundings(
            receipts=receipts, elsewhere=tuple(elsewhere), carried=tuple(carried), taken=tuple(taken)
        )
        return self

    def open_year(self) -> SettlementAct:
        return self.act(
            "open_year", self.day(1, 2), role=Role.TIMER, authority=AUTHORITY, scheme=self.scheme, year=self.year
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
        self,
        *lines: dict[str, Any],
        who: UUID = UNIVERSITY,
        on: date | None = None,
        kind: str = "university",
        region: str = "hubei.wuhan",
        **fields: Any,
    ) -> SettlementAct:
        facts = {"kind": kind, "seats": [{"since_on": date(2000, 1, 1), "region": region}]}
        return self.act(
            "submit_claim",
            on or self.day(2, 1),
            again=who,
            **{
                "claimant": who,
                "credit_code": code(who),
                "facts": facts,
                "lines": lines,
                "not_related": "yes",
                "exploited": "yes",
                **fields,
            },
        )

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
            "pay", on or self.day(4, 1), again=(key, serial), line=key, amount=yuan(amount), bank_serial=serial
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


def pending(run: Run) -> SupplementState:
    """The next supplementary list."""
    one = run.position.supplement
    assert one is not None
    return one


def approvals(run: Run, on: date) -> tuple[SettlementAct, SettlementAct]:
    """The two approvals of the next supplementary list."""
    shown = pending(run).preview_hash
    return (
        run.act("approve", on, preview_hash=shown),
        run.act("approve", on, role=Role.SECOND_SCHEME_APPROVER, preview_hash=shown),
    )


def supplemented(run: Run, month: int = 5) -> Run:
    """The next supplementary list, from its calculation to its lock, without a refusal."""

    def done(one: SettlementAct) -> None:
        position = run.position
        assert check(SETTLEMENT, position.stage, position.tracks.stages(), one.kind, one.by.role) is None
        assert run.refused(one) == []
        run.tell(one)

    done(run.calculate(run.day(month, 1)))
    for one in approvals(run, run.day(month, 2)):
        done(one)
    done(run.act("lock", run.day(month, 3), preview_hash=pending(run).preview_hash))
    return run
