"""The life that is measured: submit to the inventors' money, over a declaration, a licence and a payout."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from client.ask import Asker
from database.pool import Pool
from database.record.event_log import find_head
from database.registers.patents import Patent, put_patents
from rules.payout.amounts import amounts_hash
from schemas.acts.act import Act
from schemas.standing.answer import Answer
from schemas.values.identifiers import derived_id
from schemas.values.money import Money
from schemas.values.patent_number import PatentNumber, check_character
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.world import FILED_ON, GRANTED_ON, TITLE, World

SHARED = "benchmark"
_LOOK_AGAIN = 0.1
"""Seconds; more often, fifty lives that wait for their payouts would measure the looking."""


@dataclass(frozen=True)
class SharedWorld(World):
    """Everybody and every paper is shared by all lives; only the patent and the acts are a life's own."""

    def party(self, name: str) -> UUID:
        return derived_id("lives", SHARED, "party", name)

    @property
    def patent_number(self) -> PatentNumber:
        """The seed's own number: of numbers drawn by chance two would meet after some thousand lives."""
        digits = f"20191{int(self.seed.rsplit('-', 1)[1]):07d}"
        return PatentNumber(f"{digits}.{check_character(digits)}")

    def paper(self, name: str) -> str:
        return sha256(f"{SHARED}: {name}".encode()).hexdigest()


async def prepare(pool: Pool, seeds: list[str]) -> None:
    """Parties, papers and the register rows of these lives; written before the clock runs."""
    await World(SHARED).write(pool)
    rows = [
        Patent(SharedWorld(seed).patent_number, TITLE, "invention", FILED_ON, GRANTED_ON, "granted", "benchmark", {})
        for seed in seeds
    ]
    async with pool.acquire() as connection:
        for start in range(0, len(rows), 500):
            await put_patents(connection, rows[start : start + 500])


async def life(asker: Asker, seed: str, timed: list[float]) -> int:
    """One whole life; appends each acknowledgement's seconds to ``timed`` and returns the number of acts."""
    clock = asyncio.get_running_loop().time
    acts = 0

    async def ask(one: DeclarationLife | LicenceLife | PayoutLife, act: Act) -> Answer:
        nonlocal acts
        began = clock()
        answer = await asker.ask(one.kind, act)
        timed.append(clock() - began)
        acts += 1
        return answer

    async def ask_all(one: DeclarationLife | LicenceLife | PayoutLife, asked: Iterable[Act]) -> None:
        for act in asked:
            await ask(one, act)

    declaration = DeclarationLife(SharedWorld(seed))
    await ask_all(declaration, declaration.announced())
    licence = LicenceLife(declaration)
    await ask_all(licence, (*licence.recorded(), licence.book_receipt(serial=seed)))
    payout = PayoutLife(licence, serial=seed)
    await _begun(asker.pool, payout.filing_id)
    acts += 1  # the payout's determination, which its workflow does itself
    stated = await ask(payout, payout.state_facts())
    await ask(payout, payout.publish())
    await ask_all(payout, payout.approved_by_both(amounts_hash(stated.determinations[-1])))
    await ask_all(payout, _paid(payout, seed))
    return acts


def _paid(payout: PayoutLife, seed: str) -> Iterator[Act]:
    for inventor, amount in (("inventor_1", "3000.00"), ("inventor_2", "2000.00")):
        line = payout.line_of(inventor)
        yield payout.instruct(line)
        yield payout.paid(line, Money.of(amount), serial=f"{seed}-{inventor}")


async def _begun(pool: Pool, payout_id: UUID) -> None:
    while True:
        async with pool.acquire() as connection:
            if await find_head(connection, payout_id) is not None:
                return
        await asyncio.sleep(_LOOK_AGAIN)
