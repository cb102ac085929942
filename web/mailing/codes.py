"""Mails codes to co-owners: made when they are sent, outside every transaction, and tried again after a fall."""

import asyncio
from contextlib import suppress
from secrets import token_bytes
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import structlog

from database.console.consent_links import ends_by_code, set_code
from database.pool import AWAY
from database.registers.audit_log import write_audit
from database.work.code_mails import MOST_TRIES, CodeMail, end_code_mail, put_code_mail, take_code_mail
from schemas.values.actor import Actor
from schemas.values.refusal import Fault, refuse
from web.consents.code import code_of, hashed_code
from web.mailing.mailer import is_address
from web.visit import NotFound
from web.words import word

if TYPE_CHECKING:
    from web.console import Console

_PAUSE_SECONDS = 2.0
log = structlog.get_logger()


async def ask_for_mail(console: "Console", mine: Actor, link_id: UUID, address: str) -> None:
    """A code for that link is mailed to the address soon.

    Raises Refused ``mail_address_unreadable``, and NotFound where no code is asked for.
    """
    if not is_address(address):
        raise refuse("mail_address_unreadable", "mail_to")
    sealed = console.sessions.door.keys.sealed("mail", link_id, address.encode())
    async with console.pool.acquire() as connection, connection.transaction():
        if not await ends_by_code(connection, link_id):
            raise NotFound
        await put_code_mail(connection, link_id, mine.party_id, sealed)
        await write_audit(connection, mine.party_id, mine.role.value, "mail_code", "granted", act_id=link_id)


async def mail_codes(console: "Console") -> None:
    """Until it is cancelled; a database that is away is waited for."""
    while True:
        with suppress(*AWAY, asyncpg.PostgresError):
            while await mail_next(console):
                pass
        await asyncio.sleep(_PAUSE_SECONDS)


async def mail_next(console: "Console") -> bool:
    """Sends the next one that is due; False where none is, or there is no mail server."""
    if console.mailer is None:
        return False
    keys, code = console.sessions.door.keys, code_of(token_bytes(32))
    async with console.pool.acquire() as connection:
        mail = await take_code_mail(connection)
        if mail is None:
            return False
        to = keys.opened("mail", mail.link_id, mail.sealed_to)
        is_wanted = to is not None and await set_code(
            connection, mail.link_id, hashed_code(keys, mail.link_id, code), mail.asked_by
        )
    if to is None or not is_wanted:  # used, withdrawn or over meanwhile
        await _ended(console, mail, is_sent=False)
        return True
    try:
        await console.mailer.send(to.decode(), _both("code_mail_subject"), _both("code_mail_text", code=code))
    except Fault as fault:
        log.warning("code_not_mailed", link_id=str(mail.link_id), tries=mail.tries, what=fault.what)
        if not fault.retry or mail.tries >= MOST_TRIES:
            await _ended(console, mail, is_sent=False)
        return True
    await _ended(console, mail, is_sent=True)
    return True


async def _ended(console: "Console", mail: CodeMail, *, is_sent: bool) -> None:
    async with console.pool.acquire() as connection:
        await end_code_mail(connection, mail, is_sent=is_sent)


def _both(key: str, **facts: object) -> str:
    separator = " / " if not facts else "\n\n"
    return separator.join(word(key, language, **facts) for language in ("zh", "en"))
