"""The receipts of a licence: what arrived, what was reversed, which obligation takes it (D-08, D-09).

A reversal restates the receipt it points to (D-13); it takes the credit first and then the allocations from the last
to the first. Receipts are looked at by their day of arrival, so who took what does not depend on when they were told.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from rules.filing.finding import finding
from rules.filing.order import of_kind
from rules.filing.watch import at_once
from rules.licence.right import Right
from schemas.acts.royalty import Allocation
from schemas.standing.dues import Obligation, ReceiptState
from schemas.standing.fact import Fact, LicenceFacts
from schemas.standing.position import Finding, MoneyLine, Task
from schemas.values.actor import Role
from schemas.values.money import ZERO, Money, total

CREDIT = "credit"
OUTSIDE_ROYALTY = "outside_royalty"
"""Late interest, penalties and damages are no royalty: on an account of their own, in no base (D-42)."""
NO_OBLIGATION = (CREDIT, OUTSIDE_ROYALTY)


class Booked(NamedTuple):
    """A receipt net of its reversals, with what is left of its allocations, in the order in which they were stated."""

    state: ReceiptState
    stated: tuple[tuple[str, Money], ...]


class Taken(NamedTuple):
    """What one obligation takes of one receipt."""

    receipt_id: UUID
    obligation: str
    amount: Money
    paid_on: date
    received_on: date


def booked_receipts(ordered: LicenceFacts) -> tuple[Booked, ...]:
    """Every receipt, by day of arrival and id; ``ordered`` tells each bank line once."""
    reversed_fen: dict[UUID, int] = {}
    for one in of_kind(ordered, "reverse_receipt"):
        reversed_fen[one.act.receipt_id] = reversed_fen.get(one.act.receipt_id, 0) + one.act.amount.fen
    confirmed = [one.act.receipt_id for one in of_kind(ordered, "confirm")]
    booked: dict[UUID, Booked] = {}
    for one in of_kind(ordered, "book_receipt"):
        act, receipt_id = one.act, one.act.receipt_id
        back = Money(min(reversed_fen.get(receipt_id, 0), act.amount.fen))
        booked[receipt_id] = Booked(
            ReceiptState(
                receipt_id=receipt_id,
                amount=act.amount,
                reversed_amount=back,
                received_on=act.on,
                paid_on=act.paid_on,
                escrow=act.escrow,
                confirmed=receipt_id in confirmed,
            ),
            _left(tuple((part.obligation, part.amount) for part in act.allocations), back),
        )
    return tuple(sorted(booked.values(), key=lambda one: (one.state.received_on, str(one.state.receipt_id))))


def _left(stated: tuple[tuple[str, Money], ...], back: Money) -> tuple[tuple[str, Money], ...]:
    amounts = [amount.fen for _, amount in stated]
    backwards = sorted(range(len(stated)), key=lambda n: (stated[n][0] != CREDIT, -n))
    rest = back.fen
    for n in backwards:
        taken = min(rest, amounts[n])
        amounts[n] -= taken
        rest -= taken
    return tuple((name, Money(fen)) for (name, _), fen in zip(stated, amounts, strict=True))


def allocate(
    receipts: Sequence[Booked], takes: Mapping[str, Money]
) -> tuple[tuple[ReceiptState, ...], tuple[Taken, ...]]:
    """The receipts with their credit, and who takes what; ``takes`` is the most that each obligation can take."""
    free = {key: amount.fen for key, amount in takes.items()}
    states, taken = [], []
    for state, stated in receipts:
        credit = outside = 0
        for name, amount in stated:
            if name == OUTSIDE_ROYALTY:
                outside += amount.fen
                continue
            part = min(amount.fen, free.get(name, 0)) if state.counts else 0
            if part > 0:
                free[name] -= part
                taken.append(
                    Taken(state.receipt_id, name, Money(part), state.paid_on or state.received_on, state.received_on)
                )
            credit += amount.fen - max(part, 0)
        if state.counts:
            state = state.but(credit=Money(credit), outside_royalty=Money(outside))
        states.append(state)
    return tuple(states), tuple(taken)


def allocations_when_unnamed(obligations: Sequence[Obligation], amount: Money) -> tuple[Allocation, ...]:
    """Which obligations take a payment that names none: the open ones as they fall due, the rest is credit.

    Obligations without a day come last. The parts add up to ``amount`` (D-08, D-09).
    """
    parts, left = [], amount
    waiting = [one for one in obligations if one.state != "void" and one.open_amount > ZERO]
    for obligation in sorted(waiting, key=lambda one: (one.due_by is None, one.due_by)):
        part = min(left, obligation.open_amount)
        if part:
            parts.append(Allocation(obligation=obligation.key, amount=part))
            left -= part
    if left:
        parts.append(Allocation(obligation=CREDIT, amount=left))
    return tuple(parts)


def receipt_lines(states: Sequence[ReceiptState], taken: Sequence[Taken], right: Right) -> tuple[MoneyLine, ...]:
    """Money that counts goes to the licensee's due and the credit; all of it goes back where nothing came of it."""
    if right.failed or not right.stands:
        account = "refund_due" if right.failed else CREDIT
        return tuple(
            MoneyLine(
                key=f"receipt:{one.receipt_id}:{account}",
                debit="bank",
                credit=account,
                amount=one.net,
                on=one.received_on,
            )
            for one in states
            if one.counts and one.net
        )
    to_dues = (
        MoneyLine(
            key=f"receipt:{part.receipt_id}:{part.obligation}",
            debit="bank",
            credit="licensee_due",
            amount=part.amount,
            on=part.received_on,
        )
        for part in taken
    )
    to_credit = (
        MoneyLine(key=f"receipt:{one.receipt_id}:{name}", debit="bank", credit=name, amount=amount, on=one.received_on)
        for one in states
        if one.counts
        for name, amount in ((CREDIT, one.credit), (OUTSIDE_ROYALTY, one.outside_royalty))
        if amount
    )
    return (*to_dues, *to_credit)


