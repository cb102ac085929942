"""Facts of a declaration, and the sides that own them beside the one that recorded them."""

from collections.abc import Mapping

from schemas.acts.act import Act
from schemas.acts.declaration import (
    Announce,
    AnnounceWithdrawal,
    AnnulDecision,
    CheckStatus,
    ClearBar,
    ConfirmEnd,
    CorrectAnnouncement,
    FileWithdrawal,
    MarkFiled,
    Refuse,
    RefuseWithdrawal,
    ReportAbandonment,
    ReportBar,
    ReportPartialInvalidation,
    ReportPatenteeChange,
    ReportPatentEnd,
    ReportPledge,
    ReportTermCompensation,
    ReportTransfer,
    RestoreRight,
    Resubmit,
    Revoke,
    Submit,
    TakeBackFiling,
    TakeOverDeclaration,
    Terminate,
)
from schemas.lifecycle.owners.sides import ITS_OWN, OFFICES
from schemas.lifecycle.roles import CT, LR, OF, OP
from schemas.values.actor import Role

OWNERS: Mapping[type[Act], tuple[Role, ...]] = {
    Submit: ITS_OWN,
    Resubmit: ITS_OWN,
    MarkFiled: (LR, OP),
    Refuse: OFFICES,
    TakeBackFiling: OFFICES,
    Announce: OFFICES,
    CorrectAnnouncement: OFFICES,
    FileWithdrawal: ITS_OWN,
    RefuseWithdrawal: OFFICES,
    AnnounceWithdrawal: OFFICES,
    Terminate: OFFICES,
    Revoke: OFFICES,
    ReportBar: OFFICES,
    ClearBar: OFFICES,
    CheckStatus: OFFICES,
    ReportPledge: OFFICES,
    ReportPatenteeChange: OFFICES,
    ReportTransfer: OFFICES,
    ReportAbandonment: OFFICES,
    ReportPatentEnd: OFFICES,
    RestoreRight: (OF, CT, OP),
    AnnulDecision: (OF, CT, OP),
    ConfirmEnd: OFFICES,
    ReportPartialInvalidation: OFFICES,
    ReportTermCompensation: OFFICES,
    TakeOverDeclaration: ITS_OWN,
}
