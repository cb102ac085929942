"""What an entry of the log is: the place of a row and its hash, never the row; so erasing a person breaks no proof."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from database.evidence.sources import ACT, EVENT
from schemas.values.canonical import canonical


def entry_bytes(source: str, key: str, row_hash: bytes) -> bytes:
    """The entry as it is hashed into the tree; ``key`` is JSON, as in ``log_entries``."""
    return canonical({"source": source, "key": json.loads(key), "hash": row_hash.hex()})


def row_hash(row: Mapping[str, Any]) -> bytes:
    """The hash of a row's columns, by name; those without a value are left out, as columns of later versions are."""
    return sha256(canonical({name: value for name, value in row.items() if value is not None})).digest()


def event_key(filing_id: UUID, version: int) -> tuple[str, str]:
    """Source and key of an event's entry."""
    return EVENT, canonical([filing_id, version]).decode()


def act_key(act_id: UUID) -> tuple[str, str]:
    """Source and key of an act's entry."""
    return ACT, canonical([act_id]).decode()
