"""The acts of a settlement: an authority pays a scheme for the receipts of one year."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from cli.demo.filings.days import after
from cli.demo.filings.filing import Filing
from cli.demo.filings.world import World
from schemas.acts.act import FilingKind
from schemas.acts.settlement import (
    Activate,
    ApproveSettlement,
    Calculate,
    Call,
    LockSettlement,
    OpenYear,
    PaySubsidy,
    PublishSettlement,
    SettlementAct,
)
from schemas.acts.settlement_claims import AcceptClaim, SubmitClaim
from schemas.values.actor import Role
from schemas.values.identifiers import act_id_of, settlement_id_of
from schemas.values.money import Money

APPROVERS = (Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER)
OPENED_ON, ACTIVATED_ON, CALLED_ON = (date(2027, 1, day) for day in (4, 5, 6))
CLAIMED_ON, DECIDED_ON, LAST_CLAIM_ON = (date(2027, 2, day) for day in (1, 10, 26))
CALCULATED_ON, LISTED_ON, SIGNED_ON, LOCKED_ON, PAID_ON = (date(2027, 3, day) for day in (1, 2, 15, 16, 22))
"""The usual days of a settlement, in the year after the one that is settled."""
SEATED_SINCE = date(2000, 1, 1)
"""Since when claimants are what they are, and where."""


@dataclass(frozen=True)
class Settlement(Filing):
    """One authority, one scheme, one year."""

    world: World
    year: int
    scheme: str
    run_by: str = "authority"
    kind: ClassVar[FilingKind] = FilingKind.SETTLEMENT

    @property
    def authority(self) -> UUID:
        """Who pays."""
        return self.world.party(self.run_by)

    @cached_property
    def filing_id(self) -> UUID:
        return settlement_id_of(*self.named_by)

    @property
    def named_by(self) -> tuple[UUID, str, int]:
        return self.authority, self.scheme, self.year

    def side(self, role: Role) -> str:
        return self.run_by

    def day(self, usual: date) -> date:
        """The same day of the year after the one that is settled, or the Monday after it."""
        return after(usual.replace(year=self.year + 1), 0)

    def open_year(self) -> OpenYear:
        """The very act by which a schedule opens the year, so that asking for it again is a repeat."""
        act_id = act_id_of("open_year", self.filing_id)
        return self.act(OpenYear, Role.TIMER, self.day(OPENED_ON), act_id=act_id, **self.naming(OpenYear))

    def activated_by_both(self) -> tuple[Activate, ...]:
        """A scheme whose version is not yet sure is activated by two people."""
        return self.by_each(Activate, APPROVERS, self.day(ACTIVATED_ON), paper=self.world.paper("decision"))

    def call(self, **fields: Any) -> Call:
        given = {"last_claim_on": self.day(LAST_CLAIM_ON), "notice": self.world.paper("notice"), **fields}
        return self.act(Call, Role.SCHEME_OFFICER, self.day(CALLED_ON), **given)

    def content(self, receipts: tuple[UUID, ...], claimant: str, **fields: Any) -> dict[str, Any]:
        """What a claim says: of a university in Shenzhen, unless ``fields`` say otherwise."""
        return {
            "claimant": self.world.party(claimant),
            "credit_code": self.world.credit_code(claimant),
            "lines": tuple({"receipt_id": one, "evidence": (self.world.paper("voucher"),)} for one in receipts),
            "facts": seated("university", "guangdong.shenzhen"),
            "not_related": "yes",
            "exploited": "yes",
            **fields,
        }

    def submit(
        self, *receipts: UUID, claimant: str = "unit", on: date | None = None, role: Role = Role.LICENSOR, **fields: Any
    ) -> SubmitClaim:
        given = {"by": self.world.by(role, claimant), "again": (claimant, receipts)}
        content = self.content(receipts, claimant, **fields)
        return self.act(SubmitClaim, role, on or self.day(CLAIMED_ON), **given, **content)

    def accept(self, claim: SubmitClaim, on: date | None = None) -> AcceptClaim:
        again = claim.act_id
        return self.act(AcceptClaim, Role.SCHEME_OFFICER, on or self.day(DECIDED_ON), again=again, claim=again)

    def calculate(self, on: date | None = None, again: object = "") -> Calculate:
        return self.act(Calculate, Role.SCHEME_OFFICER, on or self.day(CALCULATED_ON), again=again)

    def publish(self, shown: str) -> PublishSettlement:
        given = {"preview_hash": shown, "notice": self.world.paper("publicity")}
        return self.act(PublishSettlement, Role.SCHEME_OFFICER, self.day(LISTED_ON), again=shown, **given)

    def approved_by_both(self, shown: str) -> tuple[ApproveSettlement, ...]:
        """The two approvals of the list that was shown."""
        given = {"again": shown, "preview_hash": shown}
        return self.by_each(ApproveSettlement, APPROVERS, self.day(SIGNED_ON), **given)

    def lock(self, shown: str) -> LockSettlement:
        return self.act(LockSettlement, Role.SCHEME_OFFICER, self.day(LOCKED_ON), preview_hash=shown)

    def listed(self, shown: str) -> tuple[SettlementAct, ...]:
        """From the preview to the lock."""
        return self.publish(shown), *self.approved_by_both(shown), self.lock(shown)

    def pay(self, amount: Money, line: str, serial: str = "1") -> PaySubsidy:
        given = {"line": line, "amount": amount, "bank_serial": f"{self.scheme} {self.year} {line} {serial}"}
        return self.act(PaySubsidy, Role.TREASURY, self.day(PAID_ON), again=(line, serial), **given)


def seated(kind: str, region: str) -> dict[str, Any]:
    """What a claimant states of itself."""
    return {"kind": kind, "seats": ({"since_on": SEATED_SINCE, "region": region},)}
