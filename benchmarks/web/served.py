"""Servers, worker and console of one run, with people who are signed in and drafts that are ready to be sent."""

import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from httpx2 import AsyncClient, Limits, TransportError

from benchmarks.life import SHARED, SharedWorld, prepare
from benchmarks.machine import WORKER, Processes, program
from cli.demo.filings.declaration import Declaration
from client.ask import Asker
from client.today import today
from database.console.drafts import begin_draft, save_fields
from database.migrate import migrate
from database.pool import Pool, open_pool
from database.sign_in.accounts import add_account
from database.sign_in.memberships import grant_membership, propose_membership
from runtime.connection import connect
from runtime.settings import Settings
from runtime.stack import Stack
from schemas.acts.declaration import Submit
from schemas.values.actor import Role
from web.forms.given import as_form
from web.forms.shape import fields_of
from web.sign_in.session import Sessions

_FIELDS = fields_of(Submit)
_BEGINS_WITHIN = 60.0
_PATIENCE = 60.0


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in: what a browser sends, and what its forms hold."""

    account_id: UUID
    organisation_id: UUID | None
    cookie: str
    csrf: str

    @property
    def headers(self) -> dict[str, str]:
        """Of each request."""
        return {"cookie": f"session={self.cookie}"}


@dataclass(frozen=True)
class Served:
    """A console with its servers; ``processes`` tells what each of them costs."""

    pool: Pool
    asker: Asker
    sessions: Sessions
    address: str
    processes: Processes

    def browser(self) -> AsyncClient:
        """Keeps its connections, follows nothing."""
        limits = Limits(max_connections=None, max_keepalive_connections=None)
        return AsyncClient(base_url=self.address, timeout=_PATIENCE, limits=limits, trust_env=False)

    async def sign_in(self, role: Role, organisation_id: UUID | None = None, party: str | None = None) -> Person:
        """A new session of a person of the shared world who has that role."""
        world, account_id, membership_id = SharedWorld(f"{SHARED}-0"), uuid4(), uuid4()
        person, two = world.party(party or role.value), (world.party("operator"), world.party("contact"))
        async with self.pool.acquire() as connection:
            await add_account(connection, account_id, person, two[0], is_demo=True)
            await propose_membership(
                connection, membership_id, account_id, role, two[0], organisation_id=organisation_id
            )
            await grant_membership(connection, membership_id, two[1])
        cookie, session = await self.sessions.begin(account_id, membership_id)
        assert session is not None, "somebody who is signed in so may act"
        return Person(account_id, organisation_id, cookie, session.csrf)

    async def again(self, person: Person) -> Person:
        """The same person in another browser: a session of its own."""
        cookie, session = await self.sessions.begin(person.account_id)
        assert session is not None, "somebody who is signed in so may act"
        return Person(person.account_id, person.organisation_id, cookie, session.csrf)

    async def drafts(self, person: Person, seeds: Sequence[str]) -> list[UUID]:
        """One whole declaration a seed, as somebody has typed it and not sent it yet."""
        drafted = []
        for seed in seeds:
            draft_id, act = uuid4(), Declaration(SharedWorld(seed)).submit(on=today())
            fields = as_form(_FIELDS, act.model_dump(mode="json"))
            async with self.pool.acquire() as connection:
                await begin_draft(connection, draft_id, person.account_id, person.organisation_id, "submit")
                await save_fields(connection, draft_id, person.account_id, person.organisation_id, fields)
            drafted.append(draft_id)
        return drafted


async def submitted(browser: AsyncClient, person: Person, draft_id: UUID) -> None:
    """Sends a draft; fails where it is not taken."""
    answer = await browser.post(f"/declare/{draft_id}/submit", headers=person.headers, data={"csrf": person.csrf})
    assert answer.status_code == 303, f"{answer.status_code}: {answer.text[-2_000:]}"


@asynccontextmanager
async def serving(seeds: Sequence[str]) -> AsyncIterator[Served]:
    """All of it in a folder of its own; patents and parties of these seeds are there."""
    with ExitStack() as opened:
        home = opened.enter_context(_home())
        stack, settings = Stack(home), Settings(var=home)
        addresses = stack.start()
        opened.callback(stack.stop)
        await migrate(addresses.for_migrations())
        port = _free_port()
        worker = opened.enter_context(program(WORKER, home))
        console = opened.enter_context(
            program((sys.executable, "console.py", "--port", str(port)), home, log="console.log")
        )
        async with await open_pool(addresses.database_url, 8) as pool:
            await prepare(pool, list(seeds))
            served = Served(
                pool,
                Asker(await connect(settings, addresses), pool, legal_clock="acts"),
                Sessions(pool, settings.master_key()),
                f"http://127.0.0.1:{port}",
                Processes(
                    {
                        "postgres": stack.postgres.process_id or 0,
                        "temporal": stack.temporal.process_id or 0,
                        "worker": worker.pid,
                        "console": console.pid,
                        "client": os.getpid(),
                    }
                ),
            )
            await _begun(served)
            yield served


async def _begun(served: Served) -> None:
    async with served.browser() as browser, asyncio.timeout(_BEGINS_WITHIN):
        while True:
            try:
                if (await browser.get("/readyz")).status_code == 200:
                    return
            except TransportError:
                pass  # it has not begun yet
            await asyncio.sleep(0.1)


@contextmanager
def _home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="open-licence-bench-") as folder:
        Path(folder).chmod(0o711)  # root's Postgres runs as another user, who must get in
        yield Path(folder)


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port: int = free.getsockname()[1]
        return port
