"""Recovery codes: instead of a lost authenticator, each of them once."""

from secrets import choice
from uuid import UUID

from database.pool import Connection
from database.registers.audit_log import write_audit
from database.sign_in import accounts
from web.sign_in.door import AS_ACCOUNT, Door
from web.sign_in.keys import Keys

COUNT, _LETTERS, _LENGTH, _GROUP = 10, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 16, 4
"""80 bits each, of letters and digits that nobody takes for another."""


def new_codes() -> tuple[str, ...]:
    """Ten codes in groups of four."""
    return tuple(_new_code() for _ in range(COUNT))


def _new_code() -> str:
    letters = "".join(choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def hash_of(keys: Keys, account_id: UUID, code: str) -> bytes:
    """What is kept of a code; it is of one account only."""
    return keys.hashed("recovery", account_id.bytes, code.replace("-", ""))


def is_one(code: str) -> bool:
    """Whether what was typed has the length of a recovery code and not that of an authenticator's."""
    return len(code) == _LENGTH


async def takes(door: Door, connection: Connection, account_id: UUID, code: str) -> bool:
    """Whether it is an unused code of the account; it is used up by this."""
    return await accounts.use_recovery_code(connection, account_id, hash_of(door.keys, account_id, code))


async def renew(door: Door, account_id: UUID, party_id: UUID) -> tuple[str, ...] | None:
    """New codes instead of all earlier ones; None for an account without a second factor."""
    codes = new_codes()
    hashes = [hash_of(door.keys, account_id, one) for one in codes]
    async with door.pool.acquire() as connection, connection.transaction():
        if not await accounts.set_recovery_codes(connection, account_id, hashes):
            return None
        await write_audit(connection, party_id, AS_ACCOUNT, "renew_recovery_codes", "granted", act_id=account_id)
    return codes
