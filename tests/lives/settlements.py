"""The acts of a settlement: an authority pays Shenzhen's university scheme for the year of the receipts."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from schemas.acts.act import Act, CorrectFact, Countersign, FilingKind, PassDay, SurroundingsChanged
from schemas.acts.settlement import (
    Activate,
    ApproveSettlement,
    Calculate,
    Call,
    DecideSettlementObjection,
    DemandBack,
    LockSettlement,
    ObjectToSettlement,
    OpenYear,
    PaySubsidy,
    PublishSettlement,
    Recovered,
    SettlementAct,
    SubsidyReturned,
    TakeOverSettlement,
)
from schemas.acts.settlement_claims import (
    AcceptClaim,
    DecideRelation,
    HoldClaim,
    RejectClaim,
    SubmitClaim,
    SupplementClaim,
    WithdrawClaim,
)
from schemas.values.actor import Role
from schemas.values.identifiers import act_id_of, settlement_id_of, workflow_id
from schemas.values.money import Money
from tests.lives.world import World

A = TypeVar("A", bound=Act)
SCHEME = "SZ-2021-UNIV-5PCT"
OPENED_ON, ACTIVATED_ON, CALLED_ON = (date(2027, 1, day) for day in (4, 5, 6))
CLAIMED_ON, DECIDED_ON, LAST_CLAIM_ON = (date(2027, 2, day) for day in (1, 10, 26))
CALCULATED_ON, LISTED_ON, SIGNED_ON, LOCKED_ON, PAID_ON = (date(2027, 3, day) for day in (1, 2, 15, 16, 22))


@dataclass(frozen=True)
class SettlementLife:
    """One authority, one scheme, one year."""

    world: World
    year: int = 2026
    scheme: str = SCHEME
    run_by: str = "authority"
    kind: ClassVar[FilingKind] = FilingKind.SETTLEMENT

    @property
    def authority(self) -> UUID:
        return self.world.party(self.run_by)

    @property
    def filing_id(self) -> UUID:
        return settlement_id_of(self.authority, self.scheme, self.year)

    @property
    def workflow_id(self) -> str:
        return workflow_id("settlement", self.authority, self.scheme, self.year)

    def credit_code(self, claimant: str = "unit") -> str:
        return self.world.credit_code(claimant)

    def line_of(self, claimant: str = "unit", payer: str = "authority") -> str:
        return f"{self.credit_code(claimant)}:{payer}"

    def day(self, usual: date) -> date:
        """The same day of the year after the one that is settled."""
        return usual.replace(year=self.year + 1)

    def open_year(self, on: date | None = None) -> OpenYear:
        return self._act(
            OpenYear,
            Role.TIMER,
            on or self.day(OPENED_ON),
            act_id=act_id_of("open_year", self.filing_id),
            authority=self.authority,
            scheme=self.scheme,
            year=self.year,
        )

    def activated_by_both(self) -> tuple[Activate, Activate]:
        on, paper = self.day(ACTIVATED_ON), self.world.paper("decision")
        return (
            self._act(Activate, Role.FIRST_SCHEME_APPROVER, on, paper=paper),
            self._act(Activate, Role.SECOND_SCHEME_APPROVER, on, paper=paper),
        )

    def call(self, **fields: Any) -> Call:
        given = {"last_claim_on": self.day(LAST_CLAIM_ON), "notice": self.world.paper("notice"), **fields}
        return self._act(Call, Role.SCHEME_OFFICER, self.day(CALLED_ON), **given)

    def submit(self, *receipts: UUID, claimant: str = "unit", on: date | None = None, **fields: Any) -> SubmitClaim:
        return self._act(
            SubmitClaim,
            Role.LICENSOR,
            on or self.day(CLAIMED_ON),
            again=(claimant, receipts),
            **self._content(receipts, claimant, fields),
        )

    def supplement(self, claim: SubmitClaim, *receipts: UUID, on: date, **fields: Any) -> SupplementClaim:
        return self._act(
            SupplementClaim,
            Role.LICENSOR,
            on,
            again=(claim.act_id, receipts),
            claim=claim.act_id,
            **self._content(receipts, "unit", fields),
        )

    def _content(self, receipts: tuple[UUID, ...], claimant: str, fields: dict[str, Any]) -> dict[str, Any]:
        lines = [{"receipt_id": one, "evidence": (self.world.paper("voucher"),)} for one in receipts]
        return {
            "claimant": self.world.party(claimant),
            "credit_code": self.credit_code(claimant),
            "lines": lines,
            "facts": {"kind": "university", "seats": [{"since_on": date(2000, 1, 1), "region": "guangdong.shenzhen"}]},
            "not_related": "yes",
            "exploited": "yes",
            **fields,
        }

    def withdraw(self, claim: SubmitClaim, on: date | None = None) -> WithdrawClaim:
        return self._act(
            WithdrawClaim, Role.LICENSOR, on or self.day(CLAIMED_ON), again=claim.act_id, claim=claim.act_id
        )

    def accept(self, claim: SubmitClaim, on: date | None = None, *lines: UUID) -> AcceptClaim:
        return self._decide(AcceptClaim, claim, on, lines)

    def hold(self, claim: SubmitClaim, on: date | None = None, *lines: UUID) -> HoldClaim:
        return self._decide(HoldClaim, claim, on, lines, clause="evidence", reason="the voucher cannot be read")

    def reject(self, claim: SubmitClaim, on: date | None = None, *lines: UUID) -> RejectClaim:
        return self._decide(RejectClaim, claim, on, lines, clause="evidence", reason="the voucher is of somebody else")

    def _decide(self, model: type[A], claim: SubmitClaim, on: date | None, lines: tuple[UUID, ...], **fields: Any) -> A:
        return self._act(
            model,
            Role.SCHEME_OFFICER,
            on or self.day(DECIDED_ON),
            again=(claim.act_id, lines),
            claim=claim.act_id,
            lines=tuple(str(one) for one in lines),
            **fields,
        )

    def decide_relation(self, claim: SubmitClaim, *lines: UUID, decision: str = "pays") -> DecideRelation:
        return self._act(
            DecideRelation,
            Role.SCHEME_OFFICER,
            self.day(DECIDED_ON),
            again=lines,
            claim=claim.act_id,
            lines=tuple(str(one) for one in lines),
            decision=decision,
            paper=self.world.paper("decision"),
        )

    def calculate(self, on: date | None = None, again: object = "") -> Calculate:
        return self._act(Calculate, Role.SCHEME_OFFICER, on or self.day(CALCULATED_ON), again=again)

    def publish(self, shown: str, on: date | None = None) -> PublishSettlement:
        return self._act(
            PublishSettlement,
            Role.SCHEME_OFFICER,
            on or self.day(LISTED_ON),
            again=shown,
            preview_hash=shown,
            notice=self.world.paper("notice"),
        )

    def object(self, on: date | None = None) -> ObjectToSettlement:
        paper = self.world.paper("form")
        return self._act(ObjectToSettlement, Role.LICENSOR, on or self.day(LISTED_ON), objection=paper)

    def decide(self, objection: UUID, on: date | None = None) -> DecideSettlementObjection:
        return self._act(
            DecideSettlementObjection,
            Role.SCHEME_OFFICER,
            on or self.day(LISTED_ON),
            again=objection,
            objection=objection,
            decision=self.world.paper("decision"),
        )

    def approved_by_both(self, shown: str, on: date | None = None) -> tuple[ApproveSettlement, ApproveSettlement]:
        day = on or self.day(SIGNED_ON)
        return (
            self._act(ApproveSettlement, Role.FIRST_SCHEME_APPROVER, day, again=shown, preview_hash=shown),
            self._act(ApproveSettlement, Role.SECOND_SCHEME_APPROVER, day, again=shown, preview_hash=shown),
        )

    def lock(self, shown: str, on: date | None = None) -> LockSettlement:
        return self._act(LockSettlement, Role.SCHEME_OFFICER, on or self.day(LOCKED_ON), preview_hash=shown)

    def pay(self, amount: Money, line: str = "", on: date | None = None, serial: str = "1") -> PaySubsidy:
        line = line or self.line_of()
        return self._act(
            PaySubsidy,
            Role.TREASURY,
            on or self.day(PAID_ON),
            again=(line, serial),
            line=line,
            amount=amount,
            bank_serial=f"{self.year} {line} {serial}",
        )

    def returned(self, on: date, line: str = "", serial: str = "1") -> SubsidyReturned:
        line = line or self.line_of()
        return self._act(
            SubsidyReturned, Role.BANK, on, again=(line, serial), line=line, bank_serial=f"{self.year} {line} {serial}"
        )

    def demanded_by_all(self, amount: Money, on: date, line: str = "") -> tuple[DemandBack, ...]:
        roles = (Role.SCHEME_OFFICER, Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER)
        return tuple(
            self._act(
                DemandBack,
                role,
                on,
                line=line or self.line_of(),
                amount=amount,
                ground="no_next_run",
                decision=self.world.paper("decision"),
            )
            for role in roles
        )

    def recovered(self, amount: Money, on: date, line: str = "") -> Recovered:
        return self._act(
            Recovered, Role.BANK, on, line=line or self.line_of(), amount=amount, bank_serial=f"back {self.year}"
        )

    def take_over(self, on: date, amount: Money, claimant: str = "unit") -> TakeOverSettlement:
        return self._act(
            TakeOverSettlement,
            Role.OPERATOR,
            on,
            stage="paid",
            authority=self.authority,
            scheme=self.scheme,
            year=self.year,
            paid_lines=(
                {
                    "claimant": self.world.party(claimant),
                    "credit_code": self.credit_code(claimant),
                    "payer": "authority",
                    "amount": amount,
                    "paid_on": on,
                },
            ),
        )

    def correct_fact(self, corrects: UUID, on: date, replacement: dict[str, Any]) -> CorrectFact:
        return self._act(
            CorrectFact,
            Role.SCHEME_OFFICER,
            on,
            again=corrects,
            corrects=corrects,
            replacement=replacement,
            reason=self.world.paper("decision"),
        )

    def countersign(self, act: Act, on: date | None = None) -> Countersign:
        return self._act(
            Countersign,
            act.by.role,
            on or act.on,
            by=f"second_{act.by.role.value}",
            again=act.act_id,
            countersigns=act.act_id,
        )

    def pass_day(self, on: date) -> PassDay:
        return self._act(PassDay, Role.TIMER, on)

    def surroundings_changed(self, on: date, cause: UUID) -> SurroundingsChanged:
        return self._act(SurroundingsChanged, Role.TIMER, on, again=cause, cause=cause)

    def called(self, **fields: Any) -> tuple[SettlementAct, ...]:
        """Opened, activated by two people, and called."""
        return (self.open_year(), *self.activated_by_both(), self.call(**fields))

    def listed(self, shown: str) -> tuple[SettlementAct, ...]:
        """From the preview to the lock."""
        return (self.publish(shown), *self.approved_by_both(shown), self.lock(shown))

    def _act(self, model: type[A], role: Role, on: date, **fields: Any) -> A:
        return self.world.act(model, self.filing_id, role, on, **fields)
