"""Signed notes: C2SP's signed-note and tlog-cosignature."""

from __future__ import annotations

import base64
from hashlib import sha256

from audit.bundle.verifier.signature import is_signed


def verifier_of(text: str) -> tuple[str, bytes, int, bytes]:
    """``name+id+base64(algorithm, key)`` -> name, id, algorithm, key; ValueError where it is none."""
    name, identity, encoded = text.strip().split("+", 2)
    raw = base64.b64decode(encoded, validate=True)
    if len(raw) != 33 or sha256(f"{name}\n".encode() + raw).digest()[:4].hex() != identity:
        raise ValueError(f"not a key: {text.strip()}")
    return name, bytes.fromhex(identity), raw[0], raw[1:]


def signed_by(note: str, key: str) -> bool:
    """Whether a line under the note is a signature of that key: its own (1), or a witness's with a time (4)."""
    name, identity, algorithm, public = verifier_of(key)
    text, _, lines = note.rpartition("\n\n")
    for line in lines.split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014" or parts[1] != name:
            continue
        raw = base64.b64decode(parts[2], validate=True)
        message, body = f"{text}\n".encode(), raw[4:]
        if raw[:4] != identity:
            continue
        if algorithm == 4:
            message, body = f"cosignature/v1\ntime {int.from_bytes(body[:8], 'big')}\n".encode() + message, body[8:]
        return is_signed(public, message, body)
    return False
