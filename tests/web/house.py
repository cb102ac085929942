"""A console with everything behind it: a database, a worker, an address; and people of every role who are signed in."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx2 as httpx
from limits import RateLimitItemPerMinute
from temporalio.client import Client

from activities.previews import Previews
from cli.demo.filings.days import FILED_ON, GRANTED_ON
from database.pool import Pool
from database.registers.patents import Patent, put_patents
from runtime.settings import Settings
from schemas.values.actor import Role
from schemas.values.patent_number import PatentNumber, check_character
from tests.conftest import Database
from tests.lives.office import Office, opened
from tests.web.people import MASTER, account_of, granted, organisation, person
from tests.web.serving import served
from web.app import create_app
from web.bulks.running import go_through_bulks
from web.console import Console
from web.sign_in.rates import Rates
from web.sign_in.session import Session, Sessions

TITLE = "一种用于检验的装置"


@dataclass(frozen=True)
class Guest:
    """Somebody who is signed in, and a client that sends his cookie."""

    session: Session
    cookie: str = field(repr=False)
    http: httpx.AsyncClient

    @property
    def organisation_id(self) -> UUID:
        assert self.session.membership.organisation_id is not None
        return self.session.membership.organisation_id

    async def get(self, path: str, **query: Any) -> httpx.Response:
        """A page."""
        return await self.http.get(path, params=query or None)

    async def post(self, path: str, files: Any = None, **fields: str) -> httpx.Response:
        """A form, as its page would send it."""
        data = {"csrf": self.session.csrf, **fields}
        return await self.http.post(path, data=data, files=files)

    async def ask(self, path: str, body: Any = None, key: UUID | None = None) -> httpx.Response:
        """A write of the API, as the page's own program would send it."""
        headers = {"X-CSRF-Token": self.session.csrf, "Idempotency-Key": str(key or uuid4())}
        return await self.http.post(f"/api/v1{path}", json=body, headers=headers)


_NO_TLS = ssl.create_default_context()
"""Reading the certificates of the world takes longer than a page, and no client here asks for one."""
_AS_OFTEN_AS_TESTS_ASK = Rates(RateLimitItemPerMinute(100_000))
"""All tests of a process ask from one address; what it may ask in a minute is tested in sign_in."""


@dataclass
class House:
    """The console of one test process. What is made in it has ids of its own, so that tests do not meet."""

    office: Office
    console: Console
    address: str
    _clients: list[httpx.AsyncClient] = field(default_factory=list)
    _patents: int = 0

    @property
    def pool(self) -> Pool:
        return self.console.pool

    async def guest(
        self, role: Role, of: UUID | str = "某单位", name: str = "王小明", who: UUID | None = None
    ) -> Guest:
        """Somebody new in that role, or ``who``; ``of``: an organisation that there is, or the name of a new one."""
        async with self.pool.acquire() as connection, connection.transaction():
            account_id = await account_of(connection, who or await person(connection, name), is_demo=True)
            unit = of if isinstance(of, UUID) else await organisation(connection, of)
            await granted(connection, account_id, role, unit)
        cookie, session = await self.console.sessions.begin(account_id)
        assert session is not None
        client = httpx.AsyncClient(base_url=self.address, cookies={"session": cookie}, timeout=60, verify=_NO_TLS)
        self._clients.append(client)
        return Guest(session, cookie, client)

    def public(self) -> httpx.AsyncClient:
        """Somebody who is not signed in."""
        return self.client()

    def client(self, **how: Any) -> httpx.AsyncClient:
        """A client of the console, closed with the house."""
        self._clients.append(httpx.AsyncClient(base_url=self.address, timeout=60, verify=_NO_TLS, **how))
        return self._clients[-1]

    async def patent(self, title: str = TITLE) -> PatentNumber:
        """A granted invention that nobody has declared yet."""
        self._patents += 1
        digits = f"20191{self._patents + int(self.address.rpartition(':')[2]) * 100:07d}"
        number = PatentNumber(f"{digits}.{check_character(digits)}")
        row = Patent(number, title, "invention", FILED_ON, GRANTED_ON, "granted", "made up", {})
        async with self.pool.acquire() as connection:
            await put_patents(connection, [row], None)
        return number

    async def close(self) -> None:
        for one in self._clients:
            await one.aclose()


@asynccontextmanager
async def housed(client: Client, database: Database, settings: Settings) -> AsyncIterator[House]:
    """The console at an address of its own, with a worker behind it."""
    async with opened(client, database) as office:
        console = Console(
            settings=settings,
            pool=office.pool,
            asker=office.asker,
            sessions=Sessions(office.pool, MASTER, rates=_AS_OFTEN_AS_TESTS_ASK),
            preview=Previews(office.pool, office.recorder, "acts").of,
        )
        async with served(create_app(console)) as port:
            house = House(office, console, f"http://127.0.0.1:{port}")
            goes_through = asyncio.create_task(go_through_bulks(console))
            try:
                yield house
            finally:
                goes_through.cancel()
                await house.close()
                await console.background.close()
