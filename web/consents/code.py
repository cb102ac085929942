"""The code that proves a co-owner: made here, and kept only as a keyed hash."""

from uuid import UUID

from web.sign_in.keys import Keys

_DIGITS = 8


def code_of(chance: bytes) -> str:
    """The digits that come of 32 bytes."""
    return f"{int.from_bytes(chance) % 10**_DIGITS:0{_DIGITS}d}"


def hashed_code(keys: Keys, link_id: UUID, code: str) -> bytes:
    """As it is kept of that link."""
    return keys.hashed("consent", link_id.bytes, code)
