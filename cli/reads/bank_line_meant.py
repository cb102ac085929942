"""Which lines of the bank a person means who types a serial, a line, or the id of what its money went through."""

from uuid import UUID

from client.meant import id_typed, told_nearest
from database.pool import Connection
from database.reads.trace import bank_keys_about, bank_keys_near, bank_keys_with_serial, filings_that_paid, is_known
from schemas.values.outside import normal
from schemas.values.refusal import refuse

_WHERE = "BANK-LINE"


async def bank_lines_meant(connection: Connection, text: str) -> list[str]:
    """Their keys. Raises Refused where nothing is meant, several things are, or what is meant has no bank line."""
    one = id_typed(text)
    if one is not None and await is_known(connection, one):
        return await _lines_of(connection, text, one)
    lines = await _typed(connection, text)
    is_whole = any(_squeezed(key) == _squeezed(text) for key in lines)
    paid = [] if is_whole else await filings_that_paid(connection, normal("bank_serial", text))
    choices = [*lines, *map(str, paid)]
    if len(choices) > 1:
        raise refuse("several_bank_lines", _WHERE, text=text, choices="; ".join(choices))
    if paid:
        return await _lines_of(connection, text, paid[0])
    if not lines:
        near = await bank_keys_near(connection, normal("bank_serial", text.split()[-1]))
        raise refuse("nothing_to_trace", _WHERE, text=text, nearest=told_nearest(text, near))
    return lines


async def _lines_of(connection: Connection, text: str, one: UUID) -> list[str]:
    found = await bank_keys_about(connection, one)
    if not found:
        raise refuse("no_bank_line_of_it", _WHERE, text=text)
    return found


async def _typed(connection: Connection, text: str) -> list[str]:
    """Lines that end in what was typed: the serial whole, before it as much as was typed of account and bank.

    Whoever types a blank within the serial means the same, so that the last words can be one serial.
    """
    words = text.split()
    ends = ["".join(words[start:]) for start in range(len(words))]
    found = await bank_keys_with_serial(connection, [*ends, *(normal("bank_serial", one) for one in ends)])
    ending = [key for key in found if _squeezed(key).endswith(_squeezed(text))]
    whole = [key for key in ending if _squeezed(key) == _squeezed(text)]
    return [key for key in whole if key == text] or whole or ending


def _squeezed(text: str) -> str:
    return normal("account", text)
