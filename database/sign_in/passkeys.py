"""Passkeys of accounts: the public half of a key, and how far it was used. Nothing here opens anything by itself."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from database.pool import Connection
from schemas.values.refusal import refuse

MOST = 10
"""Of one account; the page shows them all."""


@dataclass(frozen=True)
class Passkey:
    """One as it is stored; ``browser``: the family in which it was added."""

    credential_id: bytes = field(repr=False)
    account_id: UUID
    public_key: bytes = field(repr=False)
    sign_count: int
    browser: str | None
    added_at: datetime
    used_at: datetime | None


_COLUMNS = "credential_id, account_id, public_key, sign_count, browser, added_at, used_at"


async def add_passkey(
    connection: Connection,
    credential_id: bytes,
    account_id: UUID,
    *,
    public_key: bytes,
    sign_count: int,
    browser: str | None,
) -> None:
    """Stores one of an account that may sign in. Raises Refused ``passkey_there`` or ``passkeys_many``."""
    status = await connection.execute(
        """INSERT INTO account_passkeys (credential_id, account_id, public_key, sign_count, browser)
           SELECT $1, account_id, $3, $4, $5 FROM accounts
           WHERE account_id = $2 AND state = 'active'
               AND (SELECT count(*) FROM account_passkeys WHERE account_id = $2) < $6
           ON CONFLICT (credential_id) DO NOTHING""",
        credential_id,
        account_id,
        public_key,
        sign_count,
        browser,
        MOST,
    )
    if status == "INSERT 0 0":
        is_there = await find_passkey(connection, credential_id) is not None
        raise refuse("passkey_there") if is_there else refuse("passkeys_many", most=MOST)


async def find_passkey(connection: Connection, credential_id: bytes) -> Passkey | None:
    """The one that an authenticator names so."""
    row = await connection.fetchrow(f"SELECT {_COLUMNS} FROM account_passkeys WHERE credential_id = $1", credential_id)
    return None if row is None else Passkey(**row)


async def passkeys_of(connection: Connection, account_id: UUID) -> list[Passkey]:
    """All of an account, the oldest first."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM account_passkeys WHERE account_id = $1 ORDER BY added_at, credential_id", account_id
    )
    return [Passkey(**row) for row in rows]


async def use_passkey(
    connection: Connection, credential_id: bytes, challenge_made_at: datetime, sign_count: int, now: datetime
) -> bool:
    """Uses a challenge up: False where this passkey has answered it, or one that was made later, already."""
    status = await connection.execute(
        """UPDATE account_passkeys SET challenge_made_at = $2, sign_count = $3, used_at = $4
           WHERE credential_id = $1 AND coalesce(challenge_made_at < $2, true)""",
        credential_id,
        challenge_made_at,
        sign_count,
        now,
    )
    return status == "UPDATE 1"


async def remove_passkey(connection: Connection, credential_id: bytes, account_id: UUID) -> bool:
    """From now on it signs nobody in; False where the account has none such."""
    removed: bool = await connection.fetchval("SELECT remove_passkey($1, $2)", credential_id, account_id)
    return removed
