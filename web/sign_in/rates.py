"""How much one origin may ask of the sign-in in a minute, counted in the memory of the process: the first sieve.

It spares the hashing; what guards an account is counted in the database (``attempts.py``), for all processes together.
"""

import time
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_A_MINUTE = 60
"""An office of many people behind one address signs in within it each morning."""


def _in_memory() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


@dataclass(frozen=True)
class Rates:
    """Sign-ins of one origin."""

    most: RateLimitItem = field(default_factory=lambda: RateLimitItemPerMinute(_A_MINUTE))
    _counted: MovingWindowRateLimiter = field(default_factory=_in_memory, repr=False)

    def wait(self, origin: str) -> int:
        """Counts one, and tells how many seconds it is too early: 0 where it is not."""
        network = origin_of(origin)
        if self._counted.hit(self.most, network):
            return 0
        reset = self._counted.get_window_stats(self.most, network).reset_time
        return max(1, int(reset - time.time()) + 1)


def origin_of(address: str) -> str:
    """The network that an address stands for: one subscriber has many addresses of version 6."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)
