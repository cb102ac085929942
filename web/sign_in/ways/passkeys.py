"""Sign-in by a passkey (WebAuthn, W3C): a key that the person's device keeps, and that signs what we ask for.

It stands for password and second factor at once: the device shows that it is there, and has seen to it that its owner
is (finger, face, PIN). It belongs to the host under which the console is opened, so nobody who imitates the console
under another one gets a signature that is worth anything here. What is kept opens nothing; each challenge counts once.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from secrets import token_bytes
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from webauthn.helpers import options_to_json_dict, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from database.pool import Connection
from database.registers.audit_log import write_audit
from database.sign_in import accounts, passkeys
from schemas.values.refusal import refusal
from web.sign_in.attempts import Denied, too_many_from
from web.sign_in.door import AS_ACCOUNT, Door
from web.sign_in.ways.passwords import Account, denied, granted

HOLDS = timedelta(minutes=10)
LONGEST = 20_000
"""Characters of what a browser sends of a passkey: an attestation that nobody asked for would be longer."""
_NOT_BELIEVED = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError)
"""What the library raises, and what it stumbles over, in a text that no browser has written."""


@dataclass(frozen=True)
class Place:
    """Where the console is opened; ``origin``: ``https://licences.example``."""

    origin: str
    host: str

    @classmethod
    def of(cls, address: str) -> "Place":
        """Of one of our whole addresses."""
        parts = urlsplit(address)
        return cls(f"{parts.scheme}://{parts.netloc}", parts.hostname or "")

    @property
    def is_named(self) -> bool:
        """Browsers keep passkeys for names; for a number (127.0.0.1) they have none."""
        with suppress(ValueError):
            ip_address(self.host)
            return False
        return True


@dataclass(frozen=True)
class Asked:
    """``options``: what the browser is asked for; ``kept`` comes back with its answer, and says what that was."""

    options: dict[str, Any]
    kept: str = field(repr=False)


async def ask_for_new(door: Door, place: Place, account_id: UUID, label: str) -> Asked:
    """For a passkey to be added. ``label``: what the device shows beside it."""
    async with door.pool.acquire() as connection:
        there = await passkeys.passkeys_of(connection, account_id)
    challenge = token_bytes(32)
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name=place.host,
        user_id=account_id.bytes,
        user_name=label,
        challenge=challenge,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in there],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return Asked(options_to_json_dict(options), _kept(door, challenge, account_id))


async def add(
    door: Door, place: Place, account_id: UUID, party_id: UUID, credential: str, kept: str, browser: str | None
) -> Denied | None:
    """The passkey that a browser has made signs in to this account from now on; raises Refused as ``add_passkey``."""
    asked = _opened(door, kept, account_id)
    if asked is None:
        return Denied(refusal("passkey_too_old"))
    try:
        made = webauthn.verify_registration_response(
            credential=_bounded(credential),
            expected_challenge=asked[0],
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except _NOT_BELIEVED:
        return Denied(refusal("passkey_refused"))
    async with door.pool.acquire() as connection, connection.transaction():
        await passkeys.add_passkey(
            connection,
            made.credential_id,
            account_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            browser=browser,
        )
        await _write_down(connection, account_id, party_id, "add_passkey")
    return None


def ask(door: Door, place: Place) -> Asked:
    """For a sign-in: any passkey that the device has for this place."""
    challenge = token_bytes(32)
    options = webauthn.generate_authentication_options(
        rp_id=place.host, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return Asked(options_to_json_dict(options), _kept(door, challenge, None))


async def sign_in_by(door: Door, place: Place, credential: str, kept: str, origin: str) -> Account | Denied:
    """The account whose passkey has signed; ``origin``: the address that asks."""
    if no := too_many_from(door, origin):
        return no
    asked = _opened(door, kept, None)
    if asked is None:
        return Denied(refusal("passkey_too_old"))
    challenge, made_at = asked
    try:
        signed = parse_authentication_credential_json(_bounded(credential))
    except _NOT_BELIEVED:
        return Denied(refusal("passkey_refused"))
    async with door.pool.acquire() as connection:
        known = await passkeys.find_passkey(connection, signed.raw_id)
        account = await accounts.find_account(connection, known.account_id) if known else None
    if known is None or account is None:
        return Denied(refusal("passkey_unknown"))
    try:
        proved = webauthn.verify_authentication_response(
            credential=signed,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    except _NOT_BELIEVED:
        return await denied(door, account, refusal("passkey_refused"))
    if signed.response.user_handle not in (None, account.account_id.bytes):
        return await denied(door, account, refusal("passkey_refused"))
    if account.state != "active":
        return await denied(door, account, refusal("account_suspended", "name"))
    async with door.pool.acquire() as connection, connection.transaction():
        if await passkeys.use_passkey(connection, known.credential_id, made_at, proved.new_sign_count, door.clock()):
            return await granted(connection, account)
    return await denied(door, account, refusal("passkey_too_old"))


async def remove(door: Door, account_id: UUID, party_id: UUID, credential_id: bytes) -> bool:
    """From now on it signs nobody in; False where the account has none such."""
    async with door.pool.acquire() as connection, connection.transaction():
        if not await passkeys.remove_passkey(connection, credential_id, account_id):
            return False
        await _write_down(connection, account_id, party_id, "remove_passkey")
    return True


async def _write_down(connection: Connection, account_id: UUID, party_id: UUID, act: str) -> None:
    await write_audit(connection, party_id, AS_ACCOUNT, act, "granted", act_id=account_id)


def _bounded(credential: str) -> str:
    if len(credential) > LONGEST:
        raise ValueError(len(credential))
    return credential


def _kept(door: Door, challenge: bytes, account_id: UUID | None) -> str:
    told = json.dumps([challenge.hex(), door.clock().isoformat()])
    return urlsafe_b64encode(door.keys.sealed("passkey", account_id, told.encode())).decode()


def _opened(door: Door, kept: str, account_id: UUID | None) -> tuple[bytes, datetime] | None:
    """The challenge and when it was made; None where it is too old, somebody else's or not ours."""
    try:
        told = door.keys.opened("passkey", account_id, urlsafe_b64decode(kept.encode()))
    except (NoBase64, ValueError):
        return None
    if told is None:
        return None
    challenge, made_at = json.loads(told)
    at = datetime.fromisoformat(made_at)
    return (bytes.fromhex(challenge), at) if door.clock() < at + HOLDS else None
