"""The figures a run ends in, from the read model; the printed tables and ``summary.json`` show the same ones."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from cli.demo.examples.cases import Example
from cli.demo.examples.claims import YearToSettle
from cli.demo.lives.declarations import declaration_of
from cli.demo.lives.world import beneficiaries, party, units
from database.pool import Connection, Pool
from database.reads.read_model import FilingSummary, filings_below, find_filing, findings_of
from database.record.event_log import find_head
from schemas.acts.act import FilingKind
from schemas.standing.position import LicencePosition, PayoutLine, PayoutPosition
from schemas.standing.settlement import SettlementPosition
from schemas.values.identifiers import settlement_id_of
from schemas.values.model import Model
from schemas.values.money import STORED, ZERO, Money, total

P = TypeVar("P", bound=Model)
_BATCH = 500


@dataclass(frozen=True)
class Payment:
    """What one party of a case has from all of its payouts: a team with its members, the unit's own share too."""

    case: str
    party: str
    kind: str
    amount: Money


@dataclass(frozen=True)
class Subsidy:
    """What one claimant has from one payer."""

    credit_code: str
    payer: str
    due: Money
    paid: Money


@dataclass(frozen=True)
class Settled:
    """One scheme and year: how many lines were claimed, what they were entitled to, and what was paid."""

    scheme: str
    year: int
    stage: str
    lines: int
    entitled: Money
    subsidies: tuple[Subsidy, ...]


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
    settlements: tuple[Settled, ...]


async def filings_of(pool: Pool, examples: Sequence[Example]) -> dict[str, list[FilingSummary]]:
    """Case -> its declaration, licences and payouts, as far as they exist."""
    found: dict[str, list[FilingSummary]] = {}
    async with pool.acquire() as connection:
        for example in examples:
            declaration = await find_filing(connection, declaration_of(example).filing_id)
            if declaration is not None:
                found[example.case] = [declaration, *[one async for one in _below(connection, declaration.filing_id)]]
    return found


async def _below(connection: Connection, parent_id: UUID) -> AsyncIterator[FilingSummary]:
    for one in await filings_below(connection, parent_id, limit=_BATCH):
        yield one
        async for other in _below(connection, one.filing_id):
            yield other


async def settlements_of(pool: Pool, years: Sequence[YearToSettle]) -> list[FilingSummary]:
    """The settlements of the demo, as far as they exist."""
    ids = [settlement_id_of(party(year.authority), year.scheme, year.year) for year in years]
    async with pool.acquire() as connection:
        found = [await find_filing(connection, one) for one in ids]
    return [one for one in found if one is not None]


async def read_figures(pool: Pool, examples: Sequence[Example], years: Sequence[YearToSettle]) -> Figures:
    """The figures of the demo's own filings, whatever else the database holds."""
    cases, settlements = await filings_of(pool, examples), await settlements_of(pool, years)
    filings = [*(one for below in cases.values() for one in below), *settlements]
    stages: dict[str, Counter[str]] = {kind.value: Counter() for kind in FilingKind}
    positions: dict[UUID, dict[str, Any]] = {}
    findings = 0
    async with pool.acquire() as connection:
        for one in filings:
            stages[one.kind][one.stage] += 1
            findings += sum(finding.closed_on is None for finding in await findings_of(connection, one.filing_id))
            head = await find_head(connection, one.filing_id)
            assert head is not None  # filings are never removed
            positions[one.filing_id] = head.position

    def read(model: type[P], kind: FilingKind, among: Sequence[FilingSummary]) -> list[P]:
        found = (positions[one.filing_id] for one in among if one.kind == kind.value)
        return [model.model_validate(position, context=STORED) for position in found]

    receipts = [one for licence in read(LicencePosition, FilingKind.LICENCE, filings) for one in licence.receipts]
    paid = {case: _begun(read(PayoutPosition, FilingKind.PAYOUT, below)) for case, below in cases.items()}
    reversed_amount = total(one.reversed_amount for one in receipts)
    return Figures(
        stages,
        events=sum(one.head for one in filings),
        findings=findings,
        passed=sum(position["passed_on"] is not None for position in positions.values()),
        receipts=total(one.amount for one in receipts) - reversed_amount,
        reversed=reversed_amount,
        remuneration=total(one.pool for payouts in paid.values() for one in payouts),
        payments=tuple(
            payment
            for example in examples
            for payment in _payments(example, [line for one in paid.get(example.case, ()) for line in one.lines])
        ),
        settlements=tuple(_settled(one) for one in read(SettlementPosition, FilingKind.SETTLEMENT, settlements)),
    )


def _begun(payouts: Sequence[PayoutPosition]) -> list[PayoutPosition]:
    """Those of which the bank has paid something."""
    return [one for one in payouts if any(line.payments for line in one.lines)]


def _settled(position: SettlementPosition) -> Settled:
    return Settled(
        position.scheme,
        position.year,
        position.stage,
        sum(len(claim.lines) for claim in position.claims if claim.is_live),
        total(claim.entitled or ZERO for claim in position.claims),
        tuple(Subsidy(line.credit_code, line.payer, line.due, line.paid_amount) for line in position.lines),
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
