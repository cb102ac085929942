"""``make up`` and ``make down``: the stack that stays until it is told to stop."""

import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from runtime.process import PATIENCE
from runtime.settings import Settings, SetupError, usable
from runtime.stack import Addresses, Stack

_RECORD = "up.pid"


@contextmanager
def staying_up(settings: Settings) -> Iterator[Addresses]:
    """The stack on the usual ports where they are free, with the Web UI; stopped at the end of the block.

    While it lasts this process is recorded, so that ``down`` can end it. SIGTERM raises SystemExit, as ctrl-C raises
    KeyboardInterrupt, unless the block handles it itself.
    """
    with alone(settings), Stack(settings.var, usual_ports=True, ui=True, given=settings).running() as addresses:
        yield addresses


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Only one program at a time keeps the stack of a folder; ``down`` ends it, and SIGTERM raises SystemExit."""
    with usable(settings.var):
        settings.var.mkdir(parents=True, exist_ok=True)
        record = os.fdopen(os.open(settings.var / _RECORD, os.O_RDWR | os.O_CREAT, 0o644), "r+")
    # The lock is what counts: it ends with its process, so a record without one is stale, whoever has that number now.
    with record:
        try:
            fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SetupError(
                f"make up or make demo already runs here, as process {record.read().strip()}; stop it with make down",
                "此处已有 make up 或 make demo 在运行；请先用 make down 停止",
            ) from None
        with usable(settings.var):
            record.truncate()
            record.write(f"{os.getpid()}\n")
            record.flush()
        before = signal.signal(signal.SIGTERM, _leave_in_order)
        try:
            yield
        finally:
            signal.signal(signal.SIGTERM, before)


def down(settings: Settings) -> None:
    """Ends a running ``make up`` or ``make demo`` and the servers, also those left by a killed one. The data stays."""
    for one in _with_demo(settings):
        _end_up(one)
        Stack(one.var, given=one).stop()


def clean(settings: Settings) -> None:
    """Like ``down``, and removes all data of the embedded servers."""
    for one in _with_demo(settings):
        _end_up(one)
        Stack(one.var, given=one).destroy()
    shutil.rmtree(settings.of_demo().var, ignore_errors=True)


def _with_demo(settings: Settings) -> list[Settings]:
    demo = settings.of_demo()
    return [demo, settings] if demo.var.exists() else [settings]


def _end_up(settings: Settings) -> None:
    with usable(settings.var):
        try:
            record = (settings.var / _RECORD).open()
        except FileNotFoundError:
            return
    with record:
        give_up_at = time.monotonic() + 2 * PATIENCE
        asked = False
        while True:
            try:
                fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                pass
            if not asked and (text := record.read().strip()):
                with suppress(ProcessLookupError):  # it has just ended by itself
                    os.kill(int(text), signal.SIGTERM)
                asked = True
            if time.monotonic() > give_up_at:
                raise SetupError(
                    f"make up (process {text}) does not stop; look at its output",
                    f"make up（进程 {text}）没有停止；请查看其输出",
                )
            time.sleep(0.05)


def _leave_in_order(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(0)
