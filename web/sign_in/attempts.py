"""What slows down who guesses, and locks nobody out who is known.

Failures are counted per name and origin, and per account and device from which it signed in before. So an attacker can
use up his own tries only. Many failures of one name from everywhere slow each unknown try down and refuse none.
"""

from dataclasses import dataclass
from uuid import UUID

from database.pool import Connection
from database.sign_in.attempts import count_try, forget_failures, take_back_try
from database.sign_in.sessions import is_known_device
from schemas.values.refusal import Refusal, refusal
from web.sign_in.door import Door
from web.sign_in.rates import origin_of

WAITS = (0, 0, 0, 0, 30, 60, 120, 300, 600, 900)
"""Seconds after the n-th failure in a row."""
_SLOW_FROM, _SLOWEST = 20, 2.0
"""From so many failures of a name on answers to unknown devices are slower, to that many seconds."""


@dataclass(frozen=True)
class Denied:
    """No, for the reason of ``refusal``; where it came too often it may come again after so many seconds."""

    refusal: Refusal
    retry_after: int | None = None


@dataclass(frozen=True)
class Try:
    """One try that was counted, and is to be taken back or forgotten if it is no failure."""

    bucket: bytes
    of_name: bytes
    slower: float


def too_many_from(door: Door, origin: str) -> Denied | None:
    """No, where that address has asked too often just now; each asking counts."""
    wait = door.rates.wait(origin)
    return Denied(refusal("too_many_from_here", "", seconds=wait), wait) if wait else None


async def count(
    door: Door, connection: Connection, step: str, name: bytes, account_id: UUID | None, origin: str, device: str | None
) -> Try | Denied:
    """Counts a try of that step; ``name``: what is guessed at, by its hash. Unknown names count like known ones."""
    keys = door.keys
    device_hash = keys.hashed("device", device) if device else b""
    is_known = account_id is not None and bool(device) and await is_known_device(connection, account_id, device_hash)
    whence = device_hash if is_known else keys.hashed("origin", origin_of(origin))
    bucket = keys.hashed("bucket", step, name, "device" if is_known else "origin", whence)
    of_name = keys.hashed("bucket", step, name)
    counted = await _counted(door, connection, bucket)
    if isinstance(counted, Denied):
        return counted
    failures, _ = await count_try(connection, of_name, (0,), door.clock())
    slower = 0.0 if is_known else min(max(failures - _SLOW_FROM, 0) / 10, _SLOWEST)
    return Try(bucket, of_name, slower)


async def count_of_account(
    door: Door, connection: Connection, step: str, account_id: UUID, device: str | None
) -> Try | Denied:
    """Counts a try of a step to which only who has proved something comes, a second factor or the password once more:
    per account, and its devices apart.
    """
    device_hash = door.keys.hashed("device", device) if device else b""
    is_known = bool(device) and await is_known_device(connection, account_id, device_hash)
    bucket = door.keys.hashed("bucket", step, account_id.bytes, device_hash if is_known else b"")
    counted = await _counted(door, connection, bucket)
    return counted if isinstance(counted, Denied) else Try(bucket, bucket, 0.0)


async def take_back(connection: Connection, one: Try) -> None:
    """It was right, though not the end of the sign-in."""
    for bucket in {one.bucket, one.of_name}:
        await take_back_try(connection, bucket)


async def forget(connection: Connection, *tries: Try) -> None:
    """Somebody signed in."""
    await forget_failures(connection, [bucket for one in tries for bucket in (one.bucket, one.of_name)])


async def _counted(door: Door, connection: Connection, bucket: bytes) -> int | Denied:
    now = door.clock()
    failures, free_at = await count_try(connection, bucket, WAITS, now)
    if free_at is None:
        return failures
    wait = max(1, int((free_at - now).total_seconds()) + 1)
    return Denied(refusal("too_many_tries", "", seconds=wait), wait)
