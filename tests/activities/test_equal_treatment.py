"""What is given up of one licensee's dues is looked at beside what the offer's other licensees owe."""

from datetime import date
from typing import Any

from database.pool import open_pool
from database.reads.read_model import findings_of
from schemas.values.money import Money
from tests.conftest import Database
from tests.lives.declarations import INSTALMENTS, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.world import World

PASSED, GIVEN_UP, PAID_LATE = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 9)
DUE = Money.of("4000.00")


class Offer:
    """Two licensees of one offer, who both owe the second instalment and have not paid."""

    def __init__(self, desk: Desk, world: World) -> None:
        self.desk, self.declaration = desk, DeclarationLife(world, INSTALMENTS)
        self.waived, self.other = (LicenceLife(self.declaration, name) for name in ("licensee", "second_licensee"))

    async def overdue(self) -> "Offer":
        for act in self.declaration.announced():
            await self.desk.ask(self.declaration, act)
        for licence in (self.waived, self.other):
            paid = Money.of("6000.00")
            for one in (licence.give_notice(), licence.pay(paid), licence.book_receipt(paid), licence.pass_day(PASSED)):
                await self.desk.ask(licence, one)
        return self

    async def give_up(self, licence: LicenceLife, amount: Money = DUE) -> Any:
        asked = licence.waive(GIVEN_UP, "due:2", amount)
        answer = await self.desk.ask(licence, asked)
        await self.desk.ask(licence, licence.countersign(asked))
        await self.desk.tell_all()
        return [one.code for one in answer.warnings]

    async def open(self, licence: LicenceLife) -> list[list[str]]:
        """The licences that its open findings of unequal treatment name."""
        async with self.desk.pool.acquire() as connection:
            found = await findings_of(connection, licence.filing_id)
        return [one.about["filings"] for one in found if one.code == "treated_differently" and one.closed_on is None]


async def test_a_waiver_beside_another_licensee_who_owes_the_same_is_a_finding_until_both_are_treated_alike(
    fresh_database: Database,
) -> None:
    async with await open_pool(fresh_database.engine, 2) as pool:
        offer = await Offer(Desk(pool), await World("equal treatment").write(pool)).overdue()
        assert await offer.give_up(offer.waived) == ["treated_differently"]
        assert await offer.open(offer.waived) == [[str(offer.other.filing_id)]]
        assert await offer.open(offer.other) == []

        half = Money.of("2000.00")
        await offer.give_up(offer.other, half)
        assert await offer.open(offer.waived) == [[str(offer.other.filing_id)]]
        assert await offer.open(offer.other) == [[str(offer.waived.filing_id)]]


async def test_the_finding_goes_when_the_other_is_given_the_same_or_has_paid(fresh_database: Database) -> None:
    async with await open_pool(fresh_database.engine, 2) as pool:
        desk = Desk(pool)
        alike = await Offer(desk, await World("treated alike").write(pool)).overdue()
        await alike.give_up(alike.waived)
        assert await alike.give_up(alike.other) == []
        assert [await alike.open(one) for one in (alike.waived, alike.other)] == [[], []]

        paid = await Offer(desk, await World("paid late").write(pool)).overdue()
        await paid.give_up(paid.waived)
        assert await paid.open(paid.waived) == [[str(paid.other.filing_id)]]
        await desk.ask(paid.other, paid.other.book_receipt(DUE, PAID_LATE, "2", "due:2"))
        await desk.tell_all()
        assert await paid.open(paid.waived) == []
