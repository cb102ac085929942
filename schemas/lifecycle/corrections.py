"""Which facts can be corrected, and by which sides: the one table (R3, D-25).

A correction mends what was recorded wrongly about the world. What named people decided, signed, showed, ordered or
asked is no such fact: it is voided by what follows, and done again.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from schemas.acts import declaration as de
from schemas.acts import licence as li
from schemas.acts import payout as pa
from schemas.acts import royalty as ro
from schemas.acts import settlement as se
from schemas.acts import settlement_claims as cl
from schemas.acts.act import TWO_PERSON_ACTS, Act, CorrectFact
from schemas.lifecycle.roles import BK, CT, FU, LR, MC, OF, OP, RG, TR
from schemas.lifecycle.row import Row, act, under
from schemas.lifecycle.stages.stage import RightStage
from schemas.values.actor import AUTHORITIES, Role

_OFFICES = (OF, OP)
"""The office, or the operator with the Gazette or the office's notice."""
_REGISTRARS = (RG, OP)
_BANKS = (BK, FU)
"""The bank's feed, or finance of the receiving unit with the bank's paper."""
_TREASURIES = (TR, BK)
_ITS_OWN: tuple[Role, ...] = ()
"""Nobody beside the side that recorded it."""
OWNERS: Mapping[type[Act], tuple[Role, ...]] = {
    de.Submit: _ITS_OWN,
    de.Resubmit: _ITS_OWN,
    de.MarkFiled: (LR, OP),
    de.Refuse: _OFFICES,
    de.TakeBackFiling: _OFFICES,
    de.Announce: _OFFICES,
    de.CorrectAnnouncement: _OFFICES,
    de.FileWithdrawal: _ITS_OWN,
    de.RefuseWithdrawal: _OFFICES,
    de.AnnounceWithdrawal: _OFFICES,
    de.Terminate: _OFFICES,
    de.Revoke: _OFFICES,
    de.ReportBar: _OFFICES,
    de.ClearBar: _OFFICES,
    de.CheckStatus: _OFFICES,
    de.ReportPledge: _OFFICES,
    de.ReportPatenteeChange: _OFFICES,
    de.ReportTransfer: _OFFICES,
    de.ReportAbandonment: _OFFICES,
    de.ReportPatentEnd: _OFFICES,
    de.RestoreRight: (OF, CT, OP),
    de.AnnulDecision: (OF, CT, OP),
    de.ConfirmEnd: _OFFICES,
    de.ReportPartialInvalidation: _OFFICES,
    de.ReportTermCompensation: _OFFICES,
    de.TakeOverDeclaration: _ITS_OWN,
    li.GiveNotice: _ITS_OWN,
    li.PermitNeeded: (MC, OP),
    li.PermitIssued: (MC, OP),
    li.PermitRefused: (MC, OP),
    li.Pay: (BK,),
    li.TerminateLicence: _ITS_OWN,
    li.SubstituteParty: _ITS_OWN,
    li.Decide: (CT, OP),
    li.DeliverMaterial: _ITS_OWN,
    li.FileRecordal: _ITS_OWN,
    li.AskSupplement: _OFFICES,
    li.Supplement: _ITS_OWN,
    li.Record: _OFFICES,
    li.RefuseRecordal: _OFFICES,
    li.ChangeRecordal: _OFFICES,
    li.CancelRecordal: _OFFICES,
    li.RevokeRecordal: _OFFICES,
    li.Apply: _ITS_OWN,
    li.AskRegistrationSupplement: _REGISTRARS,
    li.SupplementRegistration: _ITS_OWN,
    li.Accept: _REGISTRARS,
    li.Register: _REGISTRARS,
    li.RefuseRegistration: _REGISTRARS,
    li.SupplementAmounts: _REGISTRARS,
    li.ChangeRegistration: _REGISTRARS,
    li.CancelRegistration: _REGISTRARS,
    li.RevokeRegistration: _REGISTRARS,
    ro.ReportSales: _ITS_OWN,
    ro.CorrectReport: _ITS_OWN,
    ro.AuditAccounts: _ITS_OWN,
    ro.BookReceipt: _BANKS,
    ro.Confirm: _BANKS,
    ro.ReverseReceipt: _BANKS,
    li.TakeOverLicence: _ITS_OWN,
    pa.StateFacts: _ITS_OWN,
    pa.Paid: _BANKS,
    pa.ReturnedByBank: _BANKS,
    pa.RecordTax: _ITS_OWN,
    pa.TakeOverPayout: _ITS_OWN,
    se.Call: _ITS_OWN,
    cl.SubmitClaim: _ITS_OWN,
    cl.SupplementClaim: _ITS_OWN,
    se.PaySubsidy: _TREASURIES,
    se.SubsidyReturned: _TREASURIES,
    se.Recovered: _TREASURIES,
    se.TakeOverSettlement: _ITS_OWN,
}
"""Facts of the world -> the sides that own them; the side that recorded one corrects it as well.

All other acts are done by people, and never corrected.
"""


def is_correctable(act: Act) -> bool:
    """Whether it states a fact of the world; a correction is such a fact, of the act that it corrects."""
    return isinstance(act, CorrectFact) or type(act) in OWNERS


def correcting_sides(fact: Act) -> tuple[Role, ...]:
    """Who corrects this fact, two people of one of these roles: who recorded it, and who owns it."""
    return tuple(dict.fromkeys((fact.by.role, *OWNERS[type(fact)])))


def needs_paper(fact: Act, side: Role) -> bool:
    """What an authority, a bank or a court told is corrected only with evidence, and so is what others recorded."""
    return fact.by.role in AUTHORITIES or fact.by.role is not side


def with_second_people(stages: type[RightStage], rows: tuple[Row, ...], union: Any) -> tuple[Row, ...]:
    """The table with its last three lines: who corrects, who closes what no fact closes, and who countersigns that and
    whatever else needs two people.

    ``union``: the acts of this kind of filing.
    """
    known, everywhere, correcting = stages.known(), tuple(stages), tuple(dict.fromkeys(_correcting(rows, union)))
    asking = [role for row in rows if row.act in TWO_PERSON_ACTS for role in row.roles]
    signing = tuple(dict.fromkeys((*correcting, *asking)))
    return (
        *rows,
        act("correct_fact", by=correcting, at=known, event="fact_corrected")
        | under("R3; D-25", guard="a fact of the world; the side that recorded or owns it; evidence, reason"),
        act("dismiss_finding", by=correcting, at=known, event="finding_dismissed")
        | under("R2; R3", guard="an open finding; a reason; counts with the second person"),
        act("countersign", by=signing, at=everywhere, event="countersigned")
        | under("R3; D-25", guard="another person of the same side"),
    )


def _correcting(rows: Iterable[Row], union: Any) -> Iterator[Role]:
    models = {one.model_fields["kind"].default: one for one in get_args(get_args(union)[0])}
    for row in rows:
        model = models.get(row.act)
        if model is not None and model in OWNERS and not row.derived:
            yield from (role for role in (*row.roles, *OWNERS[model]) if role is not Role.TIMER)
