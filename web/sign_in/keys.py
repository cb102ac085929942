"""Keys of the sign-in, each from the master key and for one purpose: what is kept is hashed or sealed with one of them.

A copy of the database alone tells no sign-in name, no second factor, no address and no device.
"""

import hmac
import os
from hashlib import sha256
from typing import Literal
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Hashed = Literal["name", "device", "origin", "subject", "bucket", "csrf", "recovery", "consent", "request"]
Sealed = Literal["name", "totp", "ticket", "provider", "mail", "passkey"]
_NONCE = 12


class Keys:
    """``master`` opens the data of persons too; the others are made from it."""

    def __init__(self, master: bytes) -> None:
        self.master = master
        self._made: dict[str, bytes] = {}

    def hashed(self, purpose: Hashed, *parts: str | bytes) -> bytes:
        """32 bytes that nobody makes without the key; the parts are told apart."""
        told = (part.encode() if isinstance(part, str) else part for part in parts)
        message = b"".join(len(part).to_bytes(4, "big") + part for part in told)
        return hmac.digest(self._key(f"hash {purpose}"), message, "sha256")

    def sealed(self, purpose: Sealed, whose: UUID | None, text: bytes) -> bytes:
        """``text`` under the key of that purpose; it opens for the same account only."""
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(self._key(f"seal {purpose}")).encrypt(nonce, text, _bound(whose))

    def opened(self, purpose: Sealed, whose: UUID | None, sealed: bytes) -> bytes | None:
        """What was sealed; None where it was sealed otherwise, for another or not by us."""
        try:
            return AESGCM(self._key(f"seal {purpose}")).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(whose))
        except (InvalidTag, ValueError):
            return None

    def _key(self, purpose: str) -> bytes:
        made = self._made.get(purpose)
        if made is None:
            info = f"open-licence sign-in {purpose}".encode()
            made = self._made[purpose] = HKDF(SHA256(), 32, salt=None, info=info).derive(self.master)
        return made


def plain_hash(secret: str) -> bytes:
    """Of a secret that is long and random enough to need no key."""
    return sha256(secret.encode()).digest()


def _bound(whose: UUID | None) -> bytes:
    return whose.bytes if whose else b""
