"""What a command that asks for acts works with: the database, Temporal, and the one way to ask."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from temporalio.client import Client

from cli.done import note
from cli.program import configure_logs
from cli.reading import PATIENCE, pooled, waited_for
from cli.screen.waiting import Waiting
from cli.terminal import sentence
from client.ask import Asker
from client.kept_lines import KeptLines
from database.pool import Pool
from runtime.connection import TemporalAway, connect
from runtime.settings import Settings
from runtime.stack import addresses
from schemas.acts.act import Act, FilingKind
from schemas.standing.answer import Answer
from schemas.standing.legal_clock import LegalClock
from workflows.options import TASK_QUEUE


@dataclass(frozen=True)
class Session:
    """The open connections of one command."""

    asker: Asker
    pool: Pool
    client: Client
    waiting: Waiting = field(default_factory=Waiting)

    def of_installation(self) -> "Session":
        """The same, and what begins has the installation's clock."""
        return replace(self, asker=replace(self.asker, legal_clock=None))

    async def ask(self, kind: FilingKind, act: Act) -> Answer:
        """The answer to an act; tells a person who waits what may be missing."""
        with self.waiting.told(sentence("no_answer_yet")):
            answer = await self.asker.ask(kind, act)
        note(sentence("done_act", act=act.kind, id=answer.act_id), f"starter.py show {answer.filing_id}")
        return answer


@asynccontextmanager
async def opened(settings: Settings, legal_clock: LegalClock | None = None) -> AsyncIterator[Session]:
    """Postgres and Temporal, waited for as an act is; SetupError when one of them is not there.

    ``legal_clock``: what is asked for filings that begin; None is what they inherit.
    """
    configure_logs()
    known = addresses(settings)
    async with pooled(known.database_url) as pool:
        client = await waited_for(lambda: connect(settings, known), TemporalAway)
        kept = KeptLines(settings.var)
        asker = Asker(client, pool, legal_clock, PATIENCE, TASK_QUEUE, kept, settings.legal_clock)
        yield Session(asker, pool, client)
