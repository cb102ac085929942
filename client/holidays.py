"""A new holiday table: the filings whose days it decides are told in batches, and derive again.

Each batch is a message of its own, and leaves the next one before it is marked as sent: a sender that is killed loses
nothing, and who is told twice derives once. A filing that cannot be told gets a message of its own, and holds up no
other.
"""

from datetime import date
from uuid import UUID

import structlog

from client.ask import Asker
from client.together import together
from database.reads.calendar_reads import DecidedFiling, filings_decided
from database.reads.filters import BEFORE_ALL
from database.record.posting import Message
from database.registers.calendar_tables import OF_CALENDARS, calendar_message
from database.standing.outbox import OutboxMessage, put_message
from schemas.acts.act import FilingKind, SurroundingsChanged
from schemas.standing.topics import TELL_CALENDAR
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.identifiers import derived_id
from schemas.values.refusal import Fault, Refused

_TOGETHER = 20
_BATCH = 100
"""Told well within a lease, also by a busy machine."""
log = structlog.get_logger()


async def tell_calendar(asker: Asker, message: OutboxMessage) -> None:
    """Delivers one message about a table: its batch of filings, or the one that could not be told."""
    payload = message.payload
    if "only" in payload:
        await _tell(asker, payload, DecidedFiling(UUID(payload["only"]), payload["kind"]))
        return
    after = UUID(payload["after"]) if payload["after"] else BEFORE_ALL
    async with asker.pool.acquire() as connection:
        batch = await filings_decided(connection, payload["year"], after, _BATCH)
    await together(_TOGETHER, lambda filing: _tell_or_set_aside(asker, payload, filing), batch)
    if len(batch) == _BATCH:
        on = date.fromisoformat(payload["on"])
        then = calendar_message(payload["number"], payload["year"], on, after=batch[-1].filing_id)
        async with asker.pool.acquire() as connection:
            await put_message(connection, then, OF_CALENDARS)


async def _tell_or_set_aside(asker: Asker, payload: dict[str, object], filing: DecidedFiling) -> None:
    try:
        await _tell(asker, payload, filing)
    except (Refused, Fault) as error:
        if isinstance(error, Fault) and (error.retry or error.whose == "temporal"):
            raise  # an outage is of all, and is waited for
        log.warning("calendar_not_told", filing_id=str(filing.filing_id), number=payload["number"], error=str(error))
        said = {**payload, "only": str(filing.filing_id), "kind": filing.kind}
        async with asker.pool.acquire() as connection:
            alone = Message(TELL_CALENDAR, f"{payload['number']}:only:{filing.filing_id}", said)
            await put_message(connection, alone, filing.filing_id)


async def _tell(asker: Asker, payload: dict[str, object], filing: DecidedFiling) -> None:
    await asker.ask(
        FilingKind(filing.kind),
        SurroundingsChanged(
            act_id=derived_id("told", TELL_CALENDAR, payload["number"], filing.filing_id),
            filing_id=filing.filing_id,
            on=date.fromisoformat(str(payload["on"])),
            cause=derived_id("calendar_table", payload["number"]),
            by=Actor(role=Role.TIMER, party_id=ENGINE),
        ),
    )
