"""The acts of a declaration: submitted, filed, announced, watched; and what may befall it."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from cli.demo.filings.days import ANNOUNCED_ON, FILED_ON, GRANTED_ON, MARKED_ON, SUBMITTED_ON
from cli.demo.filings.filing import Filing
from cli.demo.filings.world import TITLE, World
from schemas.acts.act import FilingKind
from schemas.acts.declaration import (
    Announce,
    AnnounceWithdrawal,
    CheckStatus,
    FileWithdrawal,
    MarkFiled,
    ReportPatentEnd,
    RestoreRight,
    Submit,
)
from schemas.statements.bars import Bar
from schemas.statements.offer import PatentEndCause
from schemas.statements.royalty import LicenceTerm, LumpSum, Royalty, YearsFromEffect
from schemas.values.actor import Role
from schemas.values.identifiers import declaration_id_of
from schemas.values.money import Money

LUMP_SUM = LumpSum(amount=Money.of("10000.00"), pay_within_days=30)
THREE_YEARS = YearsFromEffect(years=3)


@dataclass(frozen=True)
class Declaration(Filing):
    """One declaration; its id comes from the act that begins it (``submit``, else what ``begun_by`` names)."""

    world: World
    royalty: Royalty = LUMP_SUM
    term: LicenceTerm = THREE_YEARS
    begun_by: str = "submit"
    offer_changes: dict[str, Any] = field(default_factory=dict, hash=False)
    name: str = "1"
    licensor: str = "unit"
    kind: ClassVar[FilingKind] = FilingKind.DECLARATION

    @property
    def first_act_id(self) -> UUID:
        """The id of the act that begins it."""
        return self.world.id(self.name, self.begun_by)

    @cached_property
    def filing_id(self) -> UUID:
        return declaration_id_of(self.first_act_id)

    @property
    def named_by(self) -> tuple[object, ...]:
        return (self.filing_id,)

    def side(self, role: Role) -> str:
        return self.licensor

    def offered(self) -> dict[str, Any]:
        """What is offered; ``offer_changes`` go before the usual."""
        return {
            "patent_number": self.world.patent_number,
            "title": TITLE,
            "patentees": ({"party_id": self.world.party("unit")},),
            "filed_on": FILED_ON,
            "granted_on": GRANTED_ON,
            "royalty": self.royalty,
            "term": self.term,
            "contact": self.world.party("contact"),
            "commitments": True,
            "fee_explanation": "参照同类专利许可费确定",
            **self.offer_changes,
        }

    def first(self, kind: str) -> dict[str, UUID]:
        """The id of the act of that kind, if it is the one that begins the declaration."""
        return {"act_id": self.first_act_id} if kind == self.begun_by else {}

    def bars(self, on: date) -> tuple[dict[str, Any], ...]:
        """No bar, with the register as evidence."""
        seen = {"answer": "no", "evidence": self.world.paper("register"), "checked_on": on}
        return tuple({"bar": bar, **seen} for bar in Bar)

    def gazette(self, on: date) -> dict[str, str]:
        """The issue of that day; the volumes are counted from 1985."""
        return {"issue": f"{on.year - 1984}-{on:%m%d}"}

    def submit(self, on: date = SUBMITTED_ON, **fields: Any) -> Submit:
        return self.act(Submit, Role.LICENSOR, on, **{"offer": self.offered(), **self.first("submit"), **fields})

    def mark_filed(self, on: date = MARKED_ON, **fields: Any) -> MarkFiled:
        given = {"office_receipt_number": self._number("S"), "bars": self.bars(on), **fields}
        return self.act(MarkFiled, Role.OPERATOR, on, **given)

    def announce(self, on: date = ANNOUNCED_ON, **fields: Any) -> Announce:
        given = {"declaration_number": self._number("K"), "gazette": self.gazette(on), **fields}
        return self.act(Announce, Role.OFFICE, on, **given)

    def check_status(self, on: date) -> CheckStatus:
        return self.act(CheckStatus, Role.OPERATOR, on, bars=self.bars(on))

    def file_withdrawal(self, on: date) -> FileWithdrawal:
        reason = self.world.paper("decision")
        return self.act(FileWithdrawal, Role.LICENSOR, on, ground="legitimate_reason", reason=reason)

    def announce_withdrawal(self, on: date) -> AnnounceWithdrawal:
        return self.act(AnnounceWithdrawal, Role.OFFICE, on, gazette=self.gazette(on))

    def report_patent_end(
        self, on: date, cause: PatentEndCause = PatentEndCause.LAPSE, **fields: Any
    ) -> ReportPatentEnd:
        return self.act(ReportPatentEnd, Role.OFFICE, on, cause=cause, **fields)

    def restore_right(self, on: date) -> RestoreRight:
        return self.act(RestoreRight, Role.OFFICE, on)

    def announced(self) -> tuple[Submit, MarkFiled, Announce]:
        """The straight way into force."""
        return self.submit(), self.mark_filed(), self.announce()

    def _number(self, letter: str) -> str:
        """Of the office; no other declaration has it."""
        return f"{letter}{self.filing_id.int % 10**12:012d}"
