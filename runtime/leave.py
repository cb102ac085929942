"""The one way out of a program that has used the Temporal SDK."""

import os
import sys
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
