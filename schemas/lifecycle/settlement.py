"""The lifecycle of a settlement with its claims (lifecycles 2.7)."""

from schemas.acts.act import FilingKind
from schemas.lifecycle.table import NOTHING, SAME, Lifecycle, Row
from schemas.values.actor import Role

SO, S1, S2, DR, TR, BK, SY, OP = (
    Role.SCHEME_OFFICER,
    Role.FIRST_SCHEME_APPROVER,
    Role.SECOND_SCHEME_APPROVER,
    Role.DISTRICT_RECOMMENDER,
    Role.TREASURY,
    Role.BANK,
    Role.TIMER,
    Role.OPERATOR,
)
CLAIMANTS = (Role.CLAIMANT, Role.LICENSOR, Role.LICENSEE, OP)
"""Who claims for itself; the operator types what came on paper."""
OPEN, ACTIVATED, CALLED, CALCULATED = "open", "activated", "called", "calculated"
PUBLICITY, OBJECTED, APPROVED_ONCE, APPROVED = "publicity", "objected", "approved_once", "approved"
LOCKED, PAYING, PAID = "locked", "paying", "paid"
BEFORE_APPROVAL = (CALLED, CALCULATED, PUBLICITY, OBJECTED)
BEFORE_LOCK = (*BEFORE_APPROVAL, APPROVED_ONCE, APPROVED)
AFTER_LOCK = (LOCKED, PAYING, PAID)
STAGES = (OPEN, ACTIVATED, *BEFORE_LOCK, *AFTER_LOCK)


def _rows(*rows: tuple[object, ...]) -> tuple[Row, ...]:
    return tuple(Row("right", *row) for row in rows)  # type: ignore[arg-type]  # the tuples below have Row's field order


ROWS = _rows(
    ((NOTHING,), "open_year", (SO, SY), (OPEN,), "opened", "scheme", "the scheme has a version for the year"),
    (
        (OPEN,),
        "activate",
        (S1, S2),
        (OPEN, ACTIVATED),
        "activated",
        "domain 7; R4",
        "planned, drafted or from memory: both approvers, two people",
    ),
    (
        (OPEN, ACTIVATED),
        "call",
        (SO,),
        (CALLED,),
        "called",
        "scheme",
        "in force or activated, its amount known; window, papers, budget",
        "last claim day",
    ),
    (
        BEFORE_APPROVAL,
        "submit_claim",
        CLAIMANTS,
        (SAME,),
        "claim_submitted",
        "scheme; D-14",
        "one per legal person; in time; receipts listed; declarations",
    ),
    (
        BEFORE_APPROVAL,
        "supplement_claim",
        CLAIMANTS,
        (SAME,),
        "claim_supplemented",
        "scheme",
        "after the last day only lines that are held",
    ),
    (BEFORE_APPROVAL, "withdraw_claim", CLAIMANTS, (SAME,), "claim_withdrawn", "scheme"),
    (BEFORE_APPROVAL, "recommend", (DR,), (SAME,), "claim_recommended", "scheme", "where the text says so"),
    (BEFORE_APPROVAL, "decline", (DR,), (SAME,), "claim_declined", "scheme", "where the text says so; reason"),
    (
        (*BEFORE_APPROVAL, *AFTER_LOCK),
        "accept_claim",
        (SO,),
        (SAME,),
        "claim_accepted",
        "scheme",
        "evidence per line; after the lock only what is held",
    ),
    (BEFORE_APPROVAL, "hold_claim", (SO,), (SAME,), "claim_held", "scheme; D-15", "reason, clause", "answer day"),
    (
        (*BEFORE_APPROVAL, *AFTER_LOCK),
        "reject_claim",
        (SO,),
        (SAME,),
        "claim_rejected",
        "scheme",
        "reason, clause; after the lock only what is held",
    ),
    ((*BEFORE_APPROVAL, *AFTER_LOCK), "decide_relation", (SO,), (SAME,), "relation_decided", "D-17", "two people"),
    (
        BEFORE_APPROVAL,
        "calculate",
        (SO, SY),
        BEFORE_APPROVAL,
        "calculated",
        "scheme; D-13, D-15",
        "call over, every claim decided, nothing unknown; takes over earlier adjustments",
    ),
    (
        (CALCULATED,),
        "publish",
        (SO,),
        (PUBLICITY,),
        "published",
        "scheme; D-24",
        "list, amounts, clause",
        "the scheme's days, else a service day",
    ),
    ((PUBLICITY, OBJECTED), "object", (*CLAIMANTS, DR), (OBJECTED,), "objected", "scheme", "inside the period"),
    (
        (OBJECTED,),
        "decide_objection",
        (SO,),
        (PUBLICITY, OBJECTED),
        "objection_decided",
        "D-24",
        "two people; changed amounts: calculate again",
    ),
    (
        (PUBLICITY, APPROVED_ONCE),
        "approve",
        (S1, S2),
        (APPROVED_ONCE, APPROVED),
        "approved",
        "R5",
        "publicity over; four different people; preview hash unchanged",
    ),
    ((APPROVED,), "lock", (SO,), AFTER_LOCK, "locked", "scheme", "preview hash unchanged"),
    (
        BEFORE_LOCK,
        "change_amounts",
        (SY,),
        (CALLED,),
        "amounts_changed",
        "R1",
        "a late fact, a decision on a claim",
        "calculate again",
        True,
    ),
    (AFTER_LOCK, "pay", (TR, BK), (PAYING, PAID), "paid", "scheme", "unique line; one payment per claim and payer"),
    (AFTER_LOCK, "returned", (TR, BK), (LOCKED, PAYING), "payment_returned", "scheme", "unique line"),
    (
        AFTER_LOCK,
        "demand_back",
        (SO, S1, S2),
        (SAME,),
        "demanded_back",
        "scheme; Transformation Law 47",
        "fraud, or a negative balance without next run; officer and both approvers",
    ),
    (AFTER_LOCK, "recovered", (BK, TR), (SAME,), "recovered", "scheme", "unique line"),
    ((NOTHING,), "take_over", (OP,), STAGES, "taken_over", "R7", "evidence, two people"),
    # What was taken over stands nowhere until a second person has signed it; days and news reach it all the same.
    ((NOTHING, *STAGES), "pass_day", (SY, OP), (SAME,), "day_passed", "scheme"),
    ((NOTHING, *STAGES), "surroundings_changed", (SY,), (SAME,), "surroundings_changed", "R1; D-13"),
    (STAGES, "correct_fact", (SO, OP, TR, BK), (SAME,), "fact_corrected", "R3", "two people"),
    ((NOTHING, *STAGES), "countersign", (SO, OP, TR, BK), (SAME,), "countersigned", "R3", "another person"),
)
SETTLEMENT = Lifecycle(FilingKind.SETTLEMENT, ROWS, NOTHING, {}, frozenset({PAID}))
