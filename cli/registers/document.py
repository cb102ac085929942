"""``document``: evidence by content hash. Acts name the hash; the document itself never travels."""

import asyncio
import mimetypes
import os
from pathlib import Path
from uuid import UUID

import click

from cli.done import note
from cli.files.body import read_bytes
from cli.ids import given_id, given_text
from cli.output import json_option, put_json, put_pairs, sentence
from cli.reading import reading
from cli.typed.commands import worded_group
from database.registers.documents import add_document
from runtime.settings import Settings


@worded_group()
def document() -> None:
    """The evidence store."""


@document.command()
@click.argument("file", metavar="FILE")
@click.option("--by", required=True, metavar="PARTY")
@click.option("--name")
@click.option("--media-type")
@json_option
def add(file: str, by: str, name: str | None, media_type: str | None, as_json: bool) -> None:
    """Stores FILE (- for standard input), at most 10 MB, and prints its content hash."""
    who = given_id(by, "--by")
    body = read_bytes(file)
    # A name from another system's archive can be no UTF-8 text; what it cannot say is shown as such.
    name = given_text(name or os.fsencode(Path(file).name).decode(errors="replace"), "--name")
    media_type = given_text(media_type or mimetypes.guess_type(name)[0] or "application/octet-stream", "--media-type")
    content_hash = asyncio.run(_add(body, name, media_type, who))
    found = {"content_hash": content_hash, "name": name, "media_type": media_type, "size": len(body)}
    if as_json:
        put_json(found)
    else:
        put_pairs("document", found)


async def _add(body: bytes, name: str, media_type: str, who: UUID) -> str:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        content_hash = await add_document(connection, body, name=name, media_type=media_type, added_by=who)
    note(sentence("done_document", id=content_hash), sentence("done_again"))
    return content_hash
