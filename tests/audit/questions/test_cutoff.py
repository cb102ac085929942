"""Receipts around the end of a year, with the day of payment, of arrival and of recording."""

from datetime import date

from audit.questions.cutoff import cutoff
from cli.demo.filings.filing import tell as told
from database.pool import Pool
from schemas.values.money import Money
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.stories import announced
from tests.lives.world import World


async def test_a_receipt_counts_in_the_year_of_its_arrival_and_says_which_day_lies_elsewhere(
    engine: Pool, auditor: Pool
) -> None:
    desk = Desk(engine)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(await World("year end").write(engine))))
    last, next_year = date(2026, 12, 30), date(2027, 1, 4)
    await told(
        desk.ask,
        licence,
        licence.give_notice(),
        licence.pay(),
        licence.book_receipt(Money.of("6000.00"), on=last, serial="1", paid_on=last),
        licence.book_receipt(Money.of("3000.00"), on=next_year, serial="2", paid_on=last),
        licence.book_receipt(Money.of("1000.00"), on=date(2026, 7, 1), serial="3"),
    )
    found = await cutoff(auditor, 2026)
    assert [(one.year, str(one.amount)) for one in found.receipts] == [(2026, "6000.00"), (2027, "3000.00")]
    assert "paid_in_the_year_before" in found.receipts[1].flags
    assert "paid_in_the_year_before" not in found.receipts[0].flags
    assert (str(found.total_before), str(found.total_after)) == ("6000.00", "3000.00")
    assert found.receipts[0].bank_line.endswith("1")
    assert not (await cutoff(auditor, 2025)).receipts
