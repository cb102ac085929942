"""How far an audit is, on one line of the terminal; nothing where nobody watches."""

import sys
import time
from types import TracebackType

_CLEARED = "\r\033[K"
_EVERY = 0.2


class Line:
    """``with Line() as line``: ``line.told(12, 400)``; the line is gone when the block is left."""

    def __init__(self) -> None:
        self._is_watched = bool(sys.stderr and sys.stderr.isatty())
        self._told_at = 0.0

    def __enter__(self) -> "Line":
        return self

    def told(self, done: int, of: int | None = None) -> None:
        """So many are done, of so many where that is known."""
        now = time.monotonic()
        if self._is_watched and (now - self._told_at > _EVERY or done == of):
            self._told_at = now
            print(f"{_CLEARED}… {done:,}{f' / {of:,}' if of else ''}", end="", file=sys.stderr, flush=True)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._is_watched and self._told_at:
            print(_CLEARED, end="", file=sys.stderr, flush=True)
