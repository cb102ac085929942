"""Guards of reports, receipts and the closing of obligations (Civil Code 846; D-09, D-13)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rules.filing.order import of_kind
from rules.filing.scene import Remark, refused, warned
from rules.licence.parties.treatment import CLOSING, treated_differently
from rules.licence.receipts import NO_OBLIGATION
from rules.licence.reports import periods_of
from rules.licence.royalty import running_amount, running_part
from rules.licence.scene import LicenceScene, frozen
from schemas.acts.act import Act, Countersign
from schemas.acts.royalty import (
    AuditAccounts,
    BookReceipt,
    Confirm,
    CorrectReport,
    DisputeReport,
    Pursue,
    ReportSales,
    ReverseReceipt,
    Settle,
    Waive,
    WriteOff,
)
from schemas.standing.dues import Obligation
from schemas.values.money import ZERO, Money, total


def _report(act: ReportSales | CorrectReport, scene: LicenceScene) -> Iterator[Remark]:
    right = scene.right
    running = running_part(right.terms.royalty) if right and right.terms else None
    known = periods_of(right) if right else ()
    period = next((one for one in known if one.n == act.period), None)
    if running is None or period is None:
        yield refused("no_such_period", "period", period=act.period, last=known[-1].n if known else 0)
        return
    if act.on <= period.last_on:
        yield refused("period_not_over", "on", period=act.period, last=period.last_on)
    if running_amount(running, period, act.sales) is None:
        yield refused("report_base_missing", f"sales.{running.base.value}", base=running.base.value)
    reported = [one for one in of_kind(scene.ordered, "report_sales") if one.act.period == act.period]
    if isinstance(act, ReportSales):
        if reported:
            yield refused("report_exists", "period", period=act.period)
        return
    if not reported:
        yield refused("report_unknown", "period", period=act.period)
    corrections = [one for one in of_kind(scene.ordered, "correct_report") if one.act.period == act.period]
    following = max((one.act.correction for one in corrections), default=0) + 1
    if act.correction != following:
        yield refused("correction_out_of_turn", "correction", next=following, given=act.correction)


def _about_report(act: DisputeReport | AuditAccounts, scene: LicenceScene) -> Iterator[Remark]:
    told = of_kind(scene.ordered, "report_sales", "correct_report")
    if not any(one.act.period == act.period for one in told):
        yield refused("report_unknown", "period", period=act.period)


def _book_receipt(act: BookReceipt, scene: LicenceScene) -> Iterator[Remark]:
    position, begun = scene.position, scene.begun
    if position is None or begun is None:
        return
    if any(one.receipt_id == act.receipt_id for one in position.receipts):
        yield refused("bank_line_known", "line", filing_id=act.filing_id)
    left = {one.key: one.open_amount for one in position.obligations}
    for n, part in enumerate(act.allocations):
        if part.obligation not in (*NO_OBLIGATION, *left):
            yield refused(
                "obligation_unknown",
                f"allocations.{n}.obligation",
                obligation=part.obligation,
                known="、".join((*left, *NO_OBLIGATION)),
            )
    for key, amount in left.items():
        given = total(part.amount for part in act.allocations if part.obligation == key)
        if given > max(amount, ZERO):
            yield warned("allocated_too_much", "allocations", obligation=key, excess=given - max(amount, ZERO))
    successors = [one.act.successor for one in of_kind(scene.ordered, "substitute_party") if one.act.side == "licensee"]
    if act.payer not in (begun.act.licensee, *successors) and act.payer_explained is None:
        yield warned("payer_unexplained", "payer_explained")


def _known_receipt(act: Confirm | ReverseReceipt, scene: LicenceScene) -> Iterator[Remark]:
    receipts = scene.position.receipts if scene.position else ()
    receipt = next((one for one in receipts if one.receipt_id == act.receipt_id), None)
    if receipt is None:
        yield refused("receipt_unknown", "receipt_id", receipt=act.receipt_id)
    elif isinstance(act, ReverseReceipt) and act.amount > receipt.net:
        yield refused("reversal_exceeds_receipt", "amount", amount=act.amount, left=receipt.net)
    elif isinstance(act, ReverseReceipt) and act.on < receipt.received_on:
        yield refused("reversal_before_receipt", "on", on=act.on, received=receipt.received_on)


def _close(act: Settle | Waive | WriteOff, scene: LicenceScene) -> Iterator[Remark]:
    yield from frozen(scene)
    obligation = _named(act, scene)
    if obligation is None:
        yield _nobody_owes(act, scene)
        return
    waiting = _asked_and_not_signed(act, scene)
    left = obligation.open_amount - waiting
    if act.amount > left:
        yield refused("closing_exceeds_open", "amount", amount=act.amount, left=max(left, ZERO))
    given_up, elsewhere = obligation.given_up + waiting + act.amount, scene.surroundings.elsewhere
    others = treated_differently(obligation.key, obligation.owed, given_up, elsewhere)
    if others:
        yield warned("treated_differently", "obligation", obligation=obligation.key, others="、".join(map(str, others)))


def _pursue(act: Pursue, scene: LicenceScene) -> Iterator[Remark]:
    yield from frozen(scene)
    obligation = _named(act, scene)
    if obligation is None:
        yield _nobody_owes(act, scene)
    elif obligation.pursuit != "by_decision":
        yield refused("pursuit_needs_no_decision", "obligation", obligation=act.obligation)


def _named(act: Settle | Waive | WriteOff | Pursue, scene: LicenceScene) -> Obligation | None:
    return next((one for one in _obligations(scene) if one.key == act.obligation), None)


def _nobody_owes(act: Settle | Waive | WriteOff | Pursue, scene: LicenceScene) -> Remark:
    known = "、".join(one.key for one in _obligations(scene)) or "-"
    return refused("obligation_unknown", "obligation", obligation=act.obligation, known=known)


def _obligations(scene: LicenceScene) -> tuple[Obligation, ...]:
    return scene.position.obligations if scene.position else ()


def _countersign(act: Countersign, scene: LicenceScene) -> Iterator[Remark]:
    if act.countersigns in [one.act.act_id for one in of_kind(scene.facts, *CLOSING, "pursue")]:
        yield from frozen(scene)


def _asked_and_not_signed(act: Settle | Waive | WriteOff, scene: LicenceScene) -> Money:
    """What others asked to close and nobody has countersigned: two such acts must not close one amount twice."""
    effective = [one.act.act_id for one in scene.ordered]
    return total(
        one.act.amount
        for one in of_kind(scene.facts, *CLOSING)
        if one.act.obligation == act.obligation and one.act.act_id not in effective
    )


ROYALTY_CHECKS: Mapping[type[Act], Callable[[Any, LicenceScene], Iterator[Remark]]] = {
    ReportSales: _report,
    CorrectReport: _report,
    DisputeReport: _about_report,
    AuditAccounts: _about_report,
    BookReceipt: _book_receipt,
    Confirm: _known_receipt,
    ReverseReceipt: _known_receipt,
    Settle: _close,
    Waive: _close,
    WriteOff: _close,
    Pursue: _pursue,
    Countersign: _countersign,
}
