"""The lifecycle of a settlement with its claims: the scheme's own text, and what D-13 to D-17 add."""

from schemas.acts.act import FilingKind
from schemas.acts.settlement import SettlementAct
from schemas.lifecycle.owners.settlement import OWNERS
from schemas.lifecycle.roles import BK, CLAIMANTS, DR, S1, S2, SO, SY, TR
from schemas.lifecycle.row import act, common_rows, follows, under
from schemas.lifecycle.second_people import with_second_people
from schemas.lifecycle.stages.settlement import AFTER_LOCK, BEFORE_APPROVAL, BEFORE_LOCK, SUPPLEMENT_BEFORE_APPROVAL
from schemas.lifecycle.stages.settlement import SettlementStage as S
from schemas.lifecycle.stages.settlement import SupplementStage as N
from schemas.lifecycle.table import Lifecycle

ROWS = (
    act("open_year", by=(SO, SY), at=S.NOTHING, to=S.OPEN, event="opened")
    | under("scheme", guard="the scheme has a version for the year"),
    act("activate", by=(S1, S2), at=S.OPEN, to=(S.OPEN, S.ACTIVATED), event="activated")
    | under("R4; R5", guard="planned, drafted or from memory: both approvers, two people"),
    act("call", by=SO, at=(S.OPEN, S.ACTIVATED), to=S.CALLED, event="called")
    | under("scheme", guard="in force or activated, its amount known; window, papers, budget", starts="last claim day"),
    act("submit_claim", by=CLAIMANTS, at=BEFORE_APPROVAL, event="claim_submitted")
    | under("scheme; D-14", guard="one per legal person; in time; receipts listed; declarations"),
    act("supplement_claim", by=CLAIMANTS, at=(*BEFORE_APPROVAL, *AFTER_LOCK), event="claim_supplemented")
    | under("scheme", guard="after the last day, and after the lock, only lines that are held"),
    act("withdraw_claim", by=CLAIMANTS, at=BEFORE_APPROVAL, event="claim_withdrawn") | under("scheme"),
    act("recommend", by=DR, at=BEFORE_APPROVAL, event="claim_recommended")
    | under("scheme", guard="where the text says so"),
    act("decline", by=DR, at=BEFORE_APPROVAL, event="claim_declined")
    | under("scheme", guard="where the text says so; reason"),
    act("accept_claim", by=SO, at=(*BEFORE_APPROVAL, *AFTER_LOCK), event="claim_accepted")
    | under("scheme", guard="evidence per line; after the lock only what is held"),
    act("hold_claim", by=SO, at=(*BEFORE_APPROVAL, *AFTER_LOCK), event="claim_held")
    | under("scheme; D-15", guard="reason, clause", starts="answer day"),
    act("reject_claim", by=SO, at=(*BEFORE_APPROVAL, *AFTER_LOCK), event="claim_rejected")
    | under("scheme", guard="reason, clause; after the lock only what is held"),
    act("decide_relation", by=SO, at=(*BEFORE_APPROVAL, *AFTER_LOCK), event="relation_decided")
    | under("D-17", guard="two people"),
    act("calculate", by=(SO, SY), at=BEFORE_APPROVAL, to=BEFORE_APPROVAL, event="calculated")
    | under(
        "scheme; D-13, D-15", guard="call over, every claim decided, nothing unknown; takes over earlier adjustments"
    ),
    act("publish", by=SO, at=S.CALCULATED, to=S.PUBLICITY, event="published")
    | under("scheme; D-24", guard="list, amounts, clause", starts="the scheme's days, else a service day"),
    act("object", by=(*CLAIMANTS, DR), at=(S.PUBLICITY, S.OBJECTED), to=S.OBJECTED, event="objected")
    | under("scheme", guard="inside the period"),
    act("decide_objection", by=SO, at=S.OBJECTED, to=(S.PUBLICITY, S.OBJECTED), event="objection_decided")
    | under("D-24", guard="two people; changed amounts: calculate again"),
    act("approve", by=(S1, S2), at=(S.PUBLICITY, S.APPROVED_ONCE), to=(S.APPROVED_ONCE, S.APPROVED), event="approved")
    | under("R5", guard="publicity over; four different people; preview hash unchanged"),
    act("lock", by=SO, at=S.APPROVED, to=AFTER_LOCK, event="locked") | under("scheme", guard="preview hash unchanged"),
    follows("change_amounts", at=BEFORE_LOCK, to=S.CALLED, event="amounts_changed")
    | under("R1", guard="a late fact, a decision on a claim", starts="calculate again"),
    act("pay", by=(TR, BK), at=AFTER_LOCK, to=(S.PAYING, S.PAID), event="paid")
    | under("scheme", guard="unique line; one payment per claim and payer"),
    act("returned", by=(TR, BK), at=AFTER_LOCK, to=(S.LOCKED, S.PAYING), event="payment_returned")
    | under("scheme", guard="unique line"),
    act("demand_back", by=(SO, S1, S2), at=AFTER_LOCK, event="demanded_back")
    | under(
        "scheme; Transformation Law 47",
        guard="fraud, or a negative balance without next run; officer and both approvers",
    ),
    act("recovered", by=(BK, TR), at=AFTER_LOCK, event="recovered") | under("scheme", guard="unique line"),
    follows("free_reserve", at=(N.NONE, N.LOCKED), to=N.DUE, event="reserve_freed")
    | under("D-15", guard="after the lock: what was held is accepted, or what it waited for is there", starts="a list"),
    act("calculate", by=(SO, SY), at=SUPPLEMENT_BEFORE_APPROVAL, to=N.CALCULATED, event="calculated")
    | under("scheme; D-15", guard="from the reserve of this year alone"),
    act("publish", by=SO, at=N.CALCULATED, to=N.PUBLICITY, event="published")
    | under("scheme; D-24", guard="where the scheme names days of publicity"),
    act("object", by=(*CLAIMANTS, DR), at=(N.PUBLICITY, N.OBJECTED), to=N.OBJECTED, event="objected")
    | under("scheme", guard="inside the period"),
    act("decide_objection", by=SO, at=N.OBJECTED, to=(N.PUBLICITY, N.OBJECTED), event="objection_decided")
    | under("D-24", guard="two people; changed amounts: calculate again"),
    act(
        "approve",
        by=(S1, S2),
        at=(N.CALCULATED, N.PUBLICITY, N.APPROVED_ONCE),
        to=(N.APPROVED_ONCE, N.APPROVED),
        event="approved",
    )
    | under("R5", guard="its publicity over, if it has one; four different people; preview hash unchanged"),
    act("lock", by=SO, at=N.APPROVED, to=(N.LOCKED, N.DUE), event="locked")
    | under("scheme", guard="preview hash unchanged"),
    follows(
        "change_supplement",
        at=(N.DUE, N.CALCULATED, N.PUBLICITY, N.OBJECTED, N.APPROVED_ONCE, N.APPROVED),
        to=(N.NONE, N.LOCKED, N.DUE),
        event="supplement_changed",
    )
    | under("R1", guard="a late fact, a decision on a claim", starts="calculate again"),
    *common_rows(S, days="scheme", news="R1; D-13"),
)
SETTLEMENT = Lifecycle(FilingKind.SETTLEMENT, S, with_second_people(S, ROWS, SettlementAct, OWNERS), (N,))
