"""What waits for a person: resumed, booked on a filing that he names, or put away with a reason."""

from uuid import UUID

from client.deliver.by_hand import book_by_hand
from client.deliver.delivering import Outcome
from database.registers.refused_lines import booked_as, see_to
from database.standing.outbox import resume
from rules.licence.receipts import allocations_when_unnamed
from schemas.values.refusal import Refused, refuse
from web.registers.writing import written
from web.visit import Visit

RESUME, SEE_TO = "resume_message", "see_to_delivery"
_LAST_MESSAGE = 2**62
_LONGEST_REASON = 1_000


async def resume_message(visit: Visit, message_id: int) -> None:
    """After the cause is mended it is tried again, from its first try.

    Raises Refused ``message_not_quarantined``, and NotFound for who may not.
    """
    async with written(visit, RESUME) as connection:
        if not (0 < message_id < _LAST_MESSAGE and await resume(connection, message_id)):
            raise refuse("message_not_quarantined", "resume", message=message_id)


async def book_delivery(visit: Visit, delivery_id: UUID, filing_id: UUID, reason: str) -> UUID:
    """The act that the delivery became on that filing; booked there again, the same. Raises Refused and NotFound."""
    console = visit.console
    async with console.pool.acquire() as connection:
        before = await booked_as(connection, delivery_id, filing_id)
    if before is not None:
        return before
    done = await book_by_hand(
        console.pool,
        console.asker.ask,
        allocations_when_unnamed,
        delivery_id,
        filing_id,
        visit.actor().party_id,
        reason.strip()[:_LONGEST_REASON] or f"booked on {filing_id}",
    )
    if done.act_id is None or done.outcome in (Outcome.REFUSED, Outcome.UNMATCHED):
        raise Refused(*(done.refusals or refuse("not_of_that_filing", "filing", filing_id=filing_id).refusals))
    return done.act_id


async def put_away(visit: Visit, kept_id: UUID, reason: str) -> bool:
    """Somebody says that it needs nothing more; True where that ends it, False where a second person is needed.

    Raises Refused and NotFound.
    """
    async with written(visit, SEE_TO) as connection:
        return await see_to(connection, kept_id, visit.actor().party_id, reason.strip()[:_LONGEST_REASON] or None)
