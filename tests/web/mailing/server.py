"""A server of mail for tests: it speaks as RFC 5321 says, keeps what it takes, and can refuse or be silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from web.mailing.mailer import Smtp

SENDER = "codes@licences.example"


@dataclass
class MailServer:
    """``recipient``: what it answers to each address."""

    recipient: str = "250 ok"
    is_silent: bool = False
    port: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)

    @property
    def smtp(self) -> Smtp:
        return Smtp("127.0.0.1", self.port, SENDER)

    async def heard(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_silent:
            await reader.read()
            writer.close()
            return
        await _say(writer, "220 tests")
        to = ""
        while line := (await reader.readline()).decode().strip():
            match line.split(":")[0].split()[0].upper():
                case "RCPT":
                    to = line.partition(":")[2].split()[0].strip("<>")
                    await _say(writer, self.recipient)
                case "DATA":
                    await _say(writer, "354 go on")
                    body = await reader.readuntil(b"\r\n.\r\n")
                    self.taken.append((to, message_from_bytes(body[:-3].replace(b"\r\n..", b"\r\n."), policy=default)))
                    await _say(writer, "250 taken")
                case "QUIT":
                    await _say(writer, "221 bye")
                    break
                case _:
                    await _say(writer, "250 ok")
        writer.close()


async def _say(writer: asyncio.StreamWriter, line: str) -> None:
    writer.write(f"{line}\r\n".encode())
    await writer.drain()


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    """At a port of this machine."""
    kept = MailServer()
    server = await asyncio.start_server(kept.heard, "127.0.0.1", 0)
    async with server:
        kept.port = server.sockets[0].getsockname()[1]
        yield kept
