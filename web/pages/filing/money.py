"""The money of a filing: what is owed, what arrived, whom it reached, and for each line the clauses that made it."""

from collections.abc import Iterable
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from database.reads.clauses import DeterminedClause, LedgerOfLine, RecordedSteps, ledger_of, steps_of
from schemas.values.money import Money
from texts.traces.told import cited_in, key_in, step_in
from web.pages.filing.page import shown
from web.pages.filing.read import ShownFiling, at_one_instant, read
from web.pages.filing.sums import LIST, Line, ShownMoney, named_in, read_money, told_in
from web.render import render
from web.rights.parts import names
from web.visit import NotFound, Somebody, Visit

router = APIRouter()
_PAGE = 40
"""Lines, and receipts, that one page shows."""
_MOST_STEPS = 80


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
        listed=LIST,
        **shown(visit, found, "money"),
        money=money,
        lines=lines,
        receipts=receipts,
        start=start,
        own_lines=money.position.get("lines", ())[start : start + _PAGE],
        obligations=money.position.get("obligations", ())[start : start + _PAGE],
        earlier=f"?start={max(start - _PAGE, 0)}" if start else "",
        later=f"?start={start + _PAGE}" if more else "",
        told=lambda key: told_in(visit.language, money.names, key),
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
        told=lambda key: told_in(visit.language, money.names, key),
        fen_yuan=lambda fen: Money(fen or 0).yuan,
    )


def _steps(visit: Visit, found: ShownFiling, money: ShownMoney, made: RecordedSteps) -> Iterable[dict[str, str]]:
    """Whoever sees only his own part sees the steps that name him."""
    for step in made.steps:
        said = step.model_dump()
        if found.own is None or names(said, found.own):
            named = {
                name: named_in(step_in(said[name], visit.language), money.names) for name in ("what", "how", "result")
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


def _who(visit: Visit, known: dict[UUID, str], kind: str, party: UUID | str | None, key: str) -> str:
    """Whose line it is: what he is, and the name of an organisation; a person is told apart by the head of his id."""
    if party is None:
        return told_in(visit.language, known, key)
    return f"{key_in(kind, visit.language).replace('_', ' ')} {named_in(str(party), known)}"
