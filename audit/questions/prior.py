"""What a year changed of earlier years: each line with the year it belongs to, and the fact that caused it (D-13)."""

from datetime import date
from typing import Literal
from uuid import UUID

from audit.questions.events import events_of
from audit.questions.moment import Step, no_step, one_moment
from database.pool import Connection, Pool
from database.questions.rows import adjustment_lines
from database.questions.stream import LoggedEvent, events_of_filings, filings_of_acts, logged_events, standing_filings
from schemas.values.model import Model
from schemas.values.money import Money, total

Of = Literal["subsidy", "receipt", "payout"]
_RESTATING = events_of("reverse_receipt")


class PriorLine(Model):
    """One change. ``cause``: the act behind it, in whichever filing it stands; ``taken_by``: the run that pays it."""

    of: Of
    filing_id: UUID
    version: int
    origin_year: int
    line: str
    amount: Money
    on: date
    cause: str
    cause_filing: UUID
    cause_on: date
    by: UUID
    taken_by: UUID | None = None


class Prior(Model):
    """The lines of earlier years that a year brought."""

    year: int
    lines: tuple[PriorLine, ...]
    totals: dict[Of, Money]
    """By what the lines are of: a subsidy and the receipt behind it are not one sum."""


async def prior(pool: Pool, year: int, step: Step = no_step) -> Prior:
    """By kind, year of origin and line."""
    async with one_moment(pool) as connection:
        lines = await _of_settlements(connection, year)
        lines += await _of_receipts(connection, year, step)
        lines += await _of_payouts(connection, year)
    lines.sort(key=lambda one: (one.of, one.origin_year, one.line, str(one.filing_id), one.version))
    totals = {of: total(one.amount for one in lines if one.of == of) for of in dict.fromkeys(one.of for one in lines)}
    return Prior(year=year, lines=tuple(lines), totals=totals)


async def _of_settlements(connection: Connection, year: int) -> list[PriorLine]:
    rows = await adjustment_lines(connection, year)
    named = [act for one in rows for act in (one.act_id, one.cause) if act is not None]
    events = await filings_of_acts(connection, named)
    lines = []
    for one in rows:
        # What was told of another filing has its cause there; the settlement's own act is the cause of itself.
        cause = (one.cause and events.get(one.cause)) or events[one.act_id]
        lines.append(
            PriorLine(
                of="subsidy",
                filing_id=one.settlement_id,
                version=one.version,
                origin_year=one.year,
                line=f"{one.scheme} {one.credit_code}:{one.payer}",
                amount=Money(one.fen),
                on=one.legal_on,
                cause=cause.kind,
                cause_filing=cause.filing_id,
                cause_on=cause.legal_on,
                by=cause.who,
                taken_by=one.taken_by,
            )
        )
    return lines


async def _of_receipts(connection: Connection, year: int, step: Step) -> list[PriorLine]:
    """Reversals of receipts that arrived in an earlier year."""
    arrived: dict[UUID, int] = {}
    async for filing in standing_filings(connection, "licence"):
        arrived |= {UUID(one["receipt_id"]): int(one["received_on"][:4]) for one in filing.position["receipts"]}
        step()
    return [
        _restated("receipt", event, origin, str(event.act["receipt_id"]), -int(event.act["amount"]), event)
        async for event in logged_events(connection, _RESTATING)
        if event.legal_on.year == year
        if (origin := arrived.get(UUID(event.act["receipt_id"]), year)) < year
    ]


async def _of_payouts(connection: Connection, year: int) -> list[PriorLine]:
    """Amounts of payouts that were determined again in that year, of receipts of an earlier one."""
    lines: list[PriorLine] = []
    async for filing in standing_filings(connection, "payout"):
        before: dict[str, int] = {}
        first: LoggedEvent | None = None
        for event in await events_of_filings(connection, [filing.filing_id]):
            for made in event.body["made"]["determinations"]:
                now = {one["name"]: int(one["amount"]) for one in made["result"]}
                origin = int(made["as_of"][:4])
                if first is not None and event.legal_on.year == year > origin:
                    cause = await _cause_of(connection, event)
                    lines += [
                        _restated("payout", event, origin, name, change, cause)
                        for name in sorted({*before, *now})
                        if (change := now.get(name, 0) - before.get(name, 0))
                    ]
                before, first = now, first or event
    return lines


async def _cause_of(connection: Connection, event: LoggedEvent) -> LoggedEvent:
    cause = event.act.get("cause")
    known = await filings_of_acts(connection, [UUID(cause)]) if cause else {}
    return known.get(UUID(cause), event) if cause else event


def _restated(of: Of, event: LoggedEvent, origin: int, line: str, fen: int, cause: LoggedEvent) -> PriorLine:
    return PriorLine(
        of=of,
        filing_id=event.filing_id,
        version=event.version,
        origin_year=origin,
        line=line,
        amount=Money(fen),
        on=event.legal_on,
        cause=cause.kind,
        cause_filing=cause.filing_id,
        cause_on=cause.legal_on,
        by=cause.who,
    )
