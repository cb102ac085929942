"""Messages whose effect is missing: everything was sent, and a licence still stands on an offer of before."""

from audit.report import Report
from database.pool import Pool
from database.questions.offers_told import Told, offers_told
from database.reads.filters import BEFORE_ALL
from schemas.standing.surroundings import OfferView
from schemas.values.canonical import plain
from schemas.values.money import STORED

_BATCH = 500


async def compare_told(report: Report, pool: Pool) -> None:
    """Each licence's snapshot of its offer beside the offer now, where no message of the declaration is on its way."""
    after = BEFORE_ALL
    while True:
        async with pool.acquire() as connection:
            batch = await offers_told(connection, after, _BATCH)
        if not batch:
            return
        for one in batch:
            report.count("licences_told")
            _compare(report, one)
        after = batch[-1].licence_id


def _compare(report: Report, one: Told) -> None:
    now = OfferView.model_validate(one.terms, context=STORED)
    then = OfferView.model_validate(one.snapshot, context=STORED)
    if now == then:
        return
    if one.is_under_way:
        report.count("licences_not_told_yet")
        return
    was, is_now = plain(then.model_dump()), plain(now.model_dump())
    report.compare_each(one.licence_id, "outbox.offer", is_now, was)
