"""The money of a filing: what is owed, what arrived, whom it reached, and for each line the clauses that made it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from database.console.whose import may_see
from database.pool import Connection
from database.reads.clauses import DeterminedClause, LedgerOfLine, RecordedSteps, clauses_of, ledger_of, steps_of
from database.reads.trace import (
    BookedPart,
    PayoutOfReceipt,
    SubsidyOfReceipt,
    bank_keys_about,
    parts_booked,
    payouts_of,
    subsidies_of,
)
from database.registers.parties import public_names
from schemas.acts.act import FilingKind
from schemas.values.money import Money
from texts.traces.told import cited_in, key_in, step_in
from web.pages.filing.page import shown
from web.pages.filing.read import ShownFiling, at_one_instant, read
from web.parties import party_ids
from web.render import render
from web.rights.parts import names, part_of
from web.rights.whose import whose
from web.visit import NotFound, Somebody, Visit

router = APIRouter()
_PAGE = 40
"""Lines, and receipts, that one page shows."""
_MOST_STEPS = 80
_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Line:
    """A line of a determination; ``due`` and ``paid`` are None where a later one has it."""

    version: int
    ordinal: int
    rule: str
    as_of: date
    line: str
    determined: Money
    due: Money | None
    paid: Money | None
    stands: bool
    clauses: tuple[DeterminedClause, ...]


@dataclass(frozen=True)
class Reached:
    """A receipt of a licence, and whom its money reached, as far as the reader may see them."""

    part: BookedPart
    payouts: tuple[PayoutOfReceipt, ...]
    subsidies: tuple[SubsidyOfReceipt, ...]


@dataclass(frozen=True)
class ShownMoney:
    """All money of a filing that is the reader's to see."""

    lines: list[Line]
    receipts: list[Reached]
    position: dict[str, Any]
    """What the filing says of money itself: obligations of a licence, lines of a payout or of a settlement."""
    names: dict[UUID, str]


async def read_money(visit: Visit, connection: Connection, found: ShownFiling) -> ShownMoney:
    """Nothing is calculated: every figure is one that was recorded."""
    filing_id, own = found.listed.filing_id, found.own
    lines = [one for one in _lines(await clauses_of(connection, filing_id)) if own is None or str(own) in one.line]
    receipts = await _receipts(visit, connection, filing_id) if found.kind is FilingKind.LICENCE else []
    position = part_of(found.position.model_dump(mode="json"), own)
    ids = party_ids(
        position, [one.line.split(":") for one in lines], [vars(two) for one in receipts for two in one.payouts]
    )
    return ShownMoney(lines, receipts, position, await public_names(connection, ids))


def _lines(found: Iterable[DeterminedClause]) -> list[Line]:
    made = list[Line]()
    for _, rows in groupby(found, lambda one: (one.version, one.ordinal, one.line)):
        clauses = tuple(rows)
        one = clauses[0]
        due, paid = (None if fen is None else Money(fen) for fen in (one.due_fen, one.paid_fen))
        made.append(
            Line(
                one.version, one.ordinal, one.rule, one.as_of, one.line, Money(one.fen), due, paid, one.stands, clauses
            )
        )
    return made


async def _receipts(visit: Visit, connection: Connection, licence_id: UUID) -> list[Reached]:
    keys = await bank_keys_about(connection, licence_id)
    parts = [one for one in await parts_booked(connection, keys) if one.licence_id == licence_id]
    ids = [one.receipt_id for one in parts if one.receipt_id is not None]
    payouts, subsidies = await payouts_of(connection, [licence_id], ids), await subsidies_of(connection, ids)
    theirs, seen = whose(visit), dict[UUID, bool]()
    for filing_id in dict.fromkeys([*(one.payout_id for one in payouts), *(one.settlement_id for one in subsidies)]):
        seen[filing_id] = await may_see(connection, filing_id, theirs)
    return [
        Reached(
            part,
            tuple(one for one in payouts if one.receipt_id == part.receipt_id and seen[one.payout_id]),
            tuple(one for one in subsidies if one.receipt_id == part.receipt_id and seen[one.settlement_id]),
        )
        for part in parts
    ]


