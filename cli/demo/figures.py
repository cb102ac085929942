"""The figures a run ends in, from the read model; the printed tables and ``summary.json`` show the same ones."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from cli.demo.desk import Desk, declaration_of
from cli.demo.examples import Example
from cli.demo.world import beneficiaries, units
from database.event_log import find_head
from database.pool import Connection, Pool
from database.read_model import FilingSummary, find_filing, findings_of, list_filings
from schemas.money import STORED, ZERO, Money, total
from schemas.position import LicencePosition, PayoutLine, PayoutPosition

_BATCH = 500


@dataclass(frozen=True)
class Payment:
    """What one party of a case has from all of its payouts: a team with its members, the unit's own share too."""

    case: str
    party: str
    kind: str
    amount: Money


@dataclass(frozen=True)
class Figures:
    """Everything that must be the same after every run; ``acts`` are those that were asked for and granted."""

    stages: dict[str, Counter[str]]
    """Kind of filing -> stage -> how many."""
    events: int
    findings: int
    passed: int
    """Filings that were told that the demo's today has passed."""
    receipts: Money
    reversed: Money
    remuneration: Money
    payments: tuple[Payment, ...]


async def filings_of(pool: Pool, desk: Desk, examples: Sequence[Example]) -> dict[str, list[FilingSummary]]:
    """Case -> its declaration, licences and payouts, as far as they exist."""
    found: dict[str, list[FilingSummary]] = {}
    async with pool.acquire() as connection:
        for example in examples:
            declaration = await find_filing(connection, declaration_of(desk, example.case, "").filing_id)
            if declaration is not None:
                found[example.case] = [declaration, *[one async for one in _below(connection, declaration.filing_id)]]
    return found


async def _below(connection: Connection, parent_id: UUID) -> AsyncIterator[FilingSummary]:
    for one in await list_filings(connection, parent_id=parent_id, limit=_BATCH):
        yield one
        async for other in _below(connection, one.filing_id):
            yield other


async def read_figures(pool: Pool, desk: Desk, examples: Sequence[Example]) -> Figures:
    """The figures of the demo's own filings, whatever else the database holds."""
    filings = await filings_of(pool, desk, examples)
    stages: dict[str, Counter[str]] = {"declaration": Counter(), "licence": Counter(), "payout": Counter()}
    events = findings = passed = 0
    booked = reversed_amount = remuneration = ZERO
    payments: list[Payment] = []
    async with pool.acquire() as connection:
        for example in examples:
            lines: list[PayoutLine] = []
            for filing in filings.get(example.case, []):
                stages[filing.kind][filing.stage] += 1
                events += filing.head
                findings += sum(one.closed_on is None for one in await findings_of(connection, filing.filing_id))
                head = await find_head(connection, filing.filing_id)
                assert head is not None  # filings are never removed
                passed += head.position["passed_on"] is not None
                if filing.kind == "licence":
                    licence = LicencePosition.model_validate(head.position, context=STORED)
                    booked += total(one.amount for one in licence.receipts)
                    reversed_amount += total(one.reversed_amount for one in licence.receipts)
                if filing.kind == "payout":
                    payout = PayoutPosition.model_validate(head.position, context=STORED)
                    if any(line.payments for line in payout.lines):
                        remuneration += payout.pool
                        lines += payout.lines
            payments += _payments(example, lines)
    return Figures(
        stages, events, findings, passed, booked - reversed_amount, reversed_amount, remuneration, tuple(payments),
    )


def _payments(example: Example, lines: list[PayoutLine]) -> list[Payment]:
    """By party in the order of the case's list; what the bank pays counts as paid, a sum or an own share as it is."""
    found = []
    for unit in units(example):
        for one in beneficiaries(example, unit):
            own = [line for line in lines if line.party == one.party_id]
            if own:
                amount = total(line.paid_amount if line.payable else line.amount for line in own)
                found.append(Payment(example.case, one.name, one.kind, amount))
    return found
