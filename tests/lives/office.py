"""A worker with its own database, task queue and asking program: the whole engine, for one test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client, WorkflowHandle

from activities.record import Recorder
from cli.demo.filings.filing import Filing
from client.ask import Asker
from client.tell import send_due
from database.pool import Pool, open_pool
from rules.law.calendar import Calendar
from rules.schemes.catalogue import automatic_schemes
from schemas.acts.act import Act
from schemas.standing.answer import Answer
from schemas.standing.legal_clock import LegalClock
from schemas.standing.workflow import FilingResult
from tests.conftest import Database
from tests.lives.licences import hand_in
from tests.lives.world import World
from worker import make_worker

PATIENCE = timedelta(seconds=40)


@dataclass
class Office:
    """``ask`` goes the way of every program of ours: update, workflow, local activity, transaction."""

    client: Client
    pool: Pool
    asker: Asker
    recorder: Recorder

    async def ask(self, filing: Filing, act: Act) -> Answer:
        """The answer to one act; raises Refused."""
        await hand_in(self.pool, act)
        return await self.asker.ask(filing.kind, act)

    async def tell_all(self) -> None:
        """Delivers every message of the outbox, and those that follow from them."""
        while await send_due(self.asker, automatic_schemes()):
            pass

    def run_of(self, filing: Filing) -> "WorkflowHandle[object, FilingResult]":
        """The latest run of the filing's workflow."""
        return self.client.get_workflow_handle(filing.workflow_id, result_type=FilingResult)

    async def world(self, seed: str) -> World:
        """A world of this office alone, whatever else runs on the servers."""
        return await World(f"{seed} {self.asker.task_queue}").write(self.pool)


@asynccontextmanager
async def opened(client: Client, database: Database, legal_clock: LegalClock = "acts") -> AsyncIterator[Office]:
    """An office with its worker running; the name of the database is the name of the task queue."""
    async with await open_pool(database.engine, 8) as pool:
        recorder = Recorder(pool, Calendar.bundled(), "tests", legal_clock)
        asker = Asker(client, pool, legal_clock, PATIENCE, database.name)
        async with make_worker(client, recorder, "tests", database.name):
            yield Office(client, pool, asker, recorder)
