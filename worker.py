"""The worker: runs workflows and activities until SIGTERM, then drains.

Also the sequencer, the outbox, the waking and the sealing of the log, as loops.

python worker.py            one worker
python worker.py --loops-only / --no-loops
"""

import argparse
import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import asyncpg
import structlog
from temporalio.client import Client
from temporalio.service import RPCError
from temporalio.worker import Worker

from activities.nightly import Night
from activities.record import Recorder
from audit.called_for import payouts_not_begun
from audit.code_version import code_version
from audit.evidence.copying import Copier
from audit.nightly import Nights, steps_of
from audit.schedule import plan_nights
from audit.sealing.append import seal
from client.ask import Asker
from client.found_by import FoundBy
from client.keeping.health import is_mute
from client.keeping.measures import EVERY, Measures
from client.keeping.wake import LOOK_EVERY, Waker
from client.kept_lines import KeptLines
from client.tell import send_due
from database.migrate import see_migrated
from database.pool import AWAY, alone, open_pool
from database.record.sequencer import BATCH, sequence
from rules.law.calendar import Calendar
from rules.schemes.catalogue import automatic_schemes
from runtime.connection import connect
from runtime.leave import leave, take_streams
from runtime.logs import configure
from runtime.process import follow
from runtime.sdk.patience import patient
from runtime.settings import Settings, SetupError, check_limits
from runtime.stack import addresses
from schemas.values.refusal import Fault, NotSetUp, Refused
from texts.words import in_english
from workflows.declaration import DeclarationWorkflow
from workflows.licence import LicenceWorkflow
from workflows.nightly import NightlyWorkflow
from workflows.options import TASK_QUEUE
from workflows.payout import PayoutWorkflow
from workflows.settlement import OpeningWorkflow, SettlementWorkflow

WORKFLOWS = (DeclarationWorkflow, LicenceWorkflow, PayoutWorkflow, SettlementWorkflow, OpeningWorkflow, NightlyWorkflow)
DRAIN = timedelta(seconds=30)
MOST_CACHED = 1_000
"""Runs that are kept from one act to the next. More than are busy at once help nobody, and cost some 100 KiB each; and
while a new run waits for its place the SDK looks at each that is kept (docs/decisions/0152-waiting-filings.md)."""
_CONNECTIONS = 16
_IDLE = 0.25
"""Seconds between looks into the outbox and the unsequenced events when there was nothing."""
_AFTER_FAULT = 2.0
_LINES_PAUSE = 5.0
_SEAL_PAUSE = 10.0
"""Seconds in which what was recorded could still be changed unseen; each checkpoint costs a few files."""
COPY_EVERY = 60.0
"""Seconds; a run that is over changes no more, and Temporal keeps it for days at least."""
log = structlog.get_logger()


def identity_of(version: str) -> str:
    """The name under which Temporal hears this worker; in containers all processes have the same few numbers."""
    return f"{version}@{socket.gethostname()}:{os.getpid()}"


def make_worker(
    client: Client, recorder: Recorder, version: str, task_queue: str = TASK_QUEUE, night: Night | None = None
) -> Worker:
    """The Temporal worker with everything registered; the plugin came with the client. ``night``: what it audits."""
    activities: list[Callable[..., object]] = [recorder.record]
    if night is not None:
        activities += [night.steps, night.step]
    worker = Worker(
        client,
        task_queue=task_queue,
        workflows=list(WORKFLOWS),
        activities=activities,
        graceful_shutdown_timeout=DRAIN,
        identity=identity_of(version),
        max_cached_workflows=MOST_CACHED,
        max_concurrent_local_activities=_CONNECTIONS,
    )
    return patient(worker)


def _end_mute() -> None:
    leave(1)


async def run(
    settings: Settings,
    stop: asyncio.Event,
    *,
    with_worker: bool = True,
    with_loops: bool = True,
    on_mute: Callable[[], None] = _end_mute,
) -> None:
    """Serves until ``stop`` is set; then finishes what is under way.

    ``on_mute``: called when Temporal hears the worker no more. It then cannot drain either: as after a crash, what was
    under way is done by the next one.
    """
    check_limits()
    known = addresses(settings)
    pool = await open_pool(known.database_url, _CONNECTIONS)
    await see_migrated(pool)
    client = await connect(settings, known, is_metered=True)
    if not await FoundBy().is_known(client):
        log.warning(
            "runs_not_found_by_filing",
            en="Temporal does not know FilingId: run deploy/temporal/search_attributes.sh, then restart this",
            zh="Temporal 不认识 FilingId：请运行 deploy/temporal/search_attributes.sh，再重启本进程",
        )
    version = code_version()
    recorder = Recorder(pool, Calendar.bundled(), version, settings.legal_clock)
    kept = KeptLines(settings.var)
    asker = Asker(client, pool, kept=kept)
    waker = Waker(asker, lambda: payouts_not_begun(pool))
    said: set[str] = set()
    copier = Copier(pool, client, TASK_QUEUE, version)
    loops = []
    if with_loops:
        await _plan(client)
        loops = [
            asyncio.create_task(_loop("sequencer", stop, lambda: _sequence(pool))),
            asyncio.create_task(_loop("outbox", stop, lambda: send_due(asker, automatic_schemes()))),
            asyncio.create_task(_loop("waking", stop, lambda: _look(waker, stop), pause=LOOK_EVERY.total_seconds())),
            asyncio.create_task(
                _loop("sealing", stop, lambda: _seal(pool, settings, version, said), pause=_SEAL_PAUSE)
            ),
            asyncio.create_task(_loop("histories", stop, lambda: _copy_closed(copier, pool), pause=COPY_EVERY)),
            asyncio.create_task(_loop("audit_lines", stop, lambda: kept.deliver(pool), pause=_LINES_PAUSE)),
        ]
    if settings.metrics:
        config = client.service_client.config
        assert config.runtime is not None  # a metered client has its own
        measures = Measures(pool, config.runtime.metric_meter, recorder.counted)
        loops.append(asyncio.create_task(_loop("measures", stop, measures.tell, pause=EVERY)))
    try:
        if with_worker:
            async with make_worker(client, recorder, version, night=Night(steps_of(settings), Nights(pool).audited)):
                log.info("worker_ready", version=version, task_queue=TASK_QUEUE)
                if await is_mute(client, TASK_QUEUE, identity_of(version), stop):
                    on_mute()
                await stop.wait()
                log.info("worker_draining")
                # A message that is being delivered may need this very worker for its answer.
                await asyncio.gather(*loops)
        else:
            await stop.wait()
    finally:
        stop.set()
        await asyncio.gather(*loops)
        if with_loops:
            await _seal_last(pool, settings, version, said)
        await pool.close()
    log.info("worker_stopped")


