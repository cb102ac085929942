"""Exit path of programs that used the Temporal SDK: flush, clean up, skip the interpreter's teardown."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


def leave(code: int) -> NoReturn:
    """Flushes what was printed and ends the process with ``code``.

    The SDK's threads can abort the interpreter while it shuts down (PyGILState_Release), which turned about one done
    run in twenty into a crash. So nothing may run after the flush: close pools and clients before.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):  # None: it was closed before we began (`>&-`)
        try:
            stream.flush()
        except (OSError, ValueError):  # the reader has gone (`| head`); there is nobody left to tell
            code = code or 1
    os._exit(code)


@contextmanager
def undisturbed() -> Iterator[None]:
    """For an orderly end, which takes a bounded time: a second ctrl-C or SIGTERM would leave servers behind."""
    before = {one: signal.signal(one, signal.SIG_IGN) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
