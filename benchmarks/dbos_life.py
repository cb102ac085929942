"""The same lives on DBOS: a workflow for each act, whose one step is our own recorder.

``throughput.py`` runs it in an environment of its own (``dbos.lock``), beside the servers of the same run; it prints a
JSON document for each load. What asks, what executes and what tells filings of each other are one process, as in DBOS.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from itertools import count
from uuid import UUID

import uvloop
from dbos import DBOS, DBOSConfig
from pydantic import TypeAdapter

from activities.record import Recorder
from benchmarks.life import life, prepare
from benchmarks.load import WARM_UP, load
from benchmarks.machine import Processes
from client.ask import Asker
from client.tell import send_due
from database.pool import Pool, open_pool
from database.record.sequencer import sequence
from rules.law.calendar import Calendar
from rules.schemes.catalogue import automatic_schemes
from runtime.settings import Settings
from runtime.stack import addresses
from schemas.acts.act import Act, FilingKind
from schemas.standing.answer import Answer, Behind, Outcome, Recorded, Recording
from workflows.procedure import determination_of

_RECORDING, _OUTCOME = TypeAdapter(Recording), TypeAdapter(Outcome)
_IDLE = 0.25
recorder: Recorder


@DBOS.step()
async def record(given: str) -> str:
    """The one transaction."""
    return (await recorder.recorded(_RECORDING.validate_json(given))).model_dump_json()


@DBOS.workflow()
async def perform(given: str) -> str:
    """One act; the log's head is told again where it has gone on."""
    while True:
        found = await record(given)
        outcome = _OUTCOME.validate_json(found)
        if not isinstance(outcome, Behind):
            return found
        given = _RECORDING.validate_json(given).model_copy(update={"expected": outcome.head.version}).model_dump_json()


@dataclass
class DbosAsker(Asker):
    """Asks DBOS instead of Temporal; remembers the heads, as a filing's own workflow does."""

    heads: dict[UUID, int] = field(default_factory=dict)
    under_way: set[asyncio.Task[Answer]] = field(default_factory=set)

    async def ask(self, kind: FilingKind, act: Act) -> Answer:
        """The answer to an act that is granted; this load has no others."""
        given = _RECORDING.validate_python(
            {
                "filing_kind": kind.value,
                "workflow_id": f"{kind.value}:{act.filing_id}",
                "expected": self.heads.get(act.filing_id, 0),
                "legal_clock": "acts",
                "act": act,
            }
        )
        handle = await DBOS.start_workflow_async(perform, given.model_dump_json())
        outcome = _OUTCOME.validate_json(await handle.get_result())
        assert isinstance(outcome, Recorded)
        self.heads[act.filing_id] = outcome.head.version
        for start in outcome.answer.starts:
            task = asyncio.create_task(self.ask(FilingKind.PAYOUT, determination_of(start)))
            self.under_way.add(task)
            task.add_done_callback(self.under_way.discard)
        return outcome.answer


async def _again(work: Callable[[], Awaitable[int]]) -> None:
    while True:
        if not await work():
            await asyncio.sleep(_IDLE)


async def _sequence(pool: Pool) -> int:
    async with pool.acquire() as connection:
        await sequence(connection)
    return 0


async def main(options: argparse.Namespace) -> None:
    """Prints each load."""
    global recorder
    known = addresses(Settings.read())
    pool = await open_pool(known.database_url, 16)
    recorder = Recorder(pool, Calendar.bundled(), "dbos", "acts")
    config = DBOSConfig(name="open-licence", system_database_url=known.for_migrations(), log_level="ERROR")
    DBOS(config=config)
    DBOS.launch()
    asker = DbosAsker(None, pool, legal_clock="acts")
    await prepare(pool, [f"life-{number}" for number in range(options.first, options.first + options.patents)])
    seeds = (f"life-{number}" for number in count(options.first))
    loops = [
        asyncio.create_task(_again(lambda: _sequence(pool))),
        asyncio.create_task(_again(lambda: send_due(asker, automatic_schemes()))),
    ]

    async def whole(timed: list[float]) -> int:
        return await life(asker, next(seeds), timed)

    processes = Processes({"process": os.getpid(), "postgres": options.postgres})
    await load("warm-up", 4, min(WARM_UP, options.seconds), whole, processes)
    for concurrent in options.at_once:
        print(json.dumps(asdict(await load("DBOS", concurrent, options.seconds, whole, processes))), flush=True)
    for one in loops:
        one.cancel()
    DBOS.destroy()
    await pool.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", type=int, required=True, help="process id")
    parser.add_argument("--first", type=int, required=True, help="number of the first patent")
    parser.add_argument("--patents", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--at-once", type=int, nargs="+", required=True)
    uvloop.run(main(parser.parse_args()))
    sys.stdout.flush()
    os._exit(0)  # its threads outlive the loop
