"""Connections to Postgres: JSON as Python values, UTC, and limits so that one stuck client does not hold others."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias, cast

import asyncpg

from database.address import readable

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
AWAY = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a connection that was given notice, in the moment before its end arrives
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
)
"""The database restarts, is full, or was cut off: what was asked is worth asking again."""
SESSION = """
SET jit = off;
SET idle_in_transaction_session_timeout = '60s';
SET statement_timeout = '60s';
SET lock_timeout = '30s';"""
"""Settings of every session of ours; behind a pooler that hands sessions on they are the roles' (deploy/postgres).

A transaction left open holds row locks and stops the sequencer (it waits for every running writer), so the server ends
it. Compiling our short statements costs more than it saves.
"""
_BY_A_POOLER = "OLP01"
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


async def open_pool(
    dsn: str, size: int, application_name: str = "open-licence", variable: str = "DATABASE_URL"
) -> Pool:
    """A pool of at most ``size`` connections, prepared for the functions of this folder. The caller closes it.

    ``variable`` gave the address; NotSetUp when it cannot be read. Where a pooler stands between, such as PgBouncer,
    each transaction can meet another session, so none is asked to remember a statement.
    """
    try:
        return await _pool(dsn, size, application_name, variable, remembered_statements=256)
    except asyncpg.PostgresError as error:
        if error.sqlstate != _BY_A_POOLER:
            raise
    return await _pool(dsn, size, application_name, variable, remembered_statements=0)


async def _pool(dsn: str, size: int, application_name: str, variable: str, *, remembered_statements: int) -> Pool:
    async def prepared(connection: Connection) -> None:
        await connection.execute(SESSION + ("" if not remembered_statements else _see_direct(connection)))
        await prepare(connection)

    with readable(dsn, variable):
        return await asyncpg.create_pool(
            dsn,
            min_size=1,
            max_size=size,
            init=prepared,
            reset=_keep_session,
            timeout=10,
            command_timeout=60,
            statement_cache_size=remembered_statements,
            server_settings=startup(application_name),
        )


async def prepare(connection: Connection) -> None:
    """Makes ``jsonb`` a Python value on this connection."""
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=_to_jsonb, decoder=_from_jsonb, format="binary"
    )


def startup(application_name: str) -> dict[str, str]:
    """What is told with the first word of a session; a pooler takes these, and refuses most others there."""
    return {"application_name": application_name, "timezone": "UTC"}


def _see_direct(connection: Connection) -> str:
    """Fails with ``_BY_A_POOLER`` where the session is not the one that greeted us: a pooler has numbers of its own."""
    return f"""
DO $$ BEGIN
    IF pg_backend_pid() <> {connection.get_server_pid()} THEN
        RAISE EXCEPTION 'a pooler stands between' USING ERRCODE = '{_BY_A_POOLER}';
    END IF;
END $$"""


@asynccontextmanager
async def alone(connection: Connection, what: str) -> AsyncIterator[bool]:
    """True for one program at a time, for the block; False at once for the others. It ends with the connection.

    The lock is a transaction's, since a pooler hands a session on, and its locks with it. The transaction writes
    nothing and holds nothing else, so it may be idle for as long as the block lasts.
    """
    async with connection.transaction():
        await connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        mine: bool = await connection.fetchval("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))", what)
        if mine:
            yield True
    if not mine:
        yield False


class _One:
    """``acquire`` as a pool has it; what begins a transaction on the connection begins a savepoint."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[Connection]:
        yield self._connection


def within(connection: Connection) -> Pool:
    """A pool that hands out this connection alone: what is written through it belongs to the transaction open there.

    For one task at a time; nothing but ``acquire`` is to be asked of it.
    """
    return cast("Pool", _One(connection))


async def _keep_session(connection: Connection) -> None:
    """Nothing of ours changes a session, and the usual reset costs one more round trip per act."""


# The binary form of jsonb is a version byte and the text; asyncpg reads rows inside rows in binary form only.
def _to_jsonb(value: Any) -> bytes:
    return b"\x01" + _ENCODER.encode(value).encode()


def _from_jsonb(value: bytes) -> Any:
    return json.loads(value[1:])
