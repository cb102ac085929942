"""The demo's own servers and its worker, which is kept running as long as the demo asks."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog

from runtime.leave import undisturbed
from runtime.settings import ROOT, Settings
from runtime.stack import Addresses, Stack
from runtime.up import alone
from schemas.values.refusal import Fault

WORKER_LOG = "worker.log"
_DRAIN_SECONDS = 45.0
"""Longer than the worker's own drain."""
_PAUSE, _SHORT_LIFE, _MOST_SHORT_LIVES = 0.3, 5.0, 5
log = structlog.get_logger()


@contextmanager
def own_stack(settings: Settings) -> Iterator[Addresses]:
    """Servers with their data in the demo's folder, also those that a killed demo left; stopped at the end."""
    with alone(settings):
        stack = Stack(settings.var, given=settings)
        try:
            yield stack.start()
        finally:
            with undisturbed():
                stack.stop()


@asynccontextmanager
async def working(settings: Settings) -> AsyncIterator[None]:
    """A worker beside us, started again when it dies, drained at the end.

    A worker that cannot live ends the block with a Fault that shows its last words.
    """
    asking = asyncio.current_task()
    assert asking is not None
    stop = asyncio.Event()
    keeping = asyncio.create_task(_keep_working(settings, stop))
    keeping.add_done_callback(lambda _: None if stop.is_set() else asking.cancel())
    try:
        yield
    except asyncio.CancelledError:
        if keeping.done() and not keeping.cancelled():
            keeping.result()  # why there is no worker any more
        raise
    finally:
        stop.set()
        if not keeping.done():
            await keeping


async def _keep_working(settings: Settings, stop: asyncio.Event) -> None:
    environment = os.environ | {"OPEN_LICENCE_VAR": str(settings.var), "OPEN_LICENCE_LEGAL_CLOCK": "acts"}
    short_lives = 0
    while not stop.is_set():
        began = time.monotonic()
        with (settings.var / WORKER_LOG).open("ab") as output:
            worker = await asyncio.create_subprocess_exec(
                sys.executable,
                ROOT / "worker.py",
                "--with-parent",
                str(os.getpid()),
                cwd=ROOT,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        try:
            await _first_of(worker.wait(), stop.wait())
        finally:
            await _drained(worker)
        if stop.is_set():
            return
        log.warning("worker_ended", code=worker.returncode, log=str(settings.var / WORKER_LOG))
        short_lives = short_lives + 1 if time.monotonic() - began < _SHORT_LIFE else 0
        if short_lives >= _MOST_SHORT_LIVES:
            last_words = (settings.var / WORKER_LOG).read_text(errors="replace").splitlines()[-8:]
            raise Fault("ours", "the worker does not live:\n" + "\n".join(last_words), retry=False)
        await asyncio.sleep(_PAUSE)


async def _first_of(*waiting: object) -> None:
    tasks = [asyncio.ensure_future(one) for one in waiting]  # type: ignore[call-overload]  # coroutines of two kinds
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


async def _drained(worker: asyncio.subprocess.Process) -> None:
    if worker.returncode is not None:
        return
    worker.terminate()
    try:
        await asyncio.wait_for(worker.wait(), _DRAIN_SECONDS)
    except TimeoutError:
        log.warning("worker_killed", after_seconds=_DRAIN_SECONDS)
        worker.kill()
        await worker.wait()
