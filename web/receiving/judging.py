"""Whether a document is kept: by its content first, then by the scanner, where the settings name one."""

from schemas.values.refusal import refuse
from web.console import Console
from web.content import kind_of


async def judged(console: Console, body: bytes, name: str, where: str) -> str:
    """The media type of a document that is taken.

    Raises Refused as ``kind_of``, ``document_empty`` and ``document_infected``; a Fault where the scanner is away: what
    nobody looked at is not kept.
    """
    if not body:
        raise refuse("document_empty", where)
    media_type = kind_of(body, name, where)
    await scanned(console, body, name, where)
    return media_type


async def scanned(console: Console, body: bytes, name: str, where: str) -> None:
    """Returns where the scanner finds nothing, or the settings name none; raises as ``judged``."""
    if console.scanner is not None and (found := await console.scanner.found_in(body)) is not None:
        raise refuse("document_infected", where, name=name, found=found)
