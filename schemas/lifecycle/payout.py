"""The lifecycle of a payout (lifecycles 2.6)."""

from schemas.acts.act import FilingKind
from schemas.lifecycle.table import NOTHING, SAME, Lifecycle, Row
from schemas.values.actor import Role

FU, A1, A2, IN, BK, SY, OP, LR, COMMITTEE = (
    Role.FINANCE,
    Role.FIRST_APPROVER,
    Role.SECOND_APPROVER,
    Role.INVENTOR,
    Role.BANK,
    Role.TIMER,
    Role.OPERATOR,
    Role.LICENSOR,
    Role.COMMITTEE,
)
WAITING, DETERMINED, PUBLICITY, OBJECTED = "waiting_for_facts", "determined", "publicity", "objected"
APPROVED_ONCE, APPROVED, INSTRUCTED, PAID = "approved_once", "approved", "instructed", "paid"
RETURNED, TAX_RECORDED, CANCELLED, ADJUSTED = "returned", "tax_recorded", "cancelled", "adjusted"
BEFORE_MONEY = (WAITING, DETERMINED, PUBLICITY, OBJECTED, APPROVED_ONCE, APPROVED)
STAGES = (*BEFORE_MONEY, INSTRUCTED, RETURNED, PAID, TAX_RECORDED, CANCELLED, ADJUSTED)


def _rows(*rows: tuple[object, ...]) -> tuple[Row, ...]:
    return tuple(Row("right", *row) for row in rows)  # type: ignore[arg-type]  # the tuples below have Row's field order


ROWS = _rows(
    (
        (NOTHING,),
        "determine",
        (SY, OP, FU),
        (DETERMINED, WAITING, CANCELLED),
        "determined",
        "Transformation Law 43 to 45; IR-92 to 94",
        "costs stated, else ask; shares signed",
        "36 months tax window",
    ),
    (
        (WAITING, DETERMINED),
        "state_facts",
        (FU,),
        (DETERMINED, WAITING, ADJUSTED),
        "facts_stated",
        "Transformation Law 44; IR-92",
        "the unit's rule or agreement, shares, costs",
    ),
    (
        (DETERMINED,),
        "publish",
        (FU,),
        (PUBLICITY,),
        "published",
        "L-26, L-29",
        "persons, amounts, leaders marked",
        ">= 15 days (unit's rule may be longer)",
    ),
    ((PUBLICITY, OBJECTED), "object", (IN,), (OBJECTED,), "objected", "unit's rule", "inside the period"),
    (
        (OBJECTED,),
        "decide",
        (COMMITTEE,),
        (PUBLICITY, DETERMINED, OBJECTED, WAITING),
        "objection_decided",
        "D-24",
        "reasons; changed amounts begin a new publicity",
    ),
    (
        (PUBLICITY, APPROVED_ONCE, ADJUSTED),
        "approve",
        (A1, A2),
        (APPROVED_ONCE, APPROVED, ADJUSTED),
        "approved",
        "R5",
        "publicity over; two persons, none is preparer or beneficiary",
    ),
    (
        (APPROVED, INSTRUCTED, RETURNED, ADJUSTED),
        "instruct_payment",
        (FU,),
        (INSTRUCTED, RETURNED, ADJUSTED),
        "payment_instructed",
        "D-23",
        "unique per (person, determination, line)",
    ),
    (
        (INSTRUCTED, RETURNED),
        "paid",
        (BK,),
        (INSTRUCTED, RETURNED, PAID, ADJUSTED),
        "paid",
        "L-05",
        "bank line",
        "tax record day",
    ),
    ((INSTRUCTED, PAID), "returned_by_bank", (BK,), (RETURNED, ADJUSTED), "returned_by_bank", "platform", "bank line"),
    (
        (INSTRUCTED, RETURNED, PAID, ADJUSTED),
        "record_tax",
        (FU,),
        (INSTRUCTED, RETURNED, TAX_RECORDED, ADJUSTED),
        "tax_recorded",
        "财税〔2018〕58号",
        "nonprofit unit, contract registered, within 36 months: half counts",
    ),
    (BEFORE_MONEY, "cancel", (SY, FU, OP), (CANCELLED,), "cancelled", "D-13, D-21", "receipt reversed, licence void"),
    (
        (WAITING, DETERMINED, PAID, TAX_RECORDED, INSTRUCTED, RETURNED),
        "fall_short",
        (SY,),
        (ADJUSTED,),
        "adjustment_made",
        "D-21",
        "receipt partly reversed, corrected fact",
        "negative lines wait for a decision",
        True,
    ),
    (
        (ADJUSTED,),
        "adjust",
        (FU,),
        (PAID, ADJUSTED, TAX_RECORDED, INSTRUCTED, RETURNED),
        "adjusted",
        "D-21",
        "two people; never an automatic demand",
    ),
    ((NOTHING,), "take_over", (OP,), STAGES, "taken_over", "R7", "evidence, two people"),
    # What was taken over stands nowhere until a second person has signed it; days and news reach it all the same.
    ((NOTHING, *STAGES), "pass_day", (SY, OP), (SAME,), "day_passed", "IR-5"),
    ((NOTHING, *STAGES), "surroundings_changed", (SY,), (SAME,), "surroundings_changed", "R1"),
    (STAGES, "correct_fact", (FU, OP, BK), (SAME,), "fact_corrected", "R3", "two people"),
    ((NOTHING, *STAGES), "countersign", (FU, OP, BK), (SAME,), "countersigned", "R3", "another person"),
)
PAYOUT = Lifecycle(FilingKind.PAYOUT, ROWS, NOTHING, {}, frozenset({TAX_RECORDED, CANCELLED}))
