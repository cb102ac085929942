"""All receipts for whoever calculates with them outside: licence by licence, in one snapshot, never held as a whole."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from database.pool import Connection

_BATCH = 200


@dataclass(frozen=True)
class LicenceWithReceipts:
    """A licence for which money arrived, with the last snapshot of its surroundings."""

    licence_id: UUID
    declaration_id: UUID
    licensor: UUID
    licensee: UUID
    stage: str
    position: dict[str, Any]
    surroundings: dict[str, Any]


async def licences_with_receipts(connection: Connection) -> AsyncIterator[LicenceWithReceipts]:
    """By licence id. One transaction, so that all is of one instant."""
    after = UUID(int=0)
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        while rows := await connection.fetch(
            """SELECT licence_id, licences.declaration_id, licensor, licensee, stage, position,
                      (SELECT body->'made'->'surroundings' FROM events
                       WHERE filing_id = licence_id AND jsonb_typeof(body->'made'->'surroundings') = 'object'
                       ORDER BY version DESC LIMIT 1) AS surroundings
               FROM licences JOIN offers USING (declaration_id) JOIN filings ON filing_id = licence_id
               WHERE EXISTS (SELECT FROM receipts WHERE receipts.licence_id = licences.licence_id)
                 AND licence_id > $1
               ORDER BY licence_id LIMIT $2""",
            after,
            _BATCH,
        ):
            for row in rows:
                yield LicenceWithReceipts(**row)
            after = rows[-1]["licence_id"]
