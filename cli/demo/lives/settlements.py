"""The settlements of the demo: each scheme and year from its opening to the money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cli.demo.examples.cases import Example
from cli.demo.examples.claims import Claiming, YearToSettle
from cli.demo.figures import filings_of
from cli.demo.filings.filing import tell
from cli.demo.filings.settlement import Settlement, seated
from cli.demo.lives.desk import Desk
from cli.demo.lives.world import WORLD, paper, party, units
from database.record.event_log import find_head
from rules.schemes.activation import needs_activation
from rules.schemes.catalogue import find_scheme
from rules.schemes.yearly import version_of
from rules.settlement.calculation import list_hash
from schemas.standing.position import LicencePosition
from schemas.values.actor import Role
from schemas.values.money import STORED


@dataclass(frozen=True)
class PaidReceipt:
    """A receipt of the demo, with whose it is on both sides."""

    receipt_id: UUID
    licensors: tuple[str, ...]
    licensee: UUID
    received_on: date
    paid_on: date


async def settle(desk: Desk, year: YearToSettle, receipts: Sequence[PaidReceipt]) -> None:
    """One year from its opening to the money, as far as the demo's today."""
    settlement = Settlement(WORLD, year.year, year.scheme, year.authority)
    await desk.ask(settlement, settlement.open_year())
    if needs_activation(version_of(find_scheme(year.scheme), year.year)):
        await tell(desk.ask, settlement, *settlement.activated_by_both())
    await desk.ask(settlement, settlement.call(budget=year.budget))
    for claimant in year.claimants:
        await _claim(desk, settlement, claimant, receipts)
    [made] = (await desk.ask(settlement, settlement.calculate())).determinations
    shown = list_hash(made)
    assert shown is not None  # a calculation always has its list
    await tell(desk.ask, settlement, *settlement.listed(shown))
    for line in made.result:
        kind, _, key = line.name.partition(":")
        if kind == "settled" and line.amount:
            await desk.ask(settlement, settlement.pay(line.amount, key))


async def _claim(desk: Desk, settlement: Settlement, claimant: Claiming, receipts: Sequence[PaidReceipt]) -> None:
    stated = {"stated": claimant.stated} if claimant.stated else {}
    lines = [
        {"receipt_id": one.receipt_id, "evidence": (paper("voucher"),), **stated}
        for one in receipts
        if _is_of(claimant, one, settlement.year)
    ]
    if lines:
        facts = seated(claimant.kind, claimant.region)
        claim = settlement.submit(claimant=claimant.name, role=Role.CLAIMANT, lines=lines, facts=facts)
        await tell(desk.ask, settlement, claim, settlement.accept(claim))


def _is_of(claimant: Claiming, receipt: PaidReceipt, year: int) -> bool:
    if claimant.side == "licensor":
        return claimant.name in receipt.licensors and receipt.received_on.year == year
    bought_there = claimant.counterparty in ("", *receipt.licensors)
    return bought_there and party(claimant.name) == receipt.licensee and receipt.paid_on.year == year


async def receipts_of(desk: Desk, examples: Sequence[Example]) -> tuple[PaidReceipt, ...]:
    """All receipts of the demo, by their days; what became of them since is the settlement's own look."""
    found = []
    by_case = {example.case: example for example in examples}
    async with desk.pool.acquire() as connection:
        for case, filings in (await filings_of(desk.pool, examples)).items():
            for filing in filings:
                if filing.kind != "licence":
                    continue
                head = await find_head(connection, filing.filing_id)
                assert head is not None  # filings are never removed
                licence = LicencePosition.model_validate(head.position, context=STORED)
                found += [
                    PaidReceipt(
                        one.receipt_id,
                        units(by_case[case]),
                        licence.licensee,
                        one.received_on,
                        one.paid_on or one.received_on,
                    )
                    for one in licence.receipts
                ]
    return tuple(sorted(found, key=lambda one: (one.received_on, str(one.receipt_id))))
