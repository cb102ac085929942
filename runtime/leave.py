"""How a program prints and ends. What cannot be written is known, and a lost line of a log ends nothing.

At the end it flushes, cleans up and skips the interpreter's teardown, for the sake of the Temporal SDK.
"""

import errno
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TextIO


class NotWritten(Exception):
    """Standard output took no more: the disk is full, its reader has gone, or it was closed before we began.

    No OSError, since several libraries take some of those for their own and end the process in silence.
    """

    def __init__(self, error: OSError) -> None:
        self.why = error.strerror or "it is closed"
        self.has_no_reader = isinstance(error, BrokenPipeError)
        super().__init__(self.why)


class Output(io.FileIO):
    """Raises NotWritten where a file would raise OSError."""

    def write(self, said: Any, /) -> int:
        """As a file does."""
        try:
            return super().write(said)
        except OSError as error:
            raise NotWritten(error) from error


class _Closed(io.FileIO):
    """Stands for an output that is not there: the next file that is opened gets its number, and is not for us."""

    def write(self, said: Any, /) -> int:
        del said
        raise NotWritten(OSError(errno.EBADF, os.strerror(errno.EBADF)))


class _Errors(io.FileIO):
    """A line of a log that nobody can take is lost, and nothing else."""

    def write(self, said: Any, /) -> int:
        try:
            return super().write(said)
        except OSError:
            return memoryview(said).nbytes


def take_streams() -> None:
    """For a program, before it prints: from now on only NotWritten says that standard output takes no more."""
    sys.stdout = _text(sys.stdout, Output, _Closed(os.devnull, "w"))
    sys.stderr = _text(sys.stderr, _Errors, io.FileIO(os.devnull, "w"))


def _text(given: TextIO | None, kind: type[io.FileIO], instead: io.RawIOBase) -> TextIO:
    if given is None:
        return io.TextIOWrapper(io.BufferedWriter(instead), "utf-8", "backslashreplace", line_buffering=True)
    given.flush()
    raw = kind(given.fileno(), "wb", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), given.encoding, "backslashreplace", line_buffering=given.isatty() or kind is _Errors
    )


def leave(code: int) -> NoReturn:
    """Flushes what was printed and ends the process with ``code``.

    The SDK's threads can abort the interpreter while it shuts down (PyGILState_Release), which turned about one done
    run in twenty into a crash. So nothing may run after the flush: close pools and clients before.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):  # None: it was closed before we began (`>&-`)
        try:
            stream.flush()
        except (OSError, ValueError, NotWritten):  # the reader has gone (`| head`); there is nobody left to tell
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
