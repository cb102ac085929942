"""What every connection of ours has in common."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest

from database.pool import AWAY, Pool, open_pool
from tests.conftest import Database
from tests.database.record.filings import record_on


@pytest.mark.parametrize("value", [{"名": ["开放许可", 1, True, None]}, [], "text", 2**80], ids=str)
async def test_json_goes_in_and_comes_out_as_python_values(engine: Pool, value: object) -> None:
    async with engine.acquire() as connection:
        assert await connection.fetchval("SELECT $1::jsonb", value) == value


async def test_instants_are_utc_and_a_forgotten_transaction_is_ended_by_the_server(engine: Pool) -> None:
    async with engine.acquire() as connection:
        assert await connection.fetchval("SHOW timezone") == "UTC"
        assert await connection.fetchval("SHOW idle_in_transaction_session_timeout") == "1min"


async def test_what_was_not_committed_is_gone_when_the_connection_goes_back(database: Database) -> None:
    filing_id = uuid4()
    async with await open_pool(database.engine, 1) as pool:
        async with pool.acquire() as connection:
            await connection.transaction().start()
            await record_on(connection, filing_id)
        async with pool.acquire() as connection:
            assert not connection.is_in_transaction()
            assert await connection.fetchval("SELECT count(*) FROM filings WHERE filing_id = $1", filing_id) == 0


async def test_a_connection_that_the_server_has_just_given_notice_to_is_an_outage(database: Database) -> None:
    async with relayed(database.engine) as (dsn, clients), await open_pool(dsn, 1) as pool:
        connection = await pool.acquire()
        assert await connection.fetchval("SELECT 1") == 1
        heard = asyncio.Event()

        def hear(*_: object) -> None:
            heard.set()

        connection.add_log_listener(hear)
        clients[0].write(_NOTICE + _GOODBYE)  # and the end of the connection has not arrived yet
        await asyncio.wait_for(heard.wait(), 30)
        connection.remove_log_listener(hear)
        try:
            with pytest.raises(AWAY):
                await connection.fetchval("SELECT 1")
        finally:
            clients[0].close()
            await pool.release(connection)


def _message(kind: bytes, severity: bytes, code: bytes, text: bytes) -> bytes:
    fields = b"".join((b"S", severity, b"\0V", severity, b"\0C", code, b"\0M", text, b"\0\0"))
    return kind + (4 + len(fields)).to_bytes(4, "big") + fields


_GOODBYE = _message(b"E", b"FATAL", b"57P01", b"terminating connection due to administrator command")
"""What a server that is stopped sends on an idle connection."""
_NOTICE = _message(b"N", b"NOTICE", b"00000", b"listen")
"""Of this a client tells who listens; what comes with it has then arrived too."""


@asynccontextmanager
async def relayed(dsn: str) -> AsyncIterator[tuple[str, list[asyncio.StreamWriter]]]:
    """The database by another port, and the ways back to the clients, on which more can be said."""
    there, clients, servers = urlsplit(dsn), list[asyncio.StreamWriter](), list[asyncio.StreamWriter]()
    copying = list[asyncio.Task[None]]()

    async def copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(65_536):
            writer.write(said)

    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(there.hostname, there.port)
        clients.append(writer)
        servers.append(to_server)
        copying.extend(asyncio.create_task(copied(*way)) for way in ((reader, to_server), (from_server, writer)))

    server = await asyncio.start_server(met, "127.0.0.1", 0)
    user, port = there.netloc.rsplit("@", 1)[0], server.sockets[0].getsockname()[1]
    try:
        yield urlunsplit(there._replace(netloc=f"{user}@127.0.0.1:{port}")), clients
    finally:
        server.close()
        for one in copying:
            one.cancel()
        for writer in (*clients, *servers):
            writer.close()
        await asyncio.gather(*copying, *(one.wait_closed() for one in (*clients, *servers)), return_exceptions=True)
