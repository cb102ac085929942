"""The types of events that can be delivered: which act each of them is, and who states it."""

from typing import NamedTuple

from schemas.acts import declaration as d
from schemas.acts import licence as li
from schemas.acts import royalty as r
from schemas.acts.act import Act, FilingKind
from schemas.acts.payout import Paid, ReturnedByBank
from schemas.acts.settlement import PaySubsidy, Recovered, SubsidyReturned
from schemas.values.actor import Role


class DeliveryType(NamedTuple):
    """``role``: in which the fact is stated; of a sub-platform's notices the operator of that platform."""

    model: type[Act]
    kind: FilingKind
    role: Role


PREFIX = "cn.open-licence."
_GAZETTE: dict[str, type[Act]] = {
    "announcement": d.Announce,
    "correction": d.CorrectAnnouncement,
    "refusal": d.Refuse,
    "withdrawal": d.AnnounceWithdrawal,
    "withdrawal-refused": d.RefuseWithdrawal,
    "termination": d.Terminate,
    "revocation": d.Revoke,
    "patent-end": d.ReportPatentEnd,
    "patent-end-final": d.ConfirmEnd,
    "restoration": d.RestoreRight,
    "decision-annulled": d.AnnulDecision,
    "transfer": d.ReportTransfer,
    "abandonment": d.ReportAbandonment,
    "partial-invalidation": d.ReportPartialInvalidation,
    "term-compensation": d.ReportTermCompensation,
}
_REGISTER: dict[str, type[Act]] = {
    "bar": d.ReportBar,
    "bar-cleared": d.ClearBar,
    "checked": d.CheckStatus,
    "pledge": d.ReportPledge,
    "patentee-changed": d.ReportPatenteeChange,
}
"""What stands in the patent register: preservation and suspension (E2), unpaid fees (E3), pledges (E4), and others."""
_COURT: dict[str, type[Act]] = {
    "bar": d.ReportBar,
    "bar-cleared": d.ClearBar,
    "right-restored": d.RestoreRight,
    "decision-annulled": d.AnnulDecision,
}
_COURT_OF_LICENCES: dict[str, type[Act]] = {"decision": li.Decide, "termination": li.TerminateLicence}
_PERMIT: dict[str, type[Act]] = {"needed": li.PermitNeeded, "issued": li.PermitIssued, "refused": li.PermitRefused}
_TREASURY: dict[str, type[Act]] = {"paid": PaySubsidy, "returned": SubsidyReturned, "recovered": Recovered}
_RECORDAL: dict[str, type[Act]] = {
    "supplement-asked": li.AskSupplement,
    "recorded": li.Record,
    "refused": li.RefuseRecordal,
    "changed": li.ChangeRecordal,
    "cancelled": li.CancelRecordal,
    "revoked": li.RevokeRecordal,
}
_REGISTRATION: dict[str, type[Act]] = {
    "supplement-asked": li.AskRegistrationSupplement,
    "accepted": li.Accept,
    "registered": li.Register,
    "refused": li.RefuseRegistration,
    "amounts-supplemented": li.SupplementAmounts,
    "changed": li.ChangeRegistration,
    "cancelled": li.CancelRegistration,
    "revoked": li.RevokeRegistration,
}
_BANK: dict[str, type[Act]] = {"payment": li.Pay, "line": r.BookReceipt, "reversed": r.ReverseReceipt}
_BANK_OF_PAYOUTS: dict[str, type[Act]] = {"paid": Paid, "returned": ReturnedByBank}
_SENDERS: tuple[tuple[str, FilingKind, Role, dict[str, type[Act]]], ...] = (
    ("gazette", FilingKind.DECLARATION, Role.OFFICE, _GAZETTE),
    ("register", FilingKind.DECLARATION, Role.OFFICE, _REGISTER),
    ("court", FilingKind.DECLARATION, Role.COURT, _COURT),
    ("court", FilingKind.LICENCE, Role.COURT, _COURT_OF_LICENCES),
    ("permit", FilingKind.LICENCE, Role.COMMERCE, _PERMIT),
    ("recordal", FilingKind.LICENCE, Role.OFFICE, _RECORDAL),
    ("registration", FilingKind.LICENCE, Role.REGISTRAR, _REGISTRATION),
    ("bank", FilingKind.LICENCE, Role.BANK, _BANK),
    ("bank", FilingKind.PAYOUT, Role.BANK, _BANK_OF_PAYOUTS),
    ("treasury", FilingKind.SETTLEMENT, Role.TREASURY, _TREASURY),
    ("sub-platform", FilingKind.LICENCE, Role.OPERATOR, {"notice": li.GiveNotice}),
)
DELIVERIES: dict[str, DeliveryType] = {
    f"{PREFIX}{sender}.{name}": DeliveryType(model, kind, role)
    for sender, kind, role, models in _SENDERS
    for name, model in models.items()
}
