"""Passwords become Argon2id hashes, in threads of their own: a sign-in holds up no page, and a flood of them few cores.

64 MiB and two passes took 0.12 s on the two-core machine on which they were chosen.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from schemas.values.refusal import Refusal, refusal

LEAST, MOST, LEAST_KINDS = 10, 200, 6
"""Characters of a password, and how many different ones."""


class Cost(NamedTuple):
    """What one hash takes: memory in KiB, passes over it, and lanes."""

    kibibytes: int
    passes: int
    lanes: int


STRONG = Cost(65_536, 2, 1)


def _of_a_thread_each() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2, "password")


@dataclass(frozen=True)
class Passwords:
    """Makes hashes of one cost and compares with hashes of any."""

    cost: Cost = STRONG
    _threads: ThreadPoolExecutor = field(default_factory=_of_a_thread_each, repr=False)

    async def hashed(self, password: str) -> str:
        """The hash to keep."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._hasher().hash, normalize("NFC", password))

    async def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is the password of that hash. Without a hash it takes as long, and is no."""
        hash_ = kept or self._dummy()
        loop = asyncio.get_running_loop()
        does_fit = await loop.run_in_executor(self._threads, self._fits, hash_, normalize("NFC", password))
        return does_fit and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made at another cost than today's."""
        return self._hasher().check_needs_rehash(kept)

    def _hasher(self) -> PasswordHasher:
        return PasswordHasher(self.cost.passes, self.cost.kibibytes, self.cost.lanes)

    def _dummy(self) -> str:
        memory, passes, lanes = self.cost
        return f"$argon2id$v=19$m={memory},t={passes},p={lanes}${'A' * 22}${'A' * 43}"

    def _fits(self, kept: str, password: str) -> bool:
        try:
            return self._hasher().verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def weakness(password: str, name: str) -> Refusal | None:
    """Why a password is not taken; None for one that is."""
    known, own = normalize("NFC", password), name.partition("@")[0].casefold()
    if len(known) < LEAST:
        return refusal("password_short", "password", least=LEAST)
    if len(known) > MOST:
        return refusal("password_long", "password", most=MOST)
    if len(set(known)) < LEAST_KINDS:
        return refusal("password_few_characters", "password", least=LEAST_KINDS)
    if own and own in known.casefold():
        return refusal("password_like_name", "password")
    return None
