"""All receipts for whoever reckons with them outside: licence by licence, in one snapshot, never held as a whole."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from database.pool import Connection

_BATCH = 200


@dataclass(frozen=True)
class LicenceWithReceipts:
    """A licence for which money arrived; ``acts`` are (version, instant of recording, body) of the kinds asked for."""

    licence_id: UUID
    declaration_id: UUID
    patent_number: str
    licensor: UUID
    licensee: UUID
    stage: str
    position: dict[str, Any]
    acts: tuple[tuple[int, datetime, dict[str, Any]], ...]


async def licences_with_receipts(connection: Connection, kinds: Sequence[str]) -> AsyncIterator[LicenceWithReceipts]:
    """By licence id; ``kinds`` are acts such as ``register``. One transaction, so that all is of one instant."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        async for row in connection.cursor(
            """SELECT licence_id, declaration_id, patent_number, licensor, licensee, stage, position,
                      ARRAY(SELECT (version, recorded_at, body) FROM events
                            WHERE filing_id = licence_id AND body -> 'act' ->> 'kind' = ANY ($1)
                            ORDER BY version) AS acts
               FROM licences JOIN offers USING (declaration_id) JOIN filings ON filing_id = licence_id
               WHERE EXISTS (SELECT FROM receipts WHERE receipts.licence_id = licences.licence_id)
               ORDER BY licence_id""",
            list(kinds),
            prefetch=_BATCH,
        ):
            yield LicenceWithReceipts(**{**row, "acts": tuple(tuple(one) for one in row["acts"])})
