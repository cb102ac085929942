"""The servers of the tests: one Postgres and one Temporal for all processes of a session, started when first asked for.

Tests share them and keep apart by their own ids. What breaks a server takes ``new_stack``; what must find its database
empty takes ``fresh_database``.
"""

import fcntl
import gc
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import pytest
import structlog
from hypothesis import HealthCheck, settings
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

import runtime.logs
from runtime.connection import connect
from runtime.plugin import open_licence_plugin
from runtime.postgres import DATABASE, PostgresServer
from runtime.settings import ROOT, Settings
from runtime.stack import Stack
from runtime.temporal_server import program
from tests.guard import remove_all
from tests.order import longest_first
from tests.servers import Watch, mark

# Set by the process that was started by hand and inherited by the workers of pytest-xdist.
_FOLDER, _OWNER = "OPEN_LICENCE_TEST_FOLDER", "OPEN_LICENCE_TEST_OWNER"
_TEMPLATE = "migrated_template"

# What an example takes says how busy the machine is, and nothing about the rules.
settings.register_profile("engine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For make check: the same properties on fewer examples.
settings.register_profile("few", settings.get_profile("engine"), max_examples=5)
settings.load_profile("engine")


@dataclass(frozen=True)
class Database:
    """One database, and its addresses as each role."""

    name: str
    engine: str = field(repr=False)
    owner: str = field(repr=False)
    auditor: str = field(repr=False)
    superuser: str = field(repr=False)
    """For tests that tamper."""


def hear_interrupts() -> None:
    """A script's background job ignores ctrl-C, and so would every program that our tests start and end by it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def leave_the_log_alone() -> None:
    """Commands are found and run in the processes of the tests, whose log the next test listens to.

    Nor does that log stand in what such a command prints, as the lines of a worker beside it would.
    """
    runtime.logs.configure = lambda **_: None
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.__stderr__))


def pytest_configure(config: pytest.Config) -> None:
    hear_interrupts()
    leave_the_log_alone()
    config.pluginmanager.register(Watch())
    config.pluginmanager.import_plugin("tests.browser.fixtures")
    if not hasattr(config, "workerinput"):
        folder = Path(tempfile.gettempdir()) / f"open-licence-tests-{secrets.token_hex(8)}"
        os.environ[_FOLDER], os.environ[_OWNER] = str(folder), str(os.getpid())


def pytest_collection(session: pytest.Session) -> None:
    """What is collected stays to the end; looking through it for garbage takes time, then and in every test after."""
    del session
    gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    del session
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark(items)
    longest_first(items)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        remove_all(Path(os.environ[_FOLDER]))


@pytest.fixture(scope="session")
def server_folder() -> Path:
    """Where the servers of this session keep their data; all processes of the session share it."""
    folder = Path(os.environ[_FOLDER])
    try:
        folder.mkdir(mode=0o711)  # root's Postgres runs as another user, who must get in
    except FileExistsError:
        return folder
    subprocess.Popen(
        [sys.executable, "-m", "tests.guard", folder, os.environ[_OWNER]],
        cwd=ROOT,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ).returncode = 0  # it outlives us on purpose; without this its object would warn about that
    return folder


@pytest.fixture(scope="session")
def stack(server_folder: Path) -> Stack:
    """The running servers that all tests share; nobody stops them but the end of the session."""
    shared = Stack(server_folder / "shared")
    shared.start()
    return shared


@pytest.fixture
def new_stack(server_folder: Path) -> Iterator[Callable[..., Stack]]:
    """Makes stacks for this test alone, not started, with the options of ``Stack``; removed afterwards."""
    made: list[Stack] = []

    def make(home: Path | None = None, **options: object) -> Stack:
        # options are passed on as they come
        made.append(Stack(home or server_folder / secrets.token_hex(4), **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        if one.home.exists():
            one.destroy()


@pytest.fixture(scope="session")
async def database(stack: Stack, worker_id: str) -> Database:
    """A migrated database for all tests of this process."""
    return await migrated(stack, f"tests_{worker_id}")


@pytest.fixture(scope="session")
async def empty_database(stack: Stack, worker_id: str) -> Database:
    """A migrated database into which nobody writes: what its planner knows is the same whatever ran before."""
    return await migrated(stack, f"empty_{worker_id}")


@pytest.fixture
async def fresh_database(stack: Stack) -> AsyncIterator[Database]:
    """A migrated database with nothing in it, for this test alone."""
    await _make_template(stack.postgres)
    async with _for_one_test(stack.postgres, _TEMPLATE) as clone:
        yield clone


@pytest.fixture
async def blank_database(stack: Stack) -> AsyncIterator[Database]:
    """A database before any migration, for this test alone."""
    async with _for_one_test(stack.postgres, DATABASE) as clone:
        yield clone


@pytest.fixture(scope="session")
async def temporal_client(stack: Stack) -> Client:
    """A client with our plugin; use a task queue of your own."""
    return await connect(Settings(var=stack.home), stack.addresses())


@pytest.fixture
async def time_skipping(server_folder: Path) -> AsyncIterator[WorkflowEnvironment]:
    """A server of this test alone, whose time jumps to the next timer; move it with ``sleep``."""
    silent = server_folder / f"time-skipping-{secrets.token_hex(4)}"
    # The server writes Java stack traces when it is stopped.
    silent.write_text(f"#!/bin/sh\nexec '{program('temporal-test-server')}' \"$@\" >/dev/null 2>&1\n")
    silent.chmod(0o755)
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(silent), plugins=[open_licence_plugin()]
    ) as environment:
        yield environment


async def _make_template(postgres: PostgresServer) -> None:
    from database.migrate import migrate  # tests without a database need not load it

    with _one_at_a_time(postgres):
        if not await _exists(postgres, _TEMPLATE):
            # These servers see no power cut, and what a killed one must keep is shown on stacks of a test's own.
            await _execute(postgres, "ALTER SYSTEM SET fsync = off")
            await _execute(postgres, "SELECT pg_reload_conf()")
            await _execute(postgres, f'DROP DATABASE IF EXISTS "{_TEMPLATE}_draft" WITH (FORCE)')
            draft = await _clone(postgres, DATABASE, f"{_TEMPLATE}_draft")
            await migrate(draft.owner)
            await _execute(postgres, f'ALTER DATABASE "{draft.name}" RENAME TO "{_TEMPLATE}"')


@contextmanager
def _one_at_a_time(postgres: PostgresServer) -> Iterator[None]:
    with postgres.data.with_name("template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


async def migrated(stack: Stack, name: str) -> Database:
    """A migrated database of that name, until the servers end."""
    await _make_template(stack.postgres)
    return await _clone(stack.postgres, _TEMPLATE, name)


@asynccontextmanager
async def _for_one_test(postgres: PostgresServer, template: str) -> AsyncIterator[Database]:
    clone = await _clone(postgres, template, f"test_{secrets.token_hex(6)}")
    try:
        yield clone
    finally:
        await _execute(postgres, f'DROP DATABASE "{clone.name}" WITH (FORCE)')


async def _clone(postgres: PostgresServer, template: str, name: str) -> Database:
    await _execute(postgres, f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER owner')
    return Database(
        name=name,
        engine=postgres.url("engine", name),
        owner=postgres.url("owner", name),
        auditor=postgres.url("auditor", name),
        superuser=postgres.url(database=name),
    )


async def _exists(postgres: PostgresServer, name: str) -> bool:
    connection = await asyncpg.connect(postgres.url(database="postgres"))
    try:
        return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name))
    finally:
        await connection.close()


async def _execute(postgres: PostgresServer, statement: str) -> None:
    connection = await asyncpg.connect(postgres.url(database="postgres"))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
