"""What filings say is their own of the outside world, where others see it; the database lets nobody begin it twice."""

from collections.abc import Sequence
from uuid import UUID

from database.pool import Connection
from database.record.guards import refusing
from schemas.standing.identity import Identity, IdentityKind, SharedIdentity
from schemas.values.canonical import plain

_HELD = "what, value, act_id, since_on, until_on"
_SHARED = 'what, value, filing_id, "on", was_first'


async def hold_identities(
    connection: Connection, filing_id: UUID, held: Sequence[Identity], alone: Sequence[IdentityKind]
) -> tuple[SharedIdentity, ...]:
    """Writes all that the filing now says is its own; what others say is theirs on days that overlap.

    Of the kinds in ``alone`` nobody else may say so: Refused ``already_declared``, ``open_licence_exists`` or
    ``voucher_known`` then. Each identity stays locked until the transaction ends: two begin one after the other.
    """
    rows = [plain(one.model_dump()) for one in held]
    with refusing():
        found = await connection.fetch(
            f"SELECT {_SHARED} FROM hold_identities($1, $2, $3)", filing_id, rows, [one.value for one in alone]
        )
    return tuple(SharedIdentity(**one) for one in found)


async def identities_shared(connection: Connection, filing_id: UUID) -> tuple[SharedIdentity, ...]:
    """What others say is theirs of what the filing says is its own."""
    found = await connection.fetch(f"SELECT {_SHARED} FROM identities_shared($1)", filing_id)
    return tuple(SharedIdentity(**one) for one in found)


async def identities_held(connection: Connection, filing_id: UUID) -> list[Identity]:
    """What the filing says is its own."""
    rows = await connection.fetch(
        f"SELECT {_HELD} FROM identities WHERE filing_id = $1 ORDER BY what, value", filing_id
    )
    return [Identity(**row) for row in rows]
