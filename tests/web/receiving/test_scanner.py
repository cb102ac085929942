"""A document is kept when the scanner has looked and found nothing, and never when it could not look."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from runtime.settings import Settings, SetupError
from schemas.values.refusal import Fault, Refused
from web.console import Console
from web.receiving.judging import judged
from web.receiving.scanner import Clamd, Scanner

_NOBODY: Any = None
INFECTED = b"a document with the TEST-SIGNATURE in it"


@asynccontextmanager
async def clamd(says: Callable[[bytes], bytes]) -> AsyncIterator[Clamd]:
    """A daemon that speaks as clamd does; ``says``: its answer to a document."""

    async def heard(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command, document = await reader.readuntil(b"\0"), b""
        if command == b"zINSTREAM\0":
            while size := int.from_bytes(await reader.readexactly(4), "big"):
                document += await reader.readexactly(size)
        writer.write(b"PONG\0" if command == b"zPING\0" else says(document))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(heard, "127.0.0.1", 0)
    async with server:
        yield Clamd("127.0.0.1", server.sockets[0].getsockname()[1])


def looks(document: bytes) -> bytes:
    return b"stream: Test-Signature FOUND\0" if b"TEST-SIGNATURE" in document else b"stream: OK\0"


def _console(scanner: Scanner | None) -> Console:
    return Console(Settings(), _NOBODY, _NOBODY, _NOBODY, _NOBODY, scanner=scanner)


async def test_what_the_scanner_finds_is_refused_beside_its_field() -> None:
    async with clamd(looks) as scanner:
        with pytest.raises(Refused) as told:
            await judged(_console(scanner), INFECTED, "report.txt", "evidence.0@file")
        (no,) = told.value.refusals
        assert (no.code, no.where, no.facts["found"]) == ("document_infected", "evidence.0@file", "Test-Signature")
        large = b"clean " * 200_000
        assert await judged(_console(scanner), large, "report.txt", "evidence.0@file") == "text/plain"
        assert await scanner.lives()


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"x" * 70_000])
async def test_what_the_scanner_could_not_look_at_is_not_kept(answer: bytes) -> None:
    async with clamd(lambda _: answer) as scanner:
        with pytest.raises(Fault, match="scanner") as told:
            await judged(_console(scanner), b"a document", "report.txt", "evidence.0@file")
    assert (told.value.whose, told.value.retry) == ("outside", True)


async def test_a_scanner_that_is_away_is_told_and_nothing_is_kept() -> None:
    async with clamd(looks) as scanner:
        pass
    assert not await scanner.lives()
    with pytest.raises(Fault, match="does not answer"):
        await judged(_console(scanner), b"a document", "report.txt", "evidence.0@file")


async def test_what_the_content_forbids_is_refused_without_asking_it() -> None:
    gone = Clamd("127.0.0.1", 1)
    for body, code in ((b"", "document_empty"), (b"MZ\x90\x00 a program", "document_kind_not_taken")):
        with pytest.raises(Refused, match=code):
            await judged(_console(gone), body, "report.pdf", "evidence.0@file")
    assert await judged(_console(None), b"a document", "report.txt", "evidence.0@file") == "text/plain"


def test_its_address_is_of_the_settings() -> None:
    assert Clamd.at(Settings.read({}).scanner) is None
    assert Clamd.at(Settings.read({"OPEN_LICENCE_SCANNER": "[::1]:3310"}).scanner) == Clamd("::1", 3310)
    with pytest.raises(SetupError, match="OPEN_LICENCE_SCANNER"):
        Settings.read({"OPEN_LICENCE_SCANNER": "clamd"})
