"""The lifecycle of a payout (Transformation Law 43 to 45; Implementing Regulations 92 to 94)."""

from schemas.acts.act import FilingKind
from schemas.acts.payout import PayoutAct
from schemas.lifecycle.owners.payout import OWNERS
from schemas.lifecycle.roles import A1, A2, BK, CM, FU, IN, OP, SY
from schemas.lifecycle.row import act, common_rows, follows, under
from schemas.lifecycle.second_people import with_second_people
from schemas.lifecycle.stages.payout import BEFORE_MONEY
from schemas.lifecycle.stages.payout import PayoutStage as S
from schemas.lifecycle.table import Lifecycle

WITH_BANK = (S.INSTRUCTED, S.RETURNED)
ROWS = (
    act("determine", by=(SY, OP, FU), at=S.NOTHING, to=(S.DETERMINED, S.WAITING, S.CANCELLED), event="determined")
    | under(
        "Transformation Law 43 to 45; IR-92 to 94",
        guard="costs stated, else ask; shares signed",
        starts="36 months tax window",
    ),
    act(
        "state_facts",
        by=FU,
        # Cancelled too: what was borne for a receipt that went back still counts for the licence (D-11).
        at=(S.WAITING, S.DETERMINED, S.CANCELLED),
        to=(S.DETERMINED, S.WAITING, S.ADJUSTED, S.CANCELLED),
        event="facts_stated",
    )
    | under("Transformation Law 44; IR-92", guard="the unit's rule or agreement, shares, costs"),
    act("publish", by=FU, at=S.DETERMINED, to=S.PUBLICITY, event="published")
    | under("L-26, L-29", guard="persons, amounts, leaders marked", starts=">= 15 days (unit's rule may be longer)"),
    act("object", by=IN, at=(S.PUBLICITY, S.OBJECTED), to=S.OBJECTED, event="objected")
    | under("unit's rule", guard="inside the period"),
    act(
        "decide", by=CM, at=S.OBJECTED, to=(S.PUBLICITY, S.DETERMINED, S.OBJECTED, S.WAITING), event="objection_decided"
    )
    | under("D-24", guard="reasons; changed amounts begin a new publicity"),
    act(
        "approve",
        by=(A1, A2),
        at=(S.PUBLICITY, S.APPROVED_ONCE, S.ADJUSTED),
        to=(S.APPROVED_ONCE, S.APPROVED, S.ADJUSTED),
        event="approved",
    )
    | under("R5", guard="publicity over; two persons, none is preparer or beneficiary"),
    act(
        "instruct_payment",
        by=FU,
        at=(S.APPROVED, *WITH_BANK, S.ADJUSTED),
        to=(*WITH_BANK, S.ADJUSTED),
        event="payment_instructed",
    )
    | under("D-23", guard="unique per (person, determination, line)"),
    act("paid", by=BK, at=WITH_BANK, to=(*WITH_BANK, S.PAID, S.ADJUSTED), event="paid")
    | under("L-05", guard="bank line", starts="tax record day"),
    act("returned_by_bank", by=BK, at=(S.INSTRUCTED, S.PAID), to=(S.RETURNED, S.ADJUSTED), event="returned_by_bank")
    | under("platform", guard="bank line"),
    act(
        "record_tax",
        by=FU,
        at=(*WITH_BANK, S.PAID, S.TAX_RECORDED, S.ADJUSTED),
        to=(*WITH_BANK, S.TAX_RECORDED, S.ADJUSTED),
        event="tax_recorded",
    )
    | under("财税〔2018〕58号", guard="of each payment on its own day: half counts, or the ordinary declaration"),
    act("cancel", by=(SY, FU, OP), at=BEFORE_MONEY, to=S.CANCELLED, event="cancelled")
    | under("D-13, D-21", guard="receipt reversed, licence void"),
    follows(
        "fall_short",
        at=(S.WAITING, S.DETERMINED, S.PAID, S.TAX_RECORDED, S.CANCELLED, *WITH_BANK),
        to=S.ADJUSTED,
        event="adjustment_made",
    )
    | under("D-21", guard="receipt partly reversed, corrected fact", starts="negative lines wait for a decision"),
    act("adjust", by=FU, at=S.ADJUSTED, to=(S.PAID, S.ADJUSTED, S.TAX_RECORDED, *WITH_BANK), event="adjusted")
    | under("D-21", guard="two people; never an automatic demand"),
    *common_rows(S),
)
PAYOUT = Lifecycle(FilingKind.PAYOUT, S, with_second_people(S, ROWS, PayoutAct, OWNERS))
