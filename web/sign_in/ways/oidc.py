"""Sign-in by an identity provider: OpenID Connect, authorization code with PKCE, state and nonce.

The provider says who somebody is; which account that is, was linked before by its owner. A second factor of our own is
asked for all the same: what a provider asks for, we do not know.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from hmac import compare_digest
from typing import Any
from uuid import UUID

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError

from database.sign_in import accounts
from schemas.values.refusal import Fault, refusal
from web.sign_in.attempts import Denied
from web.sign_in.door import Door
from web.sign_in.ways.passwords import Account, NeedsCode, known_by_identity

_HOLDS = timedelta(minutes=10)
_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""By which an identity token may be signed; never with a secret, never with nothing."""
_SCOPE = "openid"
_NOT_BELIEVED = (AuthlibBaseError, JoseError, ValueError)


@dataclass(frozen=True)
class Identity:
    """Whom a provider names, and what was to come after that."""

    issuer: str
    subject: str = field(repr=False)
    to: str
    links: UUID | None
    """The account that it is to be linked with; None: somebody signs in."""


@dataclass(frozen=True)
class Provider:
    """One provider. ``transport``: how it is reached; None: over the network."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    transport: Any = field(default=None, repr=False)

    @cached_property
    def app(self) -> Any:
        """Authlib's client; it reads the provider's metadata once."""
        reached = {"transport": self.transport} if self.transport is not None else {}
        return OAuth().register(
            "provider",
            client_id=self.client_id,
            client_secret=self.client_secret,
            server_metadata_url=f"{self.issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": _SCOPE, "code_challenge_method": "S256", "timeout": 10, **reached},
        )


async def begin(door: Door, provider: Provider, back: str, to: str, links: UUID | None = None) -> tuple[str, str]:
    """Where the browser goes, and what it keeps until it is ``back``, our own whole address; raises Fault."""
    await _metadata(provider)
    asked = await provider.app.create_authorization_url(back)
    until = int((door.clock() + _HOLDS).timestamp())
    told = {
        "state": asked["state"],
        "nonce": asked["nonce"],
        "verifier": asked["code_verifier"],
        "back": back,
        "to": to,
        "until": until,
        "links": str(links) if links else None,
    }
    sealed = door.keys.sealed("provider", None, json.dumps(told).encode())
    return str(asked["url"]), base64.urlsafe_b64encode(sealed).decode()


async def finish(door: Door, provider: Provider, kept: str, came: Mapping[str, str]) -> Identity | Denied:
    """Whom the provider names; ``came`` are the parameters with which the browser is back. Raises Fault."""
    told = _told(door, kept)
    if told is None or not compare_digest(told["state"].encode(), came.get("state", "").encode()):
        return Denied(refusal("sign_in_too_old"))
    if "code" not in came or came.get("iss", provider.issuer).rstrip("/") != provider.issuer:
        return Denied(refusal("provider_refused"))
    await _metadata(provider)
    wanted = {
        "iss": {"essential": True, "values": [provider.issuer, f"{provider.issuer}/"]},
        "aud": {"essential": True, "values": [provider.client_id]},
        "sub": {"essential": True},
    }
    try:
        token = await provider.app.fetch_access_token(
            told["back"], code=came["code"], code_verifier=told["verifier"], state=told["state"]
        )
        claims = await provider.app.parse_id_token(token, told["nonce"], wanted)
    except _NOT_BELIEVED:
        return Denied(refusal("provider_refused"))
    except httpx2.HTTPError as error:
        raise _away(provider, error) from None
    if claims is None:
        return Denied(refusal("provider_refused"))
    return Identity(provider.issuer, claims["sub"], told["to"], UUID(told["links"]) if told["links"] else None)


async def sign_in_by(door: Door, identity: Identity) -> Account | NeedsCode | Denied:
    """The account that was linked with that identity; its second factor is asked for where it has one."""
    async with door.pool.acquire() as connection:
        account = await accounts.account_of_identity(connection, identity.issuer, _subject(door, identity))
    if account is None:
        return Denied(refusal("identity_not_linked", "", issuer=identity.issuer))
    return await known_by_identity(door, account)


async def link(door: Door, identity: Identity, account_id: UUID, party_id: UUID) -> None:
    """From now on this identity signs in to the account; raises Refused ``identity_linked``."""
    async with door.pool.acquire() as connection:
        await accounts.link_identity(connection, identity.issuer, _subject(door, identity), account_id, party_id)


def _subject(door: Door, identity: Identity) -> bytes:
    return door.keys.hashed("subject", identity.issuer, identity.subject)


async def _metadata(provider: Provider) -> None:
    try:
        metadata = await provider.app.load_server_metadata()
    except (httpx2.HTTPError, ValueError) as error:
        raise _away(provider, error) from None
    if str(metadata.get("issuer", "")).rstrip("/") != provider.issuer:
        raise Fault("setup", f"the identity provider says it is {metadata.get('issuer')}", retry=False)
    signed = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [one for one in signed if one in _ALGORITHMS]


def _away(provider: Provider, error: Exception) -> Fault:
    return Fault("outside", f"the identity provider {provider.issuer} does not answer: {error!r}", retry=True)


def _told(door: Door, kept: str) -> dict[str, Any] | None:
    try:
        opened = door.keys.opened("provider", None, base64.urlsafe_b64decode(kept.encode()))
    except (binascii.Error, ValueError):
        return None
    told: dict[str, Any] | None = json.loads(opened) if opened else None
    return told if told and door.clock().timestamp() < told["until"] else None
