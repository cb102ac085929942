"""The bytes that are hashed: one text for one value, and the chain that links them.

UTF-8 JSON with sorted ASCII keys and no spaces, made of strings, integers, booleans and null only: money is fen, days
are ISO, instants have six digits and Z. A float raises TypeError, because two programs may print it differently.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from schemas.values.money import Money

FIRST_PREVIOUS_HASH = bytes(32)
"""What stands before the first event of a filing."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def plain(value: Any) -> Any:  # noqa: C901  # one way a type
    """The same value in strings, integers, booleans, null, lists and dicts; what ``canonical`` writes.

    Raises TypeError for what has no canonical text (floats, bytes, sets, naive instants) and ValueError for keys that
    are not ASCII, for U+0000 and for lone surrogates.
    """
    exact = type(value)
    if exact is str:  # by exact type first: models are made plain by pydantic, and little else comes after these
        return _text(value)
    if value is None or exact is bool or exact is int:
        return value
    if exact is dict:
        return {_key(key): plain(item) for key, item in value.items()}
    if exact is list:
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, datetime):  # before date, of which it is a kind
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical text: {value!r}")


def canonical(value: Any) -> bytes:
    """The one text of a value, as bytes; raises as ``plain`` does."""
    return _ENCODER.encode(plain(value)).encode("utf-8")


def chain_hash(previous: bytes, canonical_bytes: bytes) -> bytes:
    """``sha256(previous || canonical)``; ``previous`` is 32 bytes, so that nothing moves from one side to the other."""
    if len(previous) != 32:
        raise ValueError(f"a previous hash has 32 bytes, not {len(previous)}")
    return sha256(previous + canonical_bytes).digest()


def _text(value: str) -> str:
    if "\x00" in value:
        raise ValueError("U+0000 is not text")
    if not value.isascii():
        value.encode("utf-8")  # a lone surrogate is a UnicodeEncodeError, which is a ValueError
    return str(value)


def _key(key: Any) -> str:
    if not isinstance(key, str) or not key.isascii():
        raise ValueError(f"keys of an event are ASCII text, not {key!r}")
    return _text(key.value if isinstance(key, Enum) else key)


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise TypeError("an instant needs a time zone")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
