"""Messages to the world, each at least once and in order per filing.

A message is taken by a lease, not by a held lock: delivery can last longer than a transaction should. Taking counts
as a try, so a message that kills its sender is quarantined too. A quarantined message holds back the later ones of its
filing, since order is promised, and nothing of other filings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.record.posting import Message
from schemas.values.canonical import plain

MOST_TRIES = 8
LEASE = timedelta(seconds=60)
"""Longer than any delivery's timeout; a sender that died gives its messages back after this."""
OUTAGE_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)
"""No message waits longer between two tries."""
_DUE = """(next_try_at <= clock_timestamp() OR (attempts = 0 AND last_error IS NULL)
           OR next_try_at > clock_timestamp() + $2::interval)"""
"""Whether it is time, by the clock of now. What was never tried is due; and an instant further ahead than any pause was
written by a clock that was wrong then, so nobody waits for it. $2: the longest pause."""


@dataclass(frozen=True)
class OutboxMessage:
    """A message that is now ours to deliver; ``attempts`` counts this one."""

    id: int
    topic: str
    key: str
    filing_id: UUID
    payload: dict[str, Any]
    created_at: datetime
    attempts: int


@dataclass(frozen=True)
class Quarantined:
    """A message that was given up until somebody resumes it; it waits since ``created_at``."""

    id: int
    topic: str
    key: str
    filing_id: UUID
    created_at: datetime
    attempts: int
    last_error: str | None


async def put_message(connection: Connection, message: Message, filing_id: UUID) -> None:
    """A message that no act leaves behind; once for each key of its topic."""
    await connection.execute(
        """INSERT INTO outbox (topic, key, filing_id, payload, created_at, next_try_at)
           VALUES ($1, $2, $3, $4, clock_timestamp(), clock_timestamp()) ON CONFLICT (topic, key) DO NOTHING""",
        message.topic,
        message.key,
        filing_id,
        plain(message.payload),
    )


async def take(connection: Connection, limit: int = 100, lease: timedelta = LEASE) -> list[OutboxMessage]:
    """Leases at most ``limit`` messages, the first unsent one of each filing. Commit before delivering them."""
    await connection.execute(
        f"""UPDATE outbox SET quarantined = true, last_error = coalesce(last_error, 'the sender did not come back')
           WHERE sent_at IS NULL AND NOT quarantined AND attempts >= $1 AND {_DUE}""",
        MOST_TRIES,
        LONGEST_PAUSE,
    )
    rows = await connection.fetch(
        f"""WITH due AS (
               SELECT id FROM outbox o
               WHERE sent_at IS NULL AND NOT quarantined AND {_DUE}
                 AND NOT EXISTS (SELECT FROM outbox earlier WHERE earlier.filing_id = o.filing_id
                                 AND earlier.sent_at IS NULL AND earlier.id < o.id)
               ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
           ), leased AS (
               UPDATE outbox o SET attempts = attempts + 1, next_try_at = clock_timestamp() + $3::interval
               FROM due WHERE o.id = due.id
               RETURNING o.id, topic, key, filing_id, payload, created_at, attempts
           )
           SELECT * FROM leased ORDER BY id""",
        limit,
        LONGEST_PAUSE,
        lease,
    )
    return [OutboxMessage(**row) for row in rows]


async def mark_sent(connection: Connection, message_id: int) -> None:
    """The receiver has it."""
    await connection.execute(
        """UPDATE outbox SET sent_at = clock_timestamp(), last_error = NULL, quarantined = false
           WHERE id = $1 AND sent_at IS NULL""",
        message_id,
    )


async def mark_refused(connection: Connection, message_id: int, error: str) -> bool:
    """The receiver answered no. Tries again later, longer each time; True when the message is quarantined by this."""
    return bool(
        await connection.fetchval(
            """UPDATE outbox SET last_error = left($2, 1000), quarantined = attempts >= $3,
                  next_try_at = clock_timestamp()
                                + least(interval '1 second' * power(2, attempts), $4::interval)
           WHERE id = $1 AND sent_at IS NULL RETURNING quarantined""",
            message_id,
            error,
            MOST_TRIES,
            LONGEST_PAUSE,
        )
    )


async def mark_unreachable(connection: Connection, message_id: int, error: str) -> None:
    """The receiver is down, which is not the message's fault: the try does not count, for a minute or for days."""
    await connection.execute(
        """UPDATE outbox SET last_error = left($2, 1000), attempts = greatest(attempts - 1, 0),
                  next_try_at = clock_timestamp() + $3::interval
           WHERE id = $1 AND sent_at IS NULL""",
        message_id,
        error,
        OUTAGE_PAUSE,
    )


async def list_quarantined(connection: Connection, after: int = 0, limit: int = 100) -> list[Quarantined]:
    """What waits for a person, oldest first; ``after``: the last one of the page before."""
    rows = await connection.fetch(
        """SELECT id, topic, key, filing_id, created_at, attempts, last_error FROM outbox
           WHERE quarantined AND sent_at IS NULL AND id > $1 ORDER BY id LIMIT $2""",
        after,
        limit,
    )
    return [Quarantined(**row) for row in rows]


async def resume(connection: Connection, message_id: int) -> bool:
    """After the fix: the message is tried again at once, from its first try. False when it was not quarantined."""
    return bool(
        await connection.fetchval(
            """UPDATE outbox SET quarantined = false, attempts = 0, next_try_at = clock_timestamp()
           WHERE id = $1 AND quarantined AND sent_at IS NULL RETURNING true""",
            message_id,
        )
    )


async def count_unsent(connection: Connection, filings: Sequence[UUID] | None = None) -> int:
    """How many messages still wait, quarantined ones too; of these filings, or of all."""
    waiting: int = await connection.fetchval(
        "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND ($1::uuid[] IS NULL OR filing_id = ANY($1))",
        None if filings is None else list(filings),
    )
    return waiting