def receipt_tasks(ordered: LicenceFacts, states: Sequence[ReceiptState], right: Right) -> tuple[Task, ...]:
    """Tasks after a receipt: explain a third-party payer, refund a failed licence, refund or allocate an overpayment.

    The law sets no deadline for them.
    """
    act = right.begun.act
    payers = [act.licensee]
    payers += [one.act.successor for one in of_kind(ordered, "substitute_party") if one.act.side == "licensee"]
    bookings = {one.act.receipt_id: one for one in reversed(of_kind(ordered, "book_receipt"))}
    tasks = [
        at_once(f"explain_payer:{receipt_id}", "explain_payer", Role.FINANCE, "GL-7(3)", one.act.on)
        for receipt_id, one in reversed(bookings.items())
        if one.act.payer not in payers and one.act.payer_explained is None
    ]
    back_on = max((one.act.on for one in of_kind(ordered, "reverse_receipt")), default=None)
    if right.failed and right.ended_on is not None and (right.paid or states):
        is_back = bool(states) and not total(one.net for one in states)
        tasks.append(
            at_once(
                "refund",
                "refund_licensee",
                Role.FINANCE,
                "D-02; Civil Code 985",
                right.ended_on,
                max(back_on, right.ended_on) if is_back and back_on is not None else None,
            )
        )
    too_much = [one for one in states if one.counts and one.credit]
    if right.stands and too_much:
        tasks.append(
            at_once(
                "refund_credit",
                "refund_or_allocate_credit",
                Role.FINANCE,
                "D-08",
                min(one.received_on for one in too_much),
            )
        )
    tasks += [
        at_once(f"confirm_receipt:{one.receipt_id}", "confirm_receipt", Role.FINANCE, "scheme texts", one.received_on)
        for one in states
        if not one.counts and one.net and not right.failed
    ]
    first = right.first
    booked_for_first = total(
        part.amount
        for one in of_kind(ordered, "book_receipt")
        for part in one.act.allocations
        if part.obligation == "due:1"
    )
    if first.condition == "due" and right.complete_on is None and booked_for_first >= first.amount and not right.failed:
        arrived = max(one.act.on for one in of_kind(ordered, "book_receipt"))
        tasks.append(at_once("record_voucher", "record_voucher", Role.OPERATOR, "PL-51-1; D-04", arrived))
    return tuple(tasks)


def receipt_findings(ordered: LicenceFacts, known: Sequence[str], right: Right) -> tuple[Finding, ...]:
    """Reversals of more than there is, words about receipts and obligations that nobody knows."""
    found = []
    amounts: dict[UUID, int] = {}
    told_by: dict[UUID, Role] = {}
    for one in of_kind(ordered, "book_receipt"):
        receipt_id = one.act.receipt_id
        amounts[receipt_id], told_by[receipt_id] = one.act.amount.fen, one.act.by.role
        names = [part.obligation for part in one.act.allocations]
        if right.stands and any(name not in (*NO_OBLIGATION, *known) for name in names):
            found.append(finding("allocation_unknown", one))
    reversed_fen: dict[UUID, int] = {}
    latest: dict[UUID, Fact[Any]] = {}
    for one in of_kind(ordered, "confirm", "reverse_receipt"):
        receipt_id = one.act.receipt_id
        if receipt_id not in amounts:
            found.append(finding("receipt_unknown", one))
        elif one.act.kind == "reverse_receipt":
            reversed_fen[receipt_id] = reversed_fen.get(receipt_id, 0) + one.act.amount.fen
            latest[receipt_id] = one
            if told_by[receipt_id] is Role.BANK and one.act.by.role is not Role.BANK:
                found.append(finding("reversed_without_the_bank", one))
    for receipt_id, one in latest.items():
        if reversed_fen[receipt_id] > amounts[receipt_id]:
            found.append(finding("reversal_exceeds_receipt", one))
    return tuple(found)
