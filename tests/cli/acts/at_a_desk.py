"""The command line without a server: what it asks for is recorded on the test's database as the workflows would.

Its commands share the loop and the connections of the test, since a thousand of them are asked.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import pytest
from temporalio.client import Client

import cli.acts.command
import cli.acts.filings
import cli.session
from cli.session import Session
from client.ask import Asker
from database.pool import Pool
from schemas.acts.act import Act, FilingKind
from schemas.acts.beginning import is_beginning, workflow_id_of
from schemas.standing.answer import Answer, Behind, Recorded
from tests.lives.desk import RECORDINGS, Desk

T = TypeVar("T")


class AtADesk(Asker):
    """Asks as every program does, but for the server between it and the recording activity."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(cast(Client, None), desk.pool, installed_clock="acts")
        self._desk = desk

    async def _tried(self, kind: FilingKind, act: Act, question: Any) -> Answer | None:  # Temporal's
        name = workflow_id_of(act) if is_beginning(act) else await self._workflow_id(kind, act)
        clock, head = await self._clock(kind, act), 0
        while True:
            outcome = await self._desk.recorder.recorded(
                RECORDINGS[kind](workflow_id=name, expected=head, legal_clock=clock, act=act)
            )
            if not isinstance(outcome, Behind):
                assert isinstance(outcome, Recorded)
                return outcome.answer
            head = outcome.head.version


def sit_down(desk: Desk, patch: pytest.MonkeyPatch) -> None:
    """From now on commands that ask for acts ask there."""
    loop = asyncio.get_running_loop()

    def run(asked: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(asked, loop).result()

    @asynccontextmanager
    async def opened(*_: object) -> AsyncIterator[Session]:
        yield Session(AtADesk(desk), desk.pool, cast(Client, None))

    @asynccontextmanager
    async def reading(*_: object) -> AsyncIterator[Pool]:
        yield desk.pool

    patch.setattr(cli.session, "opened", opened)
    patch.setattr(cli.acts.filings, "reading", reading)
    for module in (cli.acts.command, cli.acts.filings):
        patch.setattr(module, "asyncio", SimpleNamespace(run=run))
