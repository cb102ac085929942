"""The lifecycle of a licence: the right (Patent Law 50 to 52; Civil Code 862 to 877), with its tracks."""

from schemas.acts.act import FilingKind
from schemas.acts.licence import LicenceAct
from schemas.lifecycle.licence_tracks import RECORDAL, REGISTRATION, ROYALTY
from schemas.lifecycle.owners.licence import OWNERS
from schemas.lifecycle.roles import BK, CT, EITHER, LE, LR, MC, OF, OP
from schemas.lifecycle.row import act, common_rows, follows, under
from schemas.lifecycle.second_people import with_second_people
from schemas.lifecycle.stages.licence import (
    PROVISIONAL,
    RAN_OUT,
    UNPAID,
    RecordalStage,
    RegistrationStage,
    RoyaltyStage,
)
from schemas.lifecycle.stages.licence import LicenceStage as S
from schemas.lifecycle.table import Lifecycle

RIGHT = (
    act("give_notice", by=(LE, OP), at=S.NOTHING, to=(*UNPAID, S.EFFECTIVE), event="noticed")
    | under(
        "PL-51-1, PL-51-3; GL-6, GL-8; Civil Code 137",
        guard="inside the offer; not the patentee; no open or running licence of the same licensee; terms taken whole",
        starts="receipt",
    ),
    follows("take_terms", at=S.NOTICED, to=(S.EFFECTIVE, S.AWAITING_PAYMENT), event="terms_taken")
    | under("GL-6, D-03", starts="recordal"),
    act("permit_needed", by=(MC, OP), at=(*UNPAID, S.EFFECTIVE), to=S.CONDITIONS_PENDING, event="permit_needed")
    | under("Regulations art. 35"),
    act("permit_issued", by=MC, at=S.CONDITIONS_PENDING, to=(S.EFFECTIVE, S.AWAITING_PAYMENT), event="permit_issued")
    | under("Regulations arts. 32, 35", guard="number, day", starts="60 days registration"),
    act("permit_refused", by=MC, at=S.CONDITIONS_PENDING, to=S.NOT_CONCLUDED, event="permit_refused")
    | under("Regulations art. 32", starts="refund task"),
    act("pay", by=(LE, BK), at=(*UNPAID, S.CONDITIONS_PENDING), to=(S.AWAITING_PAYMENT, S.EFFECTIVE), event="paid")
    | under("PL-51-1; GL-6", guard="paid_on inside the offer", starts="recordal 3 months"),
    act("retract", by=LE, at=UNPAID, to=S.NOT_CONCLUDED, event="retracted")
    | under("GL-6, D-02", guard="nothing or part paid", starts="refund task"),
    act("close_unpaid", by=OP, at=UNPAID, to=S.NOT_CONCLUDED, event="closed_unpaid")
    | under("GL-6, D-02", guard="after the service day", starts="refund task"),
    follows("offer_ended", at=UNPAID, to=S.NOT_CONCLUDED, event="offer_ended")
    | under("PL-50-2, D-02", guard="R1", starts="refund task"),
    # An unpaid notice too: a bank's payment that is told when the offer is known to have ended completes nothing.
    follows("late_fact", at=(*UNPAID, S.EFFECTIVE, S.NOT_CONCLUDED), to=(S.VOID, S.VOID_PROVISIONAL), event="voided")
    | under(
        "PL-50; Civil Code 865",
        guard="offer not in force on the effective day, or right had ended",
        starts="cancel recordal promptly; refund",
    ),
    act("terminate", by=(*EITHER, CT), at=S.EFFECTIVE, to=S.TERMINATED, event="terminated")
    | under(
        "Civil Code 563, 873", guard="a licensor alone cannot end it for convenience", starts="cancel recordal 30 days"
    ),
    follows("term_end", at=S.EFFECTIVE, to=S.EXPIRED, event="expired")
    | under("Civil Code 202, 865; D-06", starts="cancel recordal 30 days"),
    follows("patent_ended", at=S.EFFECTIVE, to=(S.PATENT_ENDED_PROVISIONAL, S.PATENT_ENDED), event="patent_ended")
    | under("PL-47; Civil Code 865", guard="ended_on >= effective_on", starts="future dues stop; recordal promptly"),
    follows("restore", at=PROVISIONAL, to=(S.EFFECTIVE, S.PATENT_ENDED, S.VOID), event="restored")
    | under("GL V-7-6", starts="held lines released"),
    act(
        "substitute_party",
        by=(*EITHER, OP, OF),
        at=(*UNPAID, S.EFFECTIVE, *PROVISIONAL, *RAN_OUT),
        event="party_substituted",
    )
    | under("Civil Code 67; SPC technology contracts art. 24(2)", guard="proof", starts="recordal change"),
    act("open_dispute", by=EITHER, at=S.EFFECTIVE, event="dispute_opened")
    | under("PL-52", guard="names what is frozen"),
    act("decide", by=CT, at=(S.EFFECTIVE, *RAN_OUT), event="dispute_decided") | under("PL-52"),
    act("deliver_material", by=LR, at=S.EFFECTIVE, event="material_delivered") | under("Civil Code 866"),
    act("claim_missing", by=LE, at=S.EFFECTIVE, event="material_claimed") | under("Civil Code 866", starts="task LR"),
    *common_rows(S),
)
LICENCE = Lifecycle(
    FilingKind.LICENCE,
    S,
    with_second_people(S, RIGHT + RECORDAL + REGISTRATION + ROYALTY, LicenceAct, OWNERS),
    (RecordalStage, RegistrationStage, RoyaltyStage),
)
