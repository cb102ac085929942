"""The rows of the read model that a settlement stands for; pure, so that recording and auditing agree.

A row that a later position no longer has stays, with nothing live and nothing to be paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from schemas.acts.act import Act
from schemas.acts.settlement import Calculate, PaySubsidy, Recovered
from schemas.standing.listed import LineKey
from schemas.standing.settlement import AdjustmentState, SettlementPosition
from schemas.standing.surroundings import Carried


@dataclass(frozen=True)
class Settlement:
    """One scheme, one year, one authority."""

    settlement_id: UUID
    authority: UUID
    scheme: str
    year: int


@dataclass(frozen=True)
class Claim:
    """One claim with what its list gives it."""

    claim_id: UUID
    settlement_id: UUID
    scheme: str
    year: int
    claimant: UUID
    credit_code: str
    state: str
    entitled_fen: int | None
    payable_fen: int
    reserved_fen: int
    live: bool


@dataclass(frozen=True)
class ClaimedReceipt:
    """One owner's part of one receipt in one claim."""

    claim_id: UUID
    receipt_id: str
    settlement_id: UUID
    scheme: str
    year: int
    side: str
    owner: UUID
    credit_code: str
    claimed_on: date
    claimed_at: str
    live: bool


@dataclass(frozen=True)
class SubsidyLine:
    """One beneficiary and payer of the list."""

    settlement_id: UUID
    line_key: str
    credit_code: str
    payer: str
    settled_fen: int
    carried_fen: int
    paid_fen: int


@dataclass(frozen=True)
class SubsidyPayment:
    """One line of the treasury or bank; recorded once over all settlements of the authority."""

    authority: UUID
    payer: str
    bank_serial: str
    settlement_id: UUID
    line_key: str
    act_id: UUID
    fen: int
    came_back: bool


@dataclass(frozen=True)
class Adjustment:
    """By how much one fact changed what the settlement has to adjust for one beneficiary and payer."""

    settlement_id: UUID
    version: int
    credit_code: str
    payer: str
    authority: UUID
    scheme: str
    claimant: UUID | None
    fen: int


@dataclass(frozen=True)
class AdjustmentTaken:
    """That change as a line of another settlement's list."""

    settlement_id: UUID
    version: int
    credit_code: str
    payer: str
    taken_by: UUID


@dataclass(frozen=True)
class SettlementRows:
    """What one act changes; each list is of the table with its name."""

    settlements: Sequence[Settlement] = ()
    claims: Sequence[Claim] = ()
    claimed_receipts: Sequence[ClaimedReceipt] = ()
    subsidy_lines: Sequence[SubsidyLine] = ()
    subsidy_payments: Sequence[SubsidyPayment] = ()
    adjustments: Sequence[Adjustment] = ()
    adjustments_taken: Sequence[AdjustmentTaken] = ()


def settlement_rows(
    act: Act,
    version: int,
    before: SettlementPosition | None,
    after: SettlementPosition,
    side: str,
    carried: Sequence[Carried],
) -> SettlementRows:
    """What one act changes. ``side``: whom the scheme pays; ``carried``: what a calculation takes from other runs."""
    settlement_id = act.filing_id
    was_locked = before is not None and before.locked_on is not None
    old_claims, claims = _claims(settlement_id, before), _claims(settlement_id, after)
    receipts = _claimed_receipts(settlement_id, after, side)
    old_receipts = _claimed_receipts(settlement_id, before, side)
    old_lines, lines = _subsidy_lines(settlement_id, before), _subsidy_lines(settlement_id, after)
    return SettlementRows(
        settlements=[Settlement(settlement_id, after.authority, after.scheme, after.year)] if before is None else (),
        claims=[one for one in claims if one not in old_claims],
        claimed_receipts=[
            *_left_receipts(old_receipts, receipts),
            *(one for one in receipts if one not in old_receipts),
        ],
        subsidy_lines=[*_left_lines(old_lines, lines), *(one for one in lines if one not in old_lines)],
        subsidy_payments=[_payment(act, after.authority)] if isinstance(act, PaySubsidy | Recovered) else (),
        adjustments=_adjustments(settlement_id, version, before, after),
        adjustments_taken=_taken(settlement_id, carried) if isinstance(act, Calculate) and not was_locked else (),
    )


