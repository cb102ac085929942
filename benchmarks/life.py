"""The life that is measured: submit to the inventors' money, over a declaration, a licence and a payout."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from cli.demo.filings.declaration import Declaration
from cli.demo.filings.filing import Filing, tell
from cli.demo.filings.licence import Licence
from cli.demo.filings.payout import Payout
from cli.demo.filings.world import World
from client.ask import Asker
from database.pool import Pool
from database.record.event_log import find_head
from database.registers.documents import add_document
from database.registers.patents import put_patents
from rules.payout.amounts import amounts_hash
from schemas.acts.act import Act
from schemas.standing.answer import Answer
from schemas.values.actor import Role
from schemas.values.identifiers import derived_id
from schemas.values.money import Money

SHARED = "benchmark"
_LOOK_AGAIN = 0.1
"""Seconds; more often, fifty lives that wait for their payouts would measure the looking."""


@dataclass(frozen=True)
class SharedWorld(World):
    """Everybody and every paper is shared by all lives; only the patent and the acts are a life's own."""

    def party(self, *name: str) -> UUID:
        return derived_id(SHARED, "party", *name)

    def body(self, name: str) -> bytes:
        return f"{SHARED}: {name}".encode()

    @property
    def serial_number(self) -> int:
        """The seed's own number: of numbers drawn by chance two would meet after some thousand lives."""
        return int(self.seed.rsplit("-", 1)[1])


async def prepare(pool: Pool, seeds: list[str]) -> None:
    """Parties, papers and the register rows of these lives; written before the clock runs."""
    shared = await World(SHARED).write(pool)
    operator = shared.by(Role.OPERATOR).party_id
    vouchers = [Licence(Declaration(SharedWorld(seed))).voucher() for seed in seeds]
    rows = [row for seed in seeds for row in SharedWorld(seed).patents()]
    async with pool.acquire() as connection:
        for start in range(0, len(rows), 500):
            await put_patents(connection, rows[start : start + 500], operator)
        for body in vouchers:
            await add_document(connection, body, name="voucher.txt", media_type="text/plain", added_by=operator)


async def life(asker: Asker, seed: str, timed: list[float]) -> int:
    """One whole life; appends each acknowledgement's seconds to ``timed`` and returns the number of acts."""
    clock = asyncio.get_running_loop().time
    acts = 1  # the payout's determination, which its workflow does itself

    async def ask(filing: Filing, act: Act) -> Answer:
        nonlocal acts
        began = clock()
        answer = await asker.ask(filing.kind, act)
        timed.append(clock() - began)
        acts += 1
        return answer

    declaration = Declaration(SharedWorld(seed))
    await tell(ask, declaration, *declaration.announced())
    licence = Licence(declaration)
    await tell(ask, licence, *licence.recorded(), licence.book_receipt(serial=seed))
    payout = Payout(licence, serial=seed)
    await _begun(asker.pool, payout.filing_id)
    stated = await ask(payout, payout.state_facts())
    await tell(ask, payout, payout.publish(), *payout.approved_by_both(amounts_hash(stated.determinations[-1])))
    for inventor, amount in (("inventor_1", "3000.00"), ("inventor_2", "2000.00")):
        line = f"person:{payout.world.party(inventor)}"
        await tell(ask, payout, payout.instruct(line), payout.paid(line, Money.of(amount)))
    return acts


async def _begun(pool: Pool, payout_id: UUID) -> None:
    while True:
        async with pool.acquire() as connection:
            if await find_head(connection, payout_id) is not None:
                return
        await asyncio.sleep(_LOOK_AGAIN)
