"""The outbox's messages inside the engine: who stands on a filing is told when it changes, and derives again."""

from collections.abc import Awaitable, Sequence
from contextlib import suppress
from datetime import date
from uuid import UUID

import structlog

from client.ask import Asker
from client.holidays import tell_calendar
from client.together import together
from database.pool import AWAY
from database.reads.filters import BEFORE_ALL
from database.reads.read_model import filings_below, find_filing
from database.standing.offers import licences_of, licences_with_something_given_up
from database.standing.outbox import OutboxMessage, mark_refused, mark_sent, mark_unreachable, take
from database.standing.settlements import settlements_claiming, settlements_of
from schemas.acts.act import FilingKind, SurroundingsChanged
from schemas.standing.topics import (
    TELL_CALENDAR,
    TELL_GIVEN_UP,
    TELL_LICENCES,
    TELL_PAYOUTS,
    TELL_SETTLEMENTS,
    TELL_SHARING,
)
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.identifiers import derived_id
from schemas.values.refusal import Fault, Refused

_TOGETHER = 20
_BATCH = 200
log = structlog.get_logger()


async def send_due(asker: Asker, automatic: Sequence[str]) -> int:
    """Delivers what is due, the first message of each filing; how many were taken.

    ``automatic``: ids of the schemes that pay without a claim; a receipt concerns their settlements though none claims.
    """
    async with asker.pool.acquire() as connection:
        messages = await take(connection)
    await together(_TOGETHER, lambda message: _deliver(asker, message, automatic), messages)
    return len(messages)


async def _deliver(asker: Asker, message: OutboxMessage, automatic: Sequence[str]) -> None:
    try:
        if message.topic == TELL_LICENCES:
            await _tell_licences(asker, message)
        elif message.topic == TELL_GIVEN_UP:
            await _tell_given_up(asker, message)
        elif message.topic == TELL_PAYOUTS:
            await _tell_payouts(asker, message)
        elif message.topic == TELL_SETTLEMENTS:
            await _tell_settlements(asker, message, automatic)
        elif message.topic == TELL_SHARING:
            await _tell_sharing(asker, message)
        elif message.topic == TELL_CALENDAR:
            await tell_calendar(asker, message)
        else:
            raise Fault("ours", f"nobody delivers the topic {message.topic}", retry=False)
    except AWAY as error:
        with suppress(*AWAY):  # then its lease runs out, and it is taken again
            await _unreachable(asker, message, f"Postgres does not answer: {error!r}")
    except Fault as fault:
        if fault.retry or fault.whose == "temporal":  # what Temporal does not take is not the message's doing
            await _unreachable(asker, message, str(fault))
        else:
            await _quarantine(asker, message, str(fault))
    except Refused as refused:
        await _quarantine(asker, message, str(refused))
    else:
        async with asker.pool.acquire() as connection:
            await mark_sent(connection, message.id)


async def _unreachable(asker: Asker, message: OutboxMessage, error: str) -> None:
    async with asker.pool.acquire() as connection:
        await mark_unreachable(connection, message.id, error)
    log.warning("outbox_message_waits", message_id=message.id, topic=message.topic, error=error)


async def _quarantine(asker: Asker, message: OutboxMessage, error: str) -> None:
    async with asker.pool.acquire() as connection:
        is_over = await mark_refused(connection, message.id, error)
    log.warning("outbox_message_refused", message_id=message.id, topic=message.topic, quarantined=is_over, error=error)


async def _tell_licences(asker: Asker, message: OutboxMessage) -> None:
    declaration_id = UUID(message.payload["declaration_id"])
    after = BEFORE_ALL
    while True:
        async with asker.pool.acquire() as connection:
            batch = await licences_of(connection, declaration_id, after, _BATCH)
        if not batch:
            return
        await _tell(asker, FilingKind.LICENCE, [one.licence_id for one in batch], message)
        after = batch[-1].licence_id


async def _tell_given_up(asker: Asker, message: OutboxMessage) -> None:
    payload = message.payload
    async with asker.pool.acquire() as connection:
        found = await licences_with_something_given_up(connection, UUID(payload["declaration_id"]))
    await _tell(asker, FilingKind.LICENCE, [one for one in found if str(one) != payload["but"]], message)


async def _tell_payouts(asker: Asker, message: OutboxMessage) -> None:
    payload = message.payload
    parent_id, but = UUID(payload.get("licence_id") or payload["declaration_id"]), payload.get("but")
    after = BEFORE_ALL
    while True:
        async with asker.pool.acquire() as connection:
            batch = await filings_below(connection, parent_id, "payout", after, _BATCH)
        if not batch:
            return
        await _tell(asker, FilingKind.PAYOUT, [one.filing_id for one in batch if str(one.filing_id) != but], message)
        after = batch[-1].filing_id


async def _tell_settlements(asker: Asker, message: OutboxMessage, automatic: Sequence[str]) -> None:
    payload = message.payload
    async with asker.pool.acquire() as connection:
        claiming = await settlements_claiming(connection, payload["receipts"])
        unclaimed = await settlements_of(connection, automatic) if "licence_id" in payload else []
    named = [UUID(one) for one in payload.get("settlements", ())]
    told = [one for one in dict.fromkeys([*claiming, *unclaimed, *named]) if str(one) != payload.get("but")]
    await _tell(asker, FilingKind.SETTLEMENT, told, message)


async def _tell_sharing(asker: Asker, message: OutboxMessage) -> None:
    for filing_id in map(UUID, message.payload["filings"]):
        async with asker.pool.acquire() as connection:
            filing = await find_filing(connection, filing_id)
        if filing is not None:
            await _tell(asker, FilingKind(filing.kind), [filing_id], message)


async def _tell(asker: Asker, kind: FilingKind, filings: list[UUID], message: OutboxMessage) -> None:
    def one(filing_id: UUID) -> Awaitable[object]:
        told = SurroundingsChanged(
            act_id=derived_id("told", message.topic, message.key, filing_id),
            filing_id=filing_id,
            on=date.fromisoformat(message.payload["on"]),
            cause=UUID(message.payload["cause"]),
            by=Actor(role=Role.TIMER, party_id=ENGINE),
        )
        return asker.ask(kind, told)

    await together(_TOGETHER, one, filings)
