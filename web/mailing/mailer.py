"""A mail server at an address of the settings; or whatever else can carry a short text to somebody."""

import asyncio
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import unquote, urlsplit

from schemas.values.refusal import Fault

_PATIENCE_SECONDS = 10.0
"""For each word of the server; a mail has about ten of them."""
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")


class Mailer(Protocol):
    """What carries a text to an address."""

    async def send(self, to: str, subject: str, text: str) -> None:
        """Returns when it was taken over. Raises Fault where it was not; ``retry``: whether a later try can help."""


def is_address(text: str) -> bool:
    """Whether mail can go there: one plain address, without a name, a blank or a line of a header."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


@dataclass(frozen=True)
class Smtp:
    """A server of mail (RFC 5321), always encrypted unless it is this machine's own."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    is_encrypted_at_once: bool = False

    @classmethod
    def at(cls, address: str | None, sender: str | None) -> "Smtp | None":
        """The server at ``smtp://USER:PASSWORD@HOST:587`` or ``smtps://…:465``; None where there is none."""
        if address is None or sender is None:
            return None
        parts = urlsplit(address)
        at_once = parts.scheme == "smtps"
        return cls(
            parts.hostname or "",
            parts.port or (465 if at_once else 587),
            sender,
            unquote(parts.username) if parts.username else None,
            unquote(parts.password) if parts.password else None,
            at_once,
        )

    async def send(self, to: str, subject: str, text: str) -> None:
        """As ``Mailer``: a server that is away or wants a pause can be tried again, one that refuses for good not."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        try:
            await asyncio.to_thread(self._sent, message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = {code for code, _ in error.recipients.values()}
            raise Fault("caller", f"the mail server refuses the address: {codes}", retry=min(codes) < 500) from None
        except smtplib.SMTPResponseException as error:
            raise Fault("outside", f"the mail server says {error.smtp_code}", retry=error.smtp_code < 500) from None
        except (OSError, smtplib.SMTPException) as error:
            raise Fault("outside", f"the mail server does not answer: {type(error).__name__}", retry=True) from None

    def _sent(self, message: EmailMessage) -> None:
        secure = ssl.create_default_context()
        if self.is_encrypted_at_once:
            with smtplib.SMTP_SSL(self.host, self.port, timeout=_PATIENCE_SECONDS, context=secure) as server:
                self._given(server, message)
            return
        with smtplib.SMTP(self.host, self.port, timeout=_PATIENCE_SECONDS) as server:
            if not self._is_own():
                server.starttls(context=secure)
            self._given(server, message)

    def _given(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        if self.user is not None:
            server.login(self.user, self.password or "")
        server.send_message(message)

    def _is_own(self) -> bool:
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