@router.get("/filings/{filing_id}/money")
async def money(visit: Somebody, filing_id: UUID, start: int = 0) -> HTMLResponse:
    """The page; ``start``: how many lines and receipts were shown before."""
    async with at_one_instant(visit) as connection:
        found = await read(visit, connection, filing_id, shown=0)
        money = await read_money(visit, connection, found)
    start = max(start, 0)
    lines, receipts = money.lines[start : start + _PAGE], money.receipts[start : start + _PAGE]
    more = max(len(money.lines), len(money.receipts)) > start + _PAGE
    return render(
        visit,
        "filing/money.html",
        **shown(visit, found, "money"),
        money=money,
        lines=lines,
        receipts=receipts,
        start=start,
        own_lines=money.position.get("lines", ())[start : start + _PAGE],
        obligations=money.position.get("obligations", ())[start : start + _PAGE],
        earlier=f"?start={max(start - _PAGE, 0)}" if start else "",
        later=f"?start={start + _PAGE}" if more else "",
        told=lambda key: _told(visit, money.names, key),
        who=lambda kind, party, key: _who(visit, money.names, kind, party, key),
        fen_yuan=lambda fen: Money(fen or 0).yuan,
    )


@router.get("/filings/{filing_id}/money/{version}/{ordinal}")
async def line(visit: Somebody, filing_id: UUID, version: int, ordinal: int, line: str = "") -> HTMLResponse:
    """One line: how it was calculated, by which clauses, of which receipt, and what the ledger says of it."""
    async with at_one_instant(visit) as connection:
        found = await read(visit, connection, filing_id, shown=0)
        money = await read_money(visit, connection, found)
        steps = {(one.version, one.ordinal): one for one in await steps_of(connection, filing_id)}
        ledger = await ledger_of(connection, filing_id)
    one = next((one for one in money.lines if (one.version, one.ordinal, one.line) == (version, ordinal, line)), None)
    if one is None:
        raise NotFound
    made = steps[version, ordinal]
    return render(
        visit,
        "filing/line.html",
        **shown(visit, found, "money"),
        line=one,
        made=made,
        steps=list(_steps(visit, found, money, made))[:_MOST_STEPS],
        steps_left=max(len(made.steps) - _MOST_STEPS, 0),
        clauses=[_clause(visit, row) for row in one.clauses],
        ledger=[row for row in ledger if _is_of(row, one)],
        told=lambda key: _told(visit, money.names, key),
        fen_yuan=lambda fen: Money(fen or 0).yuan,
    )


def _steps(visit: Visit, found: ShownFiling, money: ShownMoney, made: RecordedSteps) -> Iterable[dict[str, str]]:
    """Whoever sees only his own part sees the steps that name him."""
    for step in made.steps:
        said = step.model_dump()
        if found.own is None or names(said, found.own):
            named = {
                name: _named(step_in(said[name], visit.language), money.names) for name in ("what", "how", "result")
            }
            yield {**named, "article": said["article"]}


def _clause(visit: Visit, row: DeterminedClause) -> dict[str, str]:
    read = (
        f"{key_in(row.parameter, visit.language)} = {step_in(row.value or '', visit.language)}" if row.parameter else ""
    )
    return {
        "cited": cited_in(row.provision, row.instrument, visit.language),
        "read": read,
        "since": row.since.isoformat() if row.since else "",
        "mark": row.mark or "",
    }


def _is_of(row: LedgerOfLine, one: Line) -> bool:
    first = one.clauses[0]
    return one.due is not None and (row.rule, row.subject, row.line) == (first.rule, first.subject, first.line)


def _told(visit: Visit, known: dict[UUID, str], key: str) -> str:
    return _named(key_in(key, visit.language), known)


def _who(visit: Visit, known: dict[UUID, str], kind: str, party: UUID | str | None, key: str) -> str:
    """Whose line it is: what he is, and the name of an organisation; a person is told apart by the head of his id."""
    if party is None:
        return _told(visit, known, key)
    return f"{key_in(kind, visit.language).replace('_', ' ')} {_named(str(party), known)}"


def _named(text: str, known: dict[UUID, str]) -> str:
    """The text with organisations by their names; other ids are cut to what tells them apart."""
    return _ID.sub(lambda found: known.get(UUID(found[0]), f"{found[0][:8]}…"), text)
