"""Somebody with every password who writes the log again, with all its hashes and answers."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from database.record.event_log import seal
from schemas.values.canonical import FIRST_PREVIOUS_HASH

if TYPE_CHECKING:  # asyncpg's class takes no parameter when it runs
    Forger = asyncpg.Connection[asyncpg.Record]
else:
    Forger = asyncpg.Connection
Change = Callable[[dict[str, Any]], None]


async def write_again(connection: Forger, kind: str, change: Change) -> UUID:
    """Changes the body of the first event of a kind, and seals its filing's chain again; returns the filing."""
    filing_id = await connection.fetchval("SELECT filing_id FROM events WHERE kind = $1 ORDER BY recorded_at", kind)
    changed, previous = False, FIRST_PREVIOUS_HASH
    for row in await connection.fetch("SELECT * FROM events WHERE filing_id = $1 ORDER BY version", filing_id):
        body = row["body"]
        if row["kind"] == kind and not changed:
            change(body)
            changed = True
        event = seal(
            filing_id,
            row["version"],
            row["act_id"],
            row["kind"],
            row["legal_on"],
            row["recorded_at"],
            body,
            previous,
            row["code_version"],
        )
        previous = event.hash
        await connection.execute(
            "UPDATE events SET canonical = $3, previous_hash = $4, hash = $5 WHERE filing_id = $1 AND version = $2",
            filing_id,
            row["version"],
            event.canonical,
            event.previous_hash,
            event.hash,
        )
        await connection.execute(
            "UPDATE acts SET answer = jsonb_set(answer, '{content_hash}', to_jsonb(encode(sha256($2), 'hex'))) "
            "WHERE act_id = $1",
            row["act_id"],
            event.canonical,
        )
    await connection.execute("UPDATE filings SET head_hash = $2 WHERE filing_id = $1", filing_id, previous)
    return UUID(str(filing_id))
