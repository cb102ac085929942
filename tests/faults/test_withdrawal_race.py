"""A notice and its payment race the end of the offer; the legal days decide, whoever is recorded first."""

import asyncio
from contextlib import suppress
from datetime import date, timedelta
from random import Random

from cli.demo.filings.days import NOTICED_ON
from schemas.values.actor import Role
from schemas.values.refusal import Refused
from tests.faults.proofs import prove, stage_of, standing_balances
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.office import Office
from tests.lives.stories import announced

ROUNDS = 30
PAID_ON = NOTICED_ON + timedelta(days=2)
ENDS = [NOTICED_ON + timedelta(days=days) for days in range(-1, 5)]
"""From the day before the notice to two days after the payment."""


def lawful(withdrawn_on: date) -> str:
    """By the days alone: the offer stands until the day before its withdrawal is announced (D-01)."""
    return "void" if withdrawn_on <= PAID_ON else "effective"


async def test_the_days_decide_whichever_act_is_recorded_first(office: Office) -> None:
    random = Random(6)
    # One round of each end in which the licensee is recorded first, whatever the machine does; chance has the others.
    rounds: list[tuple[date, float, float | None]] = [(end, 0.0, None) for end in ENDS]
    rounds += [(random.choice(ENDS), random.random() * 0.06, random.random() * 0.06) for _ in range(ROUNDS - len(ENDS))]
    together = asyncio.Semaphore(5)

    async def one(number: int) -> LicenceLife:
        withdrawn_on, notice_waits, withdrawal_waits = rounds[number]
        async with together:
            declaration = await announced(office.ask, DeclarationLife(await office.world(f"race {number}")))
            licence = LicenceLife(declaration)

            async def licensee() -> None:
                await asyncio.sleep(notice_waits)
                with suppress(Refused):  # the end of the offer is known already, and lies before the notice
                    await office.ask(licence, licence.give_notice())
                    await office.ask(licence, licence.pay(on=PAID_ON).but(by=licence.world.by(Role.BANK)))
                    await office.ask(licence, licence.book_receipt(on=PAID_ON))

            async def office_of_patents() -> None:
                await asyncio.sleep(withdrawal_waits or 0.0)
                await office.ask(declaration, declaration.announce_withdrawal(withdrawn_on))

            if withdrawal_waits is None:
                await licensee()
                await office_of_patents()
            else:
                await asyncio.gather(licensee(), office_of_patents())
        return licence

    licences = await asyncio.gather(*(one(number) for number in range(ROUNDS)))
    await office.tell_all()
    for (withdrawn_on, *_), licence in zip(rounds, licences, strict=True):
        stage = await stage_of(office.pool, licence)
        if stage is None:
            assert withdrawn_on <= NOTICED_ON, "a notice was refused although the offer stood on its day"
            continue
        assert (stage, withdrawn_on) == (lawful(withdrawn_on), withdrawn_on)
        if stage != "effective":
            assert "royalty_income" not in await standing_balances(office.pool, licence.filing_id)
    assert {await stage_of(office.pool, one) for one in licences} >= {"void", "effective"}
    await prove(office.pool)
