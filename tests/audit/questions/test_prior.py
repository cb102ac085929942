"""What a year changed of earlier years, each line with its year of origin and the act behind it."""

from datetime import date

from audit.questions.prior import prior
from cli.demo.filings.filing import tell as told
from database.pool import Pool
from schemas.values.money import Money
from tests.audit.questions.conftest import Tell
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.stories_of_money import approved, booked
from tests.lives.world import World


async def test_an_adjustment_of_a_locked_settlement_is_told_with_the_reversal_that_caused_it(
    tell: Tell, auditor: Pool
) -> None:
    await tell(STORIES["a_receipt_is_reversed_after_the_lock"])
    on = await auditor.fetchval("SELECT max(legal_on) FROM events WHERE kind = 'licence:receipt_reversed'")
    found = await prior(auditor, on.year)
    subsidies = [one for one in found.lines if one.of == "subsidy"]
    (receipt,) = [one for one in found.lines if one.of == "receipt"]
    assert {one.origin_year for one in found.lines} == {2026} != {found.year}
    assert [one.cause for one in subsidies] == ["licence:receipt_reversed", "settlement:demanded_back"]
    assert (subsidies[0].cause_filing, str(subsidies[0].amount)) == (receipt.filing_id, "-200.00")
    assert str(receipt.amount) == "-4000.00"
    assert {of: str(amount) for of, amount in found.totals.items()} == {"receipt": "-4000.00", "subsidy": "0.00"}
    assert not (await prior(auditor, 2026)).lines


async def test_an_amount_of_a_payout_that_a_later_reversal_changes_belongs_to_the_year_of_the_receipt(
    engine: Pool, auditor: Pool
) -> None:
    desk = Desk(engine)
    payout = await booked(desk.ask, await World("payout").write(engine))
    licence = payout.parent
    assert isinstance(licence, LicenceLife)
    await approved(desk.ask, payout)
    next_year = date(2027, 3, 1)
    reversal = licence.reverse_receipt(next_year, Money.of("4000.00"))
    await told(desk.ask, licence, reversal)
    await told(desk.ask, payout, payout.surroundings_changed(next_year, reversal.act_id))
    found = [one for one in (await prior(auditor, 2027)).lines if one.of == "payout"]
    assert {one.origin_year for one in found} == {2026}
    assert {one.cause_filing for one in found} == {licence.filing_id}
    assert {str(one.amount) for one in found} == {"-1200.00", "-800.00"}