def _claims(settlement_id: UUID, position: SettlementPosition | None) -> tuple[Claim, ...]:
    """Every claim."""
    return (
        ()
        if position is None
        else tuple(
            Claim(
                one.claim_id,
                settlement_id,
                position.scheme,
                position.year,
                one.claimant,
                one.credit_code,
                one.state,
                one.entitled.fen if one.entitled is not None else None,
                one.payable.fen,
                one.reserved.fen,
                one.is_live,
            )
            for one in position.claims
        )
    )


def _claimed_receipts(
    settlement_id: UUID, position: SettlementPosition | None, side: str
) -> tuple[ClaimedReceipt, ...]:
    """Every receipt of the platform that is claimed; live while it takes part in this year's list."""
    if position is None:
        return ()
    return tuple(
        ClaimedReceipt(
            claim.claim_id,
            str(line.receipt_id),
            settlement_id,
            position.scheme,
            position.year,
            side,
            line.owner,
            claim.credit_code,
            line.since_on,
            line.since_at,
            claim.is_live and line.in_window and (line.by_rule or line.state in ("undecided", "accepted", "held")),
        )
        for claim in position.claims
        for line in claim.lines
        if line.receipt_id is not None and line.owner is not None and line.since_on and line.since_at
    )


def _left_receipts(before: Sequence[ClaimedReceipt], after: Sequence[ClaimedReceipt]) -> tuple[ClaimedReceipt, ...]:
    """Rows of the position before that the one after no longer has: their lines were taken out of the claim."""
    kept = {(one.claim_id, one.receipt_id) for one in after}
    return tuple(replace(one, live=False) for one in before if (one.claim_id, one.receipt_id) not in kept)


def _subsidy_lines(settlement_id: UUID, position: SettlementPosition | None) -> tuple[SubsidyLine, ...]:
    """Every line of the list."""
    return tuple(
        SubsidyLine(
            settlement_id, one.key, one.credit_code, one.payer, one.settled.fen, one.carried.fen, one.paid_amount.fen
        )
        for one in (position.lines if position else ())
    )


def _left_lines(before: Sequence[SubsidyLine], after: Sequence[SubsidyLine]) -> tuple[SubsidyLine, ...]:
    """Lines that a newer list no longer has."""
    kept = {one.line_key for one in after}
    return tuple(replace(one, settled_fen=0, carried_fen=0, paid_fen=0) for one in before if one.line_key not in kept)


def _payment(act: PaySubsidy | Recovered, authority: UUID) -> SubsidyPayment:
    """The bank's line."""
    return SubsidyPayment(
        authority,
        LineKey.read(act.line).payer,
        act.bank_serial,
        act.filing_id,
        act.line,
        act.act_id,
        act.amount.fen,
        isinstance(act, Recovered),
    )


def _adjustments(
    settlement_id: UUID, version: int, before: SettlementPosition | None, after: SettlementPosition
) -> tuple[Adjustment, ...]:
    """What the fact of this version changed."""
    old, new = _by_key(before), _by_key(after)
    rows = []
    for key in sorted({*old, *new}):
        one = new.get(key) or old[key]
        fen = (new[key].amount.fen if key in new else 0) - (old[key].amount.fen if key in old else 0)
        if fen:
            rows.append(
                Adjustment(
                    settlement_id, version, one.credit_code, one.payer, after.authority, after.scheme, one.claimant, fen
                )
            )
    return tuple(rows)


def _taken(taken_by: UUID, carried: Sequence[Carried]) -> tuple[AdjustmentTaken, ...]:
    """What a calculation takes over."""
    return tuple(
        AdjustmentTaken(one.settlement_id, one.version, one.credit_code, one.payer, taken_by) for one in carried
    )


def _by_key(position: SettlementPosition | None) -> dict[str, AdjustmentState]:
    return {one.key: one for one in (position.adjustments if position else ())}
