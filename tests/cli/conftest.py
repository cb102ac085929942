"""A platform for one test: an empty database, a worker of its own, and the command line beside it."""

import asyncio
import base64
import io
import json
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import asyncpg
import pytest
from temporalio.client import Client

import cli.program
import cli.session
from activities.record import Recorder
from cli.session import Session
from client.ask import Asker
from database.pool import Pool, open_pool, prepare
from rules.law.calendar import Calendar
from runtime.stack import Stack
from tests.audit.forging import Forger
from tests.cli.deliver.deliveries import Platform
from tests.cli.offers import add_to_register, nine_noes, submit
from tests.cli.shell import Ended, Rules, Shell
from tests.conftest import Database
from worker import make_worker


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Runs a command as ``starter.py`` does; in a thread, since a command brings its own loop."""

    async def run(*arguments: object, stdin: bytes = b"") -> Ended:
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
            patched.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            code = await asyncio.to_thread(cli.program.run, [str(one) for one in arguments])
        return Ended(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Rules:
    """Runs ``starter.py rules …``, which needs neither server nor loop."""

    def ask(*arguments: object, stdin: bytes | str = b"") -> Ended:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
            patched.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
            code = cli.program.run(["rules", *(str(one) for one in arguments)])
        return Ended(code, out.getvalue(), err.getvalue())

    return ask


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, stack: Stack, fresh_database: Database) -> str:
    """The environment of commands that work on a database of this test alone; returns its task queue."""
    for name in [one for one in os.environ if one.startswith("TEMPORAL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("OPEN_LICENCE_VAR", str(stack.home))
    monkeypatch.setenv("DATABASE_URL", fresh_database.engine)
    monkeypatch.setenv("MIGRATION_DATABASE_URL", fresh_database.owner)
    monkeypatch.setenv("AUDIT_DATABASE_URL", fresh_database.auditor)
    monkeypatch.setenv("OPEN_LICENCE_LEGAL_CLOCK", "acts")  # the days of these stories come with their acts
    monkeypatch.setenv("OPEN_LICENCE_MASTER_KEY", base64.b64encode(os.urandom(32)).decode())
    queue = f"tests-{secrets.token_hex(6)}"
    monkeypatch.setattr(cli.session, "TASK_QUEUE", queue)
    return queue


@pytest.fixture
async def pool(surroundings: str, fresh_database: Database) -> AsyncIterator[Pool]:
    """The pool of this test's worker."""
    opened = await open_pool(fresh_database.engine, 8)
    yield opened
    await opened.close()


@pytest.fixture
async def served(surroundings: str, pool: Pool, temporal_client: Client) -> AsyncIterator[None]:
    """A worker answers while the test lasts."""
    async with make_worker(temporal_client, Recorder(pool, Calendar.bundled(), "tests", "acts"), "tests", surroundings):
        yield


@pytest.fixture
async def session(served: None, surroundings: str, pool: Pool, temporal_client: Client) -> Session:
    """What a command works with, inside the test's own process; days pass by acts alone."""
    return Session(
        Asker(temporal_client, pool, legal_clock="acts", task_queue=surroundings, installed_clock="acts"),
        pool,
        temporal_client,
    )


@pytest.fixture
def platform(session: Session) -> Platform:
    """Takes deliveries."""
    return Platform(session)


@pytest.fixture
async def people(surroundings: str, shell: Shell) -> dict[str, str]:
    """Name -> party id of everybody in these stories."""
    found = {}
    for name in ("university", "factory", "workshop"):
        found[name] = (await shell("party", "add", "--organisation", "--name", name, "--json")).json["party_id"]
    for name in ("clerk", "operator", "examiner"):
        found[name] = (await shell("party", "add", "--person", "--name", name, "--json")).json["party_id"]
    return found


@pytest.fixture
async def evidence(people: dict[str, str], shell: Shell, tmp_path: Path) -> str:
    """The content hash of a paper in the evidence store."""
    (tmp_path / "register.txt").write_text("excerpt of the register", encoding="utf-8")
    return str(
        (await shell("document", "add", tmp_path / "register.txt", "--by", people["clerk"], "--json")).json[
            "content_hash"
        ]
    )


@pytest.fixture
async def declared(served: None, people: dict[str, str], evidence: str, shell: Shell, tmp_path: Path) -> str:
    """A declaration that was announced on 2026-11-03."""
    await add_to_register(shell)
    submitted = await shell(*submit(people, evidence, tmp_path))
    assert submitted.code == 0, submitted.out
    filing: str = submitted.json["filing_id"]
    for arguments in (
        (
            "mark-filed",
            filing,
            "--office-receipt-number",
            "R-1",
            "--on",
            "2026-11-02",
            "--by",
            people["operator"],
            "--field",
            f"bars={json.dumps(nine_noes(evidence))}",
        ),
        (
            "announce",
            filing,
            "--declaration-number",
            "K-1",
            "--field",
            "gazette.issue=42-44",
            "--on",
            "2026-11-03",
            "--by",
            people["examiner"],
            "--evidence",
            evidence,
        ),
    ):
        ended = await shell("declaration", *arguments, "--json")
        assert ended.code == 0, ended.out
    return filing


@pytest.fixture
async def tampering(surroundings: str, fresh_database: Database) -> AsyncIterator[Forger]:
    """Somebody with the superuser's password, who switches the triggers off."""
    connection = await asyncpg.connect(fresh_database.superuser)
    await prepare(connection)
    await connection.execute("SET session_replication_role = replica")
    yield connection
    await connection.close()
