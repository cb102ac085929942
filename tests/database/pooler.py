"""A pooler in front of Postgres, as hosts of Postgres have them: one session of the server for all its clients.

As PgBouncer with ``pool_mode = transaction`` does: it takes few settings with the first word, tells each client a
process number of its own making, and gives the session to the next one after every transaction.
"""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

_SSL_REQUEST = 80877103
_TAKEN = {"user", "database", "client_encoding", "datestyle", "timezone", "application_name"}
_A_NUMBER_OF_OUR_OWN = 1


class Pooler:
    """The one session, and whose turn it is. Passwords are asked of the first client alone."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._turn = asyncio.Lock()
        self._greeting = b""
        self._server: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one client until it leaves."""
        try:
            async with self._turn:
                if not await self._greeted(reader, writer):
                    return
            while (first := await _message(reader))[:1] != b"X":
                async with self._turn:
                    await self._served(first, reader, writer)
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    def close(self) -> None:
        """Leaves the server."""
        if self._server is not None:
            self._server[1].close()

    async def _greeted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        said = await _packet(reader)
        if struct.unpack("!I", said[4:8])[0] == _SSL_REQUEST:
            writer.write(b"N")
            said = await _packet(reader)
        names = [one.decode().lower() for one in said[8:].split(b"\0")[::2] if one]
        if unknown := [one for one in names if one not in _TAKEN]:
            text = f"SFATAL\0C08P01\0Munsupported startup parameter: {unknown[0]}\0\0".encode()
            writer.write(b"E" + struct.pack("!I", 4 + len(text)) + text)
            return False
        if self._server is not None:
            writer.write(self._greeting)
            return True
        self._server = from_server, to_server = await asyncio.open_connection(self._host, self._port)
        to_server.write(said)
        is_let_in = False
        while True:
            answer = await _message(from_server)
            if answer[:1] == b"K":
                answer = b"K" + struct.pack("!III", 12, _A_NUMBER_OF_OUR_OWN, 0)
            is_let_in = is_let_in or answer[:9] == b"R" + struct.pack("!II", 8, 0)
            self._greeting += answer if is_let_in else b""
            writer.write(answer)
            if answer[:1] == b"Z":
                return True
            if answer[:1] == b"R" and not is_let_in and answer[5:9] != struct.pack("!I", 12):
                to_server.write(await _message(reader))

    async def _served(self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One transaction: until the server is idle again."""
        assert self._server is not None
        from_server, to_server = self._server
        to_server.write(first)

        async def passed_on() -> None:
            while True:
                to_server.write(await _message(reader))

        sending = asyncio.create_task(passed_on())
        try:
            while True:
                answer = await _message(from_server)
                is_over = answer == b"Z" + struct.pack("!I", 5) + b"I"
                if is_over:
                    sending.cancel()
                writer.write(answer)
                if is_over:
                    return
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)


async def _message(reader: asyncio.StreamReader) -> bytes:
    kind = await reader.readexactly(1)
    return kind + await _packet(reader)


async def _packet(reader: asyncio.StreamReader) -> bytes:
    size = await reader.readexactly(4)
    return size + await reader.readexactly(struct.unpack("!I", size)[0] - 4)


@asynccontextmanager
async def pooled(address: str) -> AsyncIterator[str]:
    """The address of a pooler in front of that one."""
    there = urlsplit(address)
    assert there.hostname is not None
    assert there.port is not None
    pooler = Pooler(there.hostname, there.port)
    server = await asyncio.start_server(pooler.meet, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield urlunsplit(there._replace(netloc=f"{there.netloc.rpartition('@')[0]}@127.0.0.1:{port}"))
    finally:
        server.close()
        pooler.close()
