"""A device with a passkey, by the parts of WebAuthn; where a test wants that, it answers wrongly."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40
_EC2, _ES256, _P256 = 2, -7, 1


def b64(data: bytes) -> str:
    """As browsers write it: without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The same back."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """One passkey at one place. ``flags``: what the device says it has seen to."""

    origin: str
    host: str
    flags: int = PRESENT | VERIFIED
    counts: bool = True
    user_handle: bytes = b""
    credential_id: bytes = field(default_factory=lambda: token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    signed: int = 0

    def makes(self, options: dict[str, Any]) -> str:
        """What ``navigator.credentials.create`` answers, as JSON; the account that it is for is kept."""
        self.user_handle = unb64(options["user"]["id"])
        public = self.key.public_key().public_numbers()
        cose = {1: _EC2, 3: _ES256, -1: _P256, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
        named = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        data = self._data(self.flags | WITH_KEY) + named + cbor2.dumps(cose)
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._said(
            {"clientDataJSON": b64(client), "attestationObject": b64(attested), "transports": ["internal"]}
        )

    def signs(self, options: dict[str, Any], **instead: Any) -> str:
        """What ``navigator.credentials.get`` answers; ``instead`` replaces parts of what it signs or says."""
        self.signed += self.counts
        data = self._data(instead.get("flags", self.flags))
        client = self._client(instead.get("type", "webauthn.get"), instead.get("challenge", options["challenge"]))
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        handle = instead.get("user_handle", self.user_handle)
        return self._said(
            {
                "clientDataJSON": b64(client),
                "authenticatorData": b64(data),
                "signature": b64(instead.get("signature", signature)),
                "userHandle": b64(handle),
            }
        )

    def _data(self, flags: int) -> bytes:
        return sha256(self.host.encode()).digest() + bytes([flags]) + self.signed.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _said(self, response: dict[str, Any]) -> str:
        name = b64(self.credential_id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        )
