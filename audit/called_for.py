"""Payouts that the log's licences call for, and that have not begun."""

from dataclasses import dataclass

from database.pool import Pool
from database.reads.filters import BEFORE_ALL
from database.reads.standing_filings import licences_with_receipts, unknown_among
from database.record.event_log import snapshot_of
from rules.kinds import LICENCE
from schemas.standing.answer import Start
from schemas.standing.surroundings import LicenceSurroundings
from schemas.values.money import STORED


@dataclass(frozen=True)
class CalledFor:
    """A payout of which there is no filing; it follows the clock of its licence."""

    start: Start
    legal_clock: str


async def payouts_not_begun(pool: Pool) -> list[CalledFor]:
    """Derives what every licence with money calls for; one that was called for a moment ago may be among them."""
    missing: list[CalledFor] = []
    after = BEFORE_ALL
    while True:
        async with pool.acquire() as connection:
            batch = await licences_with_receipts(connection, after)
            if not batch:
                return missing
            called: list[CalledFor] = []
            for licence in batch:
                offer = LicenceSurroundings.model_validate(
                    await snapshot_of(connection, licence.filing_id), context=STORED
                )
                position = LICENCE.stored_position(licence.position)
                called += [CalledFor(start, licence.legal_clock) for start in LICENCE.starts(position, offer)]
            unknown = await unknown_among(connection, [one.start.payout_id for one in called])
        missing += [one for one in called if one.start.payout_id in unknown]
        after = batch[-1].filing_id
