"""Messages whose effect is missing: everything was sent, and a licence or a payout still stands on what was before."""

from typing import Any
from uuid import UUID

from audit.report import Report
from database.pool import Pool
from database.questions.offers_told import offers_told
from database.questions.payouts_told import PayoutTold, payouts_told
from database.reads.filters import BEFORE_ALL
from rules.kinds import LICENCE
from rules.licence.payouts import licence_view_for_payouts
from schemas.standing.surroundings import LicenceSurroundings, OfferView, PayoutSurroundings
from schemas.values.canonical import plain
from schemas.values.money import STORED

_BATCH = 500


async def compare_told(report: Report, pool: Pool) -> None:
    """Each licence's snapshot of its offer beside the offer now, and each payout's of its licence beside the licence,
    where no message of the other side is on its way."""
    await _compare_offers(report, pool)
    await _compare_payouts(report, pool)


async def _compare_offers(report: Report, pool: Pool) -> None:
    after = BEFORE_ALL
    while True:
        async with pool.acquire() as connection:
            batch = await offers_told(connection, after, _BATCH)
        if not batch:
            return
        for one in batch:
            now = OfferView.model_validate(one.terms, context=STORED)
            then = OfferView.model_validate(one.snapshot, context=STORED)
            _compare(report, one.licence_id, "offer", then, now, is_under_way=one.is_under_way)
        after = batch[-1].licence_id


async def _compare_payouts(report: Report, pool: Pool) -> None:
    after = BEFORE_ALL
    while True:
        async with pool.acquire() as connection:
            batch = await payouts_told(connection, after, _BATCH)
        if not batch:
            return
        for one in batch:
            _compare(report, one.payout_id, "licence", *_views(one), is_under_way=one.is_under_way)
        after = batch[-1].payout_id


def _views(one: PayoutTold) -> tuple[PayoutSurroundings, PayoutSurroundings]:
    """What the payout was told, and what it would be told now; what its siblings stated each says of itself."""
    then = PayoutSurroundings.model_validate(one.snapshot, context=STORED).but(siblings=())
    offer = LicenceSurroundings.model_validate(one.offer, context=STORED)
    now = licence_view_for_payouts(LICENCE.stored_position(one.position), offer).but(siblings=())
    return then, now if then.registrations is not None else now.but(registrations=None)


def _compare(report: Report, filing_id: UUID, what: str, then: Any, now: Any, *, is_under_way: bool) -> None:
    report.count("licences_told" if what == "offer" else "payouts_told")
    if now == then:
        return
    if is_under_way:
        report.count("licences_not_told_yet" if what == "offer" else "payouts_not_told_yet")
        return
    was, is_now = plain(then.model_dump()), plain(now.model_dump())
    report.compare_each(filing_id, f"outbox.{what}", is_now, was)
