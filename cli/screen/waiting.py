"""What a person who waits is told: once what may be missing, then on one line of the terminal for how long."""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_TELL_AFTER = 4.0
_TICK = 1.0
_CLEARED = "\r\033[K"


class Waiting:
    """One for a command: of many that wait at once the first is told for all, and the same is never told again."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._late: list[float] = []
        """When each that is waited for too long was asked."""
        self._ticks: asyncio.TimerHandle | None = None

    @contextmanager
    def told(self, *said: str) -> Iterator[None]:
        """For the block, which waits for something; ``said``: the sentences that help whoever waits."""
        began, loop = time.monotonic(), asyncio.get_running_loop()
        handle = loop.call_later(_TELL_AFTER, self._tell, began, said)
        try:
            yield
        finally:
            handle.cancel()
            if began in self._late:
                self._late.remove(began)
                self._line()

    def _tell(self, began: float, said: tuple[str, ...]) -> None:
        for one in said:
            if one not in self._told:
                self._told.add(one)
                print(f"{_CLEARED if self._ticks else ''}{one}", file=sys.stderr)
        self._late.append(began)
        if self._ticks is None:
            self._line()

    def _line(self) -> None:
        """Draws the line anew, or takes it away when nobody waits any more; nothing where nobody watches."""
        if self._ticks is not None:
            self._ticks.cancel()
            self._ticks = None
        if not (sys.stderr and sys.stderr.isatty()):
            return
        if not self._late:
            print(_CLEARED, end="", file=sys.stderr, flush=True)
            return
        seconds = int(time.monotonic() - min(self._late))
        print(f"{_CLEARED}… {seconds} s", end="", file=sys.stderr, flush=True)
        self._ticks = asyncio.get_running_loop().call_later(_TICK, self._line)
