"""Signed notes of C2SP: a text with lines of signatures, each by a name and a key; Ed25519, with room for others.

A verifier knows keys; lines of other keys are left alone: a log can sign with a second key, and witnesses add theirs.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from schemas.values.refusal import refuse

ED25519, COSIGNATURE = 0x01, 0x04
"""How a key signs: the text itself, or the text with the time at which a witness saw it (tlog-cosignature)."""
MOST_SIGNATURES = 100
_ID_BYTES, _TIME_BYTES, _KEY_BYTES = 4, 8, 32
_DASH = "— "
_KEPT_AS = "PRIVATE+KEY"


class Signature(NamedTuple):
    """One line: whose, by which key, and the bytes after the key's id."""

    name: str
    key_id: bytes
    body: bytes

    def line(self) -> str:
        """As it stands in a note."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.body).decode()}\n"


class Note(NamedTuple):
    """A text, which ends with a line break, and its signatures, proved or not."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(one.line() for one in self.signatures)


@dataclass(frozen=True)
class Verifier:
    """A public key with its name."""

    name: str
    algorithm: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a line names its key."""
        return sha256(f"{self.name}\n".encode() + bytes([self.algorithm]) + self.public).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        key = base64.b64encode(bytes([self.algorithm]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    def proves(self, text: str, signature: Signature) -> bool:
        """Whether this key made that signature of the text."""
        body, signed = signature.body, text.encode()
        if self.algorithm == COSIGNATURE:
            at = int.from_bytes(body[:_TIME_BYTES], "big")
            body, signed = body[_TIME_BYTES:], f"cosignature/v1\ntime {at}\n".encode() + signed
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(body, signed)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key with its name; not shown."""

    name: str
    seed: bytes

    def __repr__(self) -> str:
        return f"Signer({self.name})"

    @property
    def verifier(self) -> Verifier:
        """What others need to know of it."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return Verifier(self.name, ED25519, private.public_key().public_bytes_raw())

    def secret(self) -> str:
        """As it is kept, in the form of Go's ``sumdb/note``."""
        key = base64.b64encode(bytes([ED25519]) + self.seed).decode()
        return f"{_KEPT_AS}+{self.name}+{self.verifier.key_id.hex()}+{key}"

    def sign(self, text: str) -> Signature:
        """A line under that text."""
        body = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return Signature(self.name, self.verifier.key_id, body)


def signer_of(secret: str) -> Signer:
    """The key as ``secret`` gave it; Refused ``log_key_broken``, which shows nothing of it."""
    parts = secret.strip().removeprefix(f"{_KEPT_AS}+").split("+", 2)
    seed = _decoded(parts[-1])
    if not secret.startswith(_KEPT_AS) or len(parts) != 3 or seed is None or len(seed) != 1 + _KEY_BYTES:
        raise refuse("log_key_broken")
    signer = Signer(parts[0], seed[1:])
    if seed[0] != ED25519 or signer.verifier.key_id.hex() != parts[1]:
        raise refuse("log_key_broken")
    return signer


def verifier_of(text: str) -> Verifier:
    """A key as ``str(verifier)`` gave it; Refused ``verifier_key_broken``."""
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    key = _decoded(encoded)
    if not name or key is None or len(key) != 1 + _KEY_BYTES or key[0] not in (ED25519, COSIGNATURE):
        raise refuse("verifier_key_broken", "key", given=text.strip())
    verifier = Verifier(name, key[0], key[1:])
    if verifier.key_id.hex() != key_id:
        raise refuse("verifier_key_broken", "key", given=text.strip())
    return verifier


def note_of(given: str) -> Note:
    """A note, nothing of it proved; Refused ``note_broken``."""
    text, gap, lines = given.rpartition("\n\n")
    if not gap or not lines.endswith("\n") or any(ord(one) < ord(" ") and one != "\n" for one in given):
        raise refuse("note_broken", "note", line=given.count("\n") + 1)
    signatures = []
    for number, line in enumerate(lines.splitlines(), start=text.count("\n") + 3):
        name, _, encoded = line.removeprefix(_DASH).partition(" ")
        body = _decoded(encoded)
        if not line.startswith(_DASH) or not name or "+" in name or body is None or len(body) <= _ID_BYTES:
            raise refuse("note_broken", "note", line=number)
        signatures.append(Signature(name, body[:_ID_BYTES], body[_ID_BYTES:]))
    if len(signatures) > MOST_SIGNATURES:
        raise refuse("note_broken", "note", line=MOST_SIGNATURES)
    return Note(text + "\n", tuple(signatures))


def proved_by(note: Note, verifiers: Sequence[Verifier]) -> list[Verifier]:
    """Those of the keys that signed the note.

    Refused ``note_signature_wrong`` where a line of one of them does not hold: then nothing of the note counts.
    """
    known = {(one.name, one.key_id): one for one in verifiers}
    proved = []
    for signature in note.signatures:
        verifier = known.get((signature.name, signature.key_id))
        if verifier is None:
            continue
        if not verifier.proves(note.text, signature):
            raise refuse("note_signature_wrong", "note", name=verifier.name)
        proved.append(verifier)
    return proved


def see_proved(note: Note, verifier: Verifier) -> None:
    """Refused ``note_of_another_key``, with the names under it, where that key did not sign it."""
    if verifier not in proved_by(note, [verifier]):
        names = ", ".join(f"{one.name}+{one.key_id.hex()}" for one in note.signatures)
        raise refuse("note_of_another_key", "note", key=f"{verifier.name}+{verifier.key_id.hex()}", found=names)


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
