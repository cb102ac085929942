"""Stored histories replayed and compared, beside Temporal's replayer in the same run: ``benchmarks.audit replay``."""

import asyncio
import os
import resource
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from temporalio.bridge import worker as bridge
from temporalio.client import Client, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from audit.evidence.copying import Copier
from audit.evidence.packing import Dictionaries
from audit.evidence.reading import Stored, read_history
from audit.replay.processes import Asked
from audit.replay.run import OURS, Replaying, Which, ours
from benchmarks.machine import machine
from database.evidence.histories import copies_numbered, numbers_of_ends
from database.migrate import migrate
from database.pool import Pool, open_pool
from runtime.plugin import open_licence_plugin
from runtime.sdk.payloads import SDK_DECODES, SDK_ENCODES, SDK_PREPARES, _Walking
from runtime.stack import Stack
from runtime.temporal_server import NAMESPACE
from tests.conftest import Database
from tests.lives.all_stories import STORIES
from tests.lives.office import opened
from worker import WORKFLOWS

_STOCK = 250
"""Histories for Temporal's own replayer: more change its figure no more."""
_MORE = """INSERT INTO history_copies (
    workflow_id, run_id, workflow_type, filing_id, first_event, last_event, content_hash, history_hash, follows,
    closed_as, continued_from, first_event_at, last_event_at, code_versions, sdk_version, plugin
) SELECT workflow_id, gen_random_uuid(), workflow_type, filing_id, first_event, last_event, content_hash, history_hash,
         follows, closed_as, continued_from, first_event_at, last_event_at, code_versions, sdk_version, plugin
  FROM history_copies CROSS JOIN generate_series(1, $1) ORDER BY random() LIMIT $2"""


@dataclass
class Measured:
    """Of processor, in all processes."""

    histories: int
    events: int
    seconds: float
    wall: float

    def and_then(self, other: "Measured") -> "Measured":
        """Both together: a machine that is busy with other work is half as fast a minute later."""
        here, there = vars(self), vars(other)
        return Measured(**{name: here[name] + there[name] for name in here})

    def __str__(self) -> str:
        each = f"{self.histories / self.seconds:,.0f} histories, {self.events / self.seconds:,.0f} events a cpu-second"
        return f"{self.histories:,} histories, {self.events:,} events: {each}; {self.wall:.1f} s on the clock"


async def replay(stack: Stack, counts: list[int]) -> int:
    """Tells stories, copies their histories, makes as many runs of them as wanted, and replays; how many differ."""
    known = stack.start()
    await migrate(known.for_migrations())
    client = await Client.connect(stack.temporal.address, namespace=NAMESPACE, plugins=[open_licence_plugin()])
    database = Database("benchmark", known.database_url, "", "", "")
    async with opened(client, database) as office:
        for name, story in STORIES.items():
            await story(office.ask, await office.world(name))
        await Copier(office.pool, client, office.asker.task_queue, "benchmark").copy()
    print(machine())
    differ = 0
    # Else each process compiles all that it imports; nobody who audits has it set up like that.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    async with await open_pool(known.database_url, 4) as pool:
        for count in counts:
            async with pool.acquire() as connection:
                there = len(await numbers_of_ends(connection))
                await connection.execute(_MORE, 1 + count // there, max(0, count - there))
            for processes in (1, 2):
                before = await _stock(pool)
                measured, found = await _ours(pool, processes)
                stock = before.and_then(await _stock(pool))
                differ += found
                rate = (measured.events / measured.seconds) / (stock.events / stock.seconds)
                print(f"Temporal's replayer, sandbox, one process, before and after: {stock}")
                alone = await _alone(pool, processes)
                faster = (alone.events / alone.seconds) / (stock.events / stock.seconds)
                print(f"replaying alone, the same histories, {processes} processes: {alone}; {faster:.2f} times")
                print(f"audit replay, {processes} processes: {measured}; {rate:.2f} times; {found} differ; {_memory()}")
                sys.stdout.flush()
    return differ


async def _some(pool: Pool) -> list[Stored]:
    async with pool.acquire() as connection:
        dictionaries = Dictionaries()
        ends = await copies_numbered(connection, (await numbers_of_ends(connection))[:_STOCK])
        histories = [await read_history(connection, one, dictionaries) for one in ends]
    return (histories * (1 + _STOCK // len(histories)))[:_STOCK]


async def _alone(pool: Pool, processes: int) -> Measured:
    """What the children do of the work that Temporal's replayer does: nothing read, nothing compared.

    Each imports everything with its first history, as the other has done before it begins: that one does not count.
    """
    many = await _some(pool) * 4
    children = replace(ours(processes), command=[one for one in OURS if one != "--compare"])

    async def each() -> AsyncIterator[Asked]:
        for number, one in enumerate(many):
            yield Asked(number, one.kept.workflow_id, one.text, b"")

    at, seconds, done = time.monotonic(), 0.0, []
    async for outcome in children.replayed(each()):
        assert outcome.failure is None, outcome.failure
        if outcome.key >= processes:
            seconds += outcome.nanoseconds / 1e9
            done.append(many[outcome.key])
    events = sum(one.kept.last_event for one in done)
    return Measured(len(done), events, seconds, time.monotonic() - at)


async def _stock(pool: Pool) -> Measured:
    some = [one.as_history() for one in await _some(pool)]

    async def each() -> AsyncIterator[WorkflowHistory]:
        for one in some:
            yield one

    through = SandboxRestrictions.default.with_passthrough_modules("schemas", "rules", "activities")
    replayer = Replayer(
        workflows=list(WORKFLOWS),
        data_converter=pydantic_data_converter,
        workflow_runner=SandboxedWorkflowRunner(restrictions=through),
    )
    began, at = time.process_time(), time.monotonic()
    with _walking_as_the_sdk():
        await replayer.replay_workflows(each())
    events = sum(len(one.events) for one in some)
    return Measured(len(some), events, time.process_time() - began, time.monotonic() - at)


@contextmanager
def _walking_as_the_sdk() -> Iterator[None]:
    """The plugin's short cuts hold for the whole process, and Temporal's replayer is not to be measured with them."""
    walks = bridge.decode_activation, bridge.encode_completion, _Walking.create
    bridge.decode_activation, bridge.encode_completion = SDK_DECODES, SDK_ENCODES
    _Walking.create = staticmethod(SDK_PREPARES)  # type: ignore[method-assign]  # the SDK's own, for a while
    try:
        yield
    finally:
        bridge.decode_activation, bridge.encode_completion = walks[:2]
        _Walking.create = staticmethod(walks[2])  # type: ignore[method-assign]  # replaced again on purpose


async def _ours(pool: Pool, processes: int) -> tuple[Measured, int]:
    before = _processor()
    at = time.monotonic()
    report = await Replaying(pool, "benchmark", ours(processes)).replay(Which())
    await asyncio.sleep(0)
    spent = _processor() - before
    counts = report.counts
    return Measured(counts["histories"], counts["events"], spent, time.monotonic() - at), len(report.differences)


def _processor() -> float:
    """Seconds of this process and of children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _memory() -> str:
    here, below = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return f"{here} MiB at most here, {below} MiB in a child"
