"""Codes of an authenticator (TOTP, RFC 6238): each step is taken once, and its neighbours for clocks that are off."""

import re
from datetime import datetime
from hmac import compare_digest
from unicodedata import normalize
from uuid import UUID

import pyotp

from database.pool import Connection
from database.registers.audit_log import write_audit
from database.sign_in import accounts
from database.sign_in.accounts import AccountRow
from web.sign_in.door import AS_ACCOUNT, Door
from web.sign_in.keys import Keys
from web.sign_in.ways.recovery import hash_of, new_codes

_STEP_SECONDS = 30
_NEIGHBOURS = (0, -1, 1)
_ISSUER = "open-licence"


def code_typed(text: str) -> str:
    """The digits or letters of a code, however it was typed: in full width, with blanks or dashes."""
    return re.sub(r"[\s-]", "", normalize("NFKC", text)).upper()


def matching_step(secret: str, code: str, now: datetime, used: int) -> int | None:
    """The step whose code it is, if that one and all later ones are unused; None where it is no code of now."""
    current = int(now.timestamp()) // _STEP_SECONDS
    for step in (current + one for one in _NEIGHBOURS):
        if step > used and compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), code_typed(code).encode()):
            return step
    return None


async def offer(door: Door, account_id: UUID, label: str) -> str | None:
    """A new secret as an address for the authenticator, to be shown as a QR code; None where there is a factor already.

    It counts when ``confirm`` has seen its first code. ``label``: what the authenticator shows beside it.
    """
    secret = pyotp.random_base32()
    async with door.pool.acquire() as connection:
        sealed = door.keys.sealed("totp", account_id, secret.encode())
        if not await accounts.offer_totp(connection, account_id, sealed):
            return None
    return pyotp.TOTP(secret).provisioning_uri(name=label, issuer_name=_ISSUER)


async def offered(door: Door, account_id: UUID, label: str) -> str | None:
    """The address of the secret that is offered already, so that a page shown again shows the same; else a new one."""
    async with door.pool.acquire() as connection:
        row = await accounts.find_account(connection, account_id)
    if row is None or row.sealed_totp_offer is None:
        return await offer(door, account_id, label)
    secret = door.keys.opened("totp", account_id, row.sealed_totp_offer)
    return pyotp.TOTP(secret.decode()).provisioning_uri(name=label, issuer_name=_ISSUER) if secret else None


async def confirm(door: Door, account_id: UUID, code: str) -> tuple[str, ...] | None:
    """The offered secret becomes the second factor by its first code; the recovery codes, shown this once.

    None where the code is wrong or nothing is offered.
    """
    async with door.pool.acquire() as connection:
        row = await accounts.find_account(connection, account_id)
        secret = _secret(door.keys, account_id, row.sealed_totp_offer if row else None)
        step = matching_step(secret, code, door.clock(), 0) if secret else None
        if row is None or row.sealed_totp_offer is None or step is None:
            return None
        codes = new_codes()
        hashes = [hash_of(door.keys, account_id, one) for one in codes]
        if not await accounts.confirm_totp(connection, account_id, row.sealed_totp_offer, step, hashes):
            return None
        await write_audit(connection, row.party_id, AS_ACCOUNT, "set_second_factor", "granted", act_id=row.account_id)
    return codes


async def takes(door: Door, connection: Connection, account: AccountRow, code: str) -> bool:
    """Whether the code is one of now, and nobody used it before; it is used up by this."""
    secret = _secret(door.keys, account.account_id, account.sealed_totp)
    step = matching_step(secret, code, door.clock(), account.totp_step) if secret else None
    return step is not None and await accounts.use_totp_step(connection, account.account_id, step)


def _secret(keys: Keys, account_id: UUID, sealed: bytes | None) -> str | None:
    opened = keys.opened("totp", account_id, sealed) if sealed else None
    return opened.decode() if opened else None
