"""A scanner for viruses at an address of the settings: a clamd, or whatever answers as it does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from schemas.values.refusal import Fault

_PATIENCE_SECONDS, _PING_SECONDS = 30.0, 2.0
_PIECE = 64 * 1024
_FOUND, _CLEAN, _LIVES = " FOUND", "OK", "PONG"


class Scanner(Protocol):
    """What looks at a document before it is kept."""

    async def found_in(self, body: bytes) -> str | None:
        """What it found, by the name that it has for it; None for nothing. Raises Fault where it cannot say."""

    async def lives(self) -> bool:
        """Whether it can be asked."""


@dataclass(frozen=True)
class Clamd:
    """The protocol of clamd (``zINSTREAM`` in its manual): the document goes there in pieces, and nowhere else."""

    host: str
    port: int

    @classmethod
    def at(cls, address: str | None) -> "Clamd | None":
        """The scanner at HOST:PORT; None where there is none."""
        if address is None:
            return None
        host, _, port = address.rpartition(":")
        return cls(host.strip("[]"), int(port))

    async def found_in(self, body: bytes) -> str | None:
        """As ``Scanner``: a document that it could not look at is not kept."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS), self._asked(b"zINSTREAM\0") as (reader, writer):
                for start in range(0, len(body), _PIECE):
                    piece = body[start : start + _PIECE]
                    writer.write(len(piece).to_bytes(4, "big") + piece)
                    await writer.drain()
                writer.write(bytes(4))
                said = (await reader.readuntil(b"\0"))[:-1].decode("utf-8", "replace").removeprefix("stream: ").strip()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise Fault("outside", f"the scanner of documents does not answer: {error!r}", retry=True) from None
        if said.endswith(_FOUND):
            return said.removesuffix(_FOUND)
        if said != _CLEAN:
            raise Fault("outside", f"the scanner of documents could not look: {said}", retry=True)
        return None

    async def lives(self) -> bool:
        """As ``Scanner``."""
        try:
            async with asyncio.timeout(_PING_SECONDS), self._asked(b"zPING\0") as (reader, _):
                return (await reader.readuntil(b"\0"))[:-1].decode("utf-8", "replace") == _LIVES
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return False

    @asynccontextmanager
    async def _asked(self, command: bytes) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(command)
            yield reader, writer
        finally:
            writer.close()
