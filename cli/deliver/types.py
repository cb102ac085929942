"""The types of events that can be delivered: which act each of them is, and who states it."""

from typing import NamedTuple

from schemas.acts import declaration as d
from schemas.acts import licence as li
from schemas.acts import royalty as r
from schemas.acts.act import Act, FilingKind
from schemas.acts.payout import Paid, ReturnedByBank
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
DELIVERIES: dict[str, DeliveryType] = {
    **{
        f"{PREFIX}gazette.{name}": DeliveryType(model, FilingKind.DECLARATION, Role.OFFICE)
        for name, model in _GAZETTE.items()
    },
    **{
        f"{PREFIX}recordal.{name}": DeliveryType(model, FilingKind.LICENCE, Role.OFFICE)
        for name, model in _RECORDAL.items()
    },
    **{
        f"{PREFIX}registration.{name}": DeliveryType(model, FilingKind.LICENCE, Role.REGISTRAR)
        for name, model in _REGISTRATION.items()
    },
    f"{PREFIX}bank.payment": DeliveryType(li.Pay, FilingKind.LICENCE, Role.BANK),
    f"{PREFIX}bank.line": DeliveryType(r.BookReceipt, FilingKind.LICENCE, Role.BANK),
    f"{PREFIX}bank.reversed": DeliveryType(r.ReverseReceipt, FilingKind.LICENCE, Role.BANK),
    f"{PREFIX}bank.paid": DeliveryType(Paid, FilingKind.PAYOUT, Role.BANK),
    f"{PREFIX}bank.returned": DeliveryType(ReturnedByBank, FilingKind.PAYOUT, Role.BANK),
    f"{PREFIX}sub-platform.notice": DeliveryType(li.GiveNotice, FilingKind.LICENCE, Role.OPERATOR),
}
