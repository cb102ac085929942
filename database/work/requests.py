"""Requests of programs that were answered: one that is sent again gets the same answer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class Answered:
    """What a request asked for, as a hash, and what it was answered."""

    body_hash: bytes
    answer: dict[str, Any]


async def take_request(connection: Connection, key_hash: bytes) -> Answered | None:
    """The answer that the request got before; None: it is new, and until the transaction ends the only one."""
    # Two that come at once must not both be new.
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"request {key_hash.hex()}")
    row = await connection.fetchrow("SELECT body_hash, answer FROM requests WHERE key_hash = $1", key_hash)
    return Answered(**row) if row else None


async def keep_answer(
    connection: Connection, key_hash: bytes, body_hash: bytes, asked_by: UUID, operation: str, answer: dict[str, Any]
) -> None:
    """In the transaction in which the request was new and its work was done."""
    await connection.execute(
        """INSERT INTO requests (key_hash, body_hash, asked_by, operation, answer) VALUES ($1, $2, $3, $4, $5)""",
        key_hash,
        body_hash,
        asked_by,
        operation,
        answer,
    )