async def _sequence(pool: asyncpg.Pool) -> int:
    """How many are left to be numbered at once. Under load something new waits after every call: numbering event by
    event would keep the sequencer busy all the time, and nobody needs a position within milliseconds."""
    async with pool.acquire() as connection:
        taken = await sequence(connection)
    return taken if taken == BATCH else 0


async def _seal(pool: asyncpg.Pool, settings: Settings, version: str, told: set[str]) -> int:
    """Seals what is new, all of it. What only a person can put right is said once, and not every time."""
    try:
        await seal(pool, settings, version)
        told.clear()
    except (Refused, SetupError) as error:
        said = in_english(error.refusals) if isinstance(error, Refused) else error.en
        if said not in told:
            log.error("log_not_sealed", why=said)
            told.add(said)
    return 0


async def _seal_last(pool: asyncpg.Pool, settings: Settings, version: str, told: set[str]) -> None:
    """What was done while it drained: else it could be changed unseen for as long as no worker runs."""
    try:
        while await _sequence(pool):
            pass
        await _seal(pool, settings, version, told)
    except (*AWAY, asyncpg.PostgresError, Fault) as error:
        log.warning("last_seal_missed", error=repr(error))


async def _plan(client: Client) -> None:
    """A server that knows no schedules, or lets us make none, is no reason not to work."""
    try:
        await plan_nights(client)
    except RPCError as error:
        log.error(
            "nights_not_planned",
            error=error.message,
            en="nothing is audited at night; let this program make schedules, and restart it",
            zh="夜间不会审计；请允许本程序建立 Temporal 定时，再重启",
        )


async def _copy_closed(copier: Copier, pool: asyncpg.Pool) -> int:
    """Histories of runs that are over, by one program at a time; those of runs that go on are copied at night."""
    async with pool.acquire() as connection, alone(connection, "copying histories") as mine:
        if mine:
            await copier.copy_closed()
    return 0


async def _look(waker: Waker, stop: asyncio.Event) -> int:
    """A look at runs that are gone or behind; one that finds much to do is left when the worker is told to stop."""
    looking, stopping = asyncio.create_task(waker.look()), asyncio.create_task(stop.wait())
    await asyncio.wait({looking, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if stop.is_set():
        looking.cancel()
    with suppress(asyncio.CancelledError):
        await looking
    return 0  # what could not be woken is not tried again at once


async def _loop(name: str, stop: asyncio.Event, work: Callable[[], Awaitable[int]], pause: float = _IDLE) -> None:
    """Does ``work`` again and again, at once while there is some; an outage is waited out."""
    while not stop.is_set():
        rest = pause
        try:
            if await work():
                rest = 0.0
        except Exception as error:
            if isinstance(error, (*AWAY, asyncpg.PostgresError)) or (isinstance(error, Fault) and error.retry):
                log.warning("loop_interrupted", loop=name, error=repr(error))
            else:
                # A defect of ours: said loudly, and the loop goes on, or nobody would notice before the worker stops.
                log.error("loop_failed", loop=name, error=repr(error))
            rest = max(pause, _AFTER_FAULT)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), rest) if rest else await asyncio.sleep(0)


async def main() -> int:
    """Runs one worker; 0 when it drained, 1 when it could not be set up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-loops", action="store_true", help="neither sequencer nor outbox in this process")
    parser.add_argument("--loops-only", action="store_true", help="only sequencer and outbox")
    parser.add_argument("--with-parent", type=int, metavar="PID", help="drain when this program, its parent, has ended")
    options = parser.parse_args()
    configure()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)
    following = asyncio.create_task(follow(options.with_parent, stop)) if options.with_parent else None
    try:
        await run(Settings.read(), stop, with_worker=not options.loops_only, with_loops=not options.no_loops)
    except (SetupError, NotSetUp) as error:
        log.error("worker_not_set_up", en=error.en, zh=error.zh)
        return 1
    except (OSError, asyncpg.PostgresError) as error:
        log.error(
            "worker_without_database",
            error=repr(error),
            en="start Postgres, or correct DATABASE_URL",
            zh="请启动 Postgres，或更正 DATABASE_URL",
        )
        return 1
    finally:
        if following is not None:
            following.cancel()
    return 0


if __name__ == "__main__":
    import uvloop

    take_streams()
    leave(uvloop.run(main()))
