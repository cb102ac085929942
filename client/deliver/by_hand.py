"""What was delivered and named nothing we know: booked by a person on the filing that he names."""

from dataclasses import replace
from uuid import UUID

from client.ask import Ask
from client.deliver.delivering import Delivered, Deliverer, Outcome
from client.deliver.delivery import read_event
from client.deliver.matching import Allocate
from database.pool import Pool
from database.registers.deliveries import find_unmatched
from database.registers.parties import require_parties
from database.registers.refused_lines import end_booked
from schemas.values.refusal import refuse


async def book_by_hand(
    pool: Pool, ask: Ask, allocate: Allocate, delivery_id: UUID, filing_id: UUID, who: UUID, reason: str
) -> Delivered:
    """What came of it there; granted, the delivery has ended.

    Raises Refused ``kept_line_unknown``, ``party_unknown``, and what its form is refused for.
    """
    async with pool.acquire() as connection:
        await require_parties(connection, who)
        kept = await find_unmatched(connection, delivery_id)
    if kept is None:
        raise refuse("kept_line_unknown", "--book", id=delivery_id)
    delivery = replace(read_event(kept.event, 1, None), by_hand=filing_id)
    (done,) = await Deliverer(pool, ask, allocate).deliver_events([delivery])
    if done.act_id is not None and done.outcome is not Outcome.REFUSED:
        async with pool.acquire() as connection:
            await end_booked(connection, delivery_id, who, reason, done.act_id)
    return done
