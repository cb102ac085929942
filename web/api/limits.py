"""How often one caller may ask: counted in this process, by key, session or address."""

import time
from dataclasses import dataclass, field

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class TooMany(Exception):
    """The caller has asked too often; ``seconds`` until it may again."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__()


def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


@dataclass(frozen=True)
class Limits:
    """Requests in any minute. Several processes of the console count each for itself."""

    of_known: RateLimitItem = field(default_factory=lambda: RateLimitItemPerMinute(1_200))
    """Of a key or a session: a program that files steadily needs less, one in a loop is stopped."""
    of_strangers: RateLimitItem = field(default_factory=lambda: RateLimitItemPerMinute(300))
    """Of an address that shows no key, and of all the keys that it tries in vain."""
    _limiter: MovingWindowRateLimiter = field(default_factory=_limiter, repr=False)

    def count(self, who: str, *, known: bool) -> None:
        """Counts one request; raises TooMany."""
        item = self.of_known if known else self.of_strangers
        if not self._limiter.hit(item, who):
            again = self._limiter.get_window_stats(item, who).reset_time
            raise TooMany(max(1, round(again - time.time())))
