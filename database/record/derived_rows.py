"""The rows of the read model that a position of one kind stands for; pure, so that recording and auditing agree."""

from uuid import UUID

from database.record.posting import BankLine, Licence, Offer, Receipt
from schemas.acts.royalty import BankLine as Line
from schemas.acts.royalty import BookReceipt
from schemas.lifecycle.stages.declaration import LIVE
from schemas.lifecycle.stages.stage import Phase
from schemas.standing.fact import LicenceFacts
from schemas.standing.position import DeclarationPosition, LicencePosition


def offer_row(declaration_id: UUID, position: DeclarationPosition, origin: str) -> Offer | None:
    """The offer of a declaration; ``origin`` of its first act. None as long as nothing is offered."""
    view = position.offer
    if view is None:
        return None
    return Offer(
        declaration_id=declaration_id,
        patent_number=view.patent_number,
        live=position.stage in LIVE,
        in_force_from=view.in_force_from,
        ended_on=view.ended_on,
        terms=view.model_dump(),
        terms_version=view.terms[-1].version,
        licensor=view.owners[0].party_id,
        patent_last_day=view.patent_last_day,
        right_ended_on=view.right_ended_on,
        right_end_provisional=view.right_end_provisional,
        regime=view.regime.value,
        warnings=position.warnings,
        origin=origin,
    )


def licence_row(licence_id: UUID, declaration_id: UUID, position: LicencePosition) -> Licence:
    """The licence's line under its declaration."""
    phase = position.stage.phase
    return Licence(
        licence_id, declaration_id, position.licensee, position.n, phase is Phase.RUNNING, phase is Phase.OPEN
    )


def receipt_rows(licence_id: UUID, position: LicencePosition, facts: LicenceFacts) -> tuple[Receipt, ...]:
    """Every receipt of the licence, with the bank line that ``facts`` book it by: a line is never corrected."""
    lines: dict[UUID, str] = {}
    for fact in facts:
        if isinstance(fact.act, BookReceipt):  # a correction may say that the licence has the whole line, or a part
            line = fact.act.line
            lines |= dict.fromkeys((line.receipt_id, line.part_id(licence_id)), line_key(line))
    return tuple(
        Receipt(
            str(one.receipt_id),
            licence_id,
            one.amount.fen,
            one.reversed_amount.fen,
            one.received_on,
            one.confirmed,
            lines[one.receipt_id],
        )
        for one in position.receipts
    )


def line_key(line: Line) -> str:
    """The key under which a bank line is booked once, as people write it: the last two words have no blanks."""
    return f"{line.bank} {line.account} {line.serial}"


def bank_line_row(act: BookReceipt) -> BankLine:
    """The bank line of a booking, with this licence's part of it."""
    return BankLine(line_key(act.line), (act.line_amount or act.amount).fen, act.on, act.amount.fen)
