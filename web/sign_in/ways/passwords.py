"""A sign-in by name and password, and by the second factor where there is one.

What is asked for again after each step is the same for every name, known or not, and takes as long. Between the two
steps the page keeps a sealed ticket: it says whose password was right, for five minutes, and opens nothing by itself.
"""

import base64
import binascii
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal
from unicodedata import normalize
from uuid import UUID

from database.pool import Connection
from database.registers.audit_log import Outcome, write_audit
from database.sign_in import accounts
from database.sign_in.accounts import AccountRow
from schemas.values.refusal import Refusal, refusal
from web.sign_in import attempts
from web.sign_in.attempts import Denied, Try
from web.sign_in.door import AS_ACCOUNT, Door
from web.sign_in.keys import Keys
from web.sign_in.ways import recovery, second_factor

LONGEST_NAME = 100
_TICKET_HOLDS = timedelta(minutes=5)


@dataclass(frozen=True)
class Account:
    """Somebody who has proved who he is; ``Sessions.begin`` lets him in."""

    account_id: UUID
    party_id: UUID
    language: Literal["zh", "en"]


@dataclass(frozen=True)
class NeedsCode:
    """The password was right; ``second_step`` takes the ticket with a code."""

    ticket: str = field(repr=False)


def name_form(name: str) -> str:
    """A sign-in name as it is compared: without regard to width, capitals and blanks around it."""
    return normalize("NFKC", name).strip().casefold()


def name_hash(keys: Keys, name: str) -> bytes:
    """By which an account is found."""
    return keys.hashed("name", name_form(name)[: LONGEST_NAME + 1])


async def sign_in(
    door: Door, name: str, password: str, code: str | None, origin: str, device: str | None
) -> Account | NeedsCode | Denied:
    """``origin``: the address that asks; ``device``: the token of its device's cookie, if it has one."""
    if no := attempts.too_many_from(door, origin):
        return no
    hashed = name_hash(door.keys, name)
    async with door.pool.acquire() as connection:
        account = await accounts.account_named(connection, hashed)
        account_id = account.account_id if account else None
        tried = await attempts.count(door, connection, "password", hashed, account_id, origin, device)
    if isinstance(tried, Denied):
        return tried
    if tried.slower:
        await door.pause(tried.slower)
    fits = await door.passwords.fits(password, account.password_hash if account else None)
    if account is None or not fits:
        return await denied(door, account, refusal("wrong_name_or_password", "password"))
    async with door.pool.acquire() as connection:
        if account.state != "active":
            await attempts.take_back(connection, tried)
            return await denied(door, account, refusal("account_suspended", "name"))
        await _rehash(door, connection, account, password)
        if account.sealed_totp is None:
            await attempts.forget(connection, tried)
            return await granted(connection, account)
        await attempts.take_back(connection, tried)
    if code is None:
        return NeedsCode(_ticket(door, account, tried))
    return await _second_step(door, account, tried, code, device)


async def second_step(door: Door, ticket: str, code: str, origin: str, device: str | None) -> Account | Denied:
    """The code of the authenticator, or a recovery code, after the password."""
    if no := attempts.too_many_from(door, origin):
        return no
    found = await _of_ticket(door, ticket)
    if found is None:
        return Denied(refusal("sign_in_too_old", ""))
    return await _second_step(door, *found, code, device)


async def known_by_identity(door: Door, account: AccountRow) -> Account | NeedsCode | Denied:
    """Instead of the password, somebody has come from an identity provider that names this account's owner."""
    if account.state != "active":
        return await denied(door, account, refusal("account_suspended", "name"))
    if account.sealed_totp is None:
        async with door.pool.acquire() as connection:
            return await granted(connection, account)
    bucket = door.keys.hashed("bucket", "identity", account.account_id.bytes)
    return NeedsCode(_ticket(door, account, Try(bucket, bucket, 0.0)))


