"""Connections to Postgres: JSON as Python values, UTC, and limits so that one stuck client does not hold others."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg

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
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


async def open_pool(dsn: str, size: int, application_name: str = "open-licence") -> Pool:
    """A pool of at most ``size`` connections, prepared for the functions of this folder. The caller closes it."""
    return await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        init=prepare,
        reset=_keep_session,
        timeout=10,
        command_timeout=60,
        statement_cache_size=256,
        server_settings=session_settings(application_name),
    )


def session_settings(application_name: str) -> dict[str, str]:
    """Settings of every session of ours.

    A transaction left open holds row locks and stops the sequencer (it waits for every running writer), so the server
    ends it. Compiling our short statements costs more than it saves.
    """
    return {
        "application_name": application_name,
        "timezone": "UTC",
        "jit": "off",
        "idle_in_transaction_session_timeout": "60s",
        "statement_timeout": "60s",
        "lock_timeout": "30s",
    }


async def prepare(connection: Connection) -> None:
    """Makes ``jsonb`` a Python value on this connection."""
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=_to_jsonb, decoder=_from_jsonb, format="binary"
    )


@asynccontextmanager
async def alone(connection: Connection, what: str) -> AsyncIterator[bool]:
    """True for one program at a time, for the block; False at once for the others. It ends with the connection."""
    mine: bool = await connection.fetchval("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", what)
    try:
        yield mine
    finally:
        if mine and not connection.is_closed():
            await connection.execute("SELECT pg_advisory_unlock(hashtextextended($1, 0))", what)


async def _keep_session(connection: Connection) -> None:
    """Nothing of ours changes a session, and the usual reset costs one more round trip per act."""


# The binary form of jsonb is a version byte and the text; asyncpg reads rows inside rows in binary form only.
def _to_jsonb(value: Any) -> bytes:
    return b"\x01" + _ENCODER.encode(value).encode()


def _from_jsonb(value: bytes) -> Any:
    return json.loads(value[1:])