async def typed_again(door: Door, account_id: UUID, password: str, device: str | None, act: str) -> AccountRow | Denied:
    """The account, whose owner types the password once more before that ``act``: a screen that was left open must not
    become somebody else's account. Wrong tries are counted, and stand in the audit log.
    """
    async with door.pool.acquire() as connection:
        account = await accounts.find_account(connection, account_id)
        tried = await attempts.count_of_account(door, connection, "again", account_id, device)
    if isinstance(tried, Denied):
        return tried
    is_right = account is not None and await door.passwords.fits(password, account.password_hash)
    async with door.pool.acquire() as connection:
        if account is not None and is_right:
            await attempts.forget(connection, tried)
            return account
        why = refusal("password_before_wrong", "before")
        if account is not None:
            await _write_down(connection, account, "refused", why, act=act)
    return Denied(why)


async def change_password(door: Door, account_id: UUID, before: str, after: str, device: str | None) -> Denied | None:
    """None where it is changed; whoever calls signs the account out elsewhere."""
    account = await typed_again(door, account_id, before, device, "change_password")
    if isinstance(account, Denied):
        return account
    hashed = await door.passwords.hashed(after)
    async with door.pool.acquire() as connection, connection.transaction():
        if not await accounts.set_password(connection, account_id, hashed, account.password_hash):
            return Denied(refusal("password_before_wrong", "before"))
        await _write_down(connection, account, "granted", act="change_password")
    return None


async def _second_step(door: Door, account: AccountRow, first: Try, code: str, device: str | None) -> Account | Denied:
    async with door.pool.acquire() as connection:
        tried = await attempts.count_of_account(door, connection, "code", account.account_id, device)
        if isinstance(tried, Denied):
            return tried
        typed = second_factor.code_typed(code)
        if recovery.is_one(typed):
            is_right = await recovery.takes(door, connection, account.account_id, typed)
        else:
            is_right = await second_factor.takes(door, connection, account, typed)
        if is_right:
            await attempts.forget(connection, first, tried)
            return await granted(connection, account)
    return await denied(door, account, refusal("wrong_code", "code"))


async def _rehash(door: Door, connection: Connection, account: AccountRow, password: str) -> None:
    if account.password_hash and door.passwords.is_outdated(account.password_hash):
        hashed = await door.passwords.hashed(password)
        await accounts.set_password(connection, account.account_id, hashed, account.password_hash)


def _ticket(door: Door, account: AccountRow, first: Try) -> str:
    until = int((door.clock() + _TICKET_HOLDS).timestamp())
    told = [str(account.account_id), until, _of_password(door, account), first.bucket.hex(), first.of_name.hex()]
    return base64.urlsafe_b64encode(door.keys.sealed("ticket", None, json.dumps(told).encode())).decode()


async def _of_ticket(door: Door, ticket: str) -> tuple[AccountRow, Try] | None:
    try:
        sealed = base64.urlsafe_b64decode(ticket.encode())
    except (binascii.Error, ValueError):
        return None
    opened = door.keys.opened("ticket", None, sealed)
    if opened is None:
        return None
    account_id, until, of_password, bucket, of_name = json.loads(opened)
    if door.clock().timestamp() >= until:
        return None
    async with door.pool.acquire() as connection:
        account = await accounts.find_account(connection, UUID(account_id))
    if account is None or account.state != "active" or _of_password(door, account) != of_password:
        return None
    return account, Try(bytes.fromhex(bucket), bytes.fromhex(of_name), 0.0)


def _of_password(door: Door, account: AccountRow) -> str:
    return door.keys.hashed("bucket", "ticket", account.password_hash or "").hex()


async def granted(connection: Connection, account: AccountRow) -> Account:
    """Somebody has proved who he is; the audit log has it."""
    await _write_down(connection, account, "granted")
    return Account(account.account_id, account.party_id, account.language)


async def denied(door: Door, account: AccountRow | None, why: Refusal) -> Denied:
    """Somebody has not; of an account that there is, the audit log has it."""
    if account is not None:
        async with door.pool.acquire() as connection:
            await _write_down(connection, account, "refused", why)
    return Denied(why)


async def _write_down(
    connection: Connection, account: AccountRow, outcome: Outcome, *why: Refusal, act: str = "sign_in"
) -> None:
    """Who signed in stands in the audit log by the id of the person, also in vain; no name and no address does."""
    await write_audit(connection, account.party_id, AS_ACCOUNT, act, outcome, act_id=account.account_id, refusals=why)
