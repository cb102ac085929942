"""Filings that an act names: by their id, or by any number of theirs that ``show`` takes."""

import asyncio
import re
from typing import Any

from cli.reading import reading
from client.meant import filing_meant, id_typed
from runtime.settings import Settings
from schemas.acts.act import FilingKind

_ASKED = {"filing_id": "FILING", "declaration_id": "--declaration", "parent_id": "--parent"}
_KINDS = {"declaration_id": FilingKind.DECLARATION}
"""What it has to be; FILING is of the kind of the act, and a parent of either."""
_LIKE_AN_ID = re.compile(r"[0-9A-Fa-f-]{30,}")
_NUMBER = re.compile(r".*\d.*")


def filings_found(kind: FilingKind, options: dict[str, Any]) -> dict[str, Any]:
    """The options with ids where numbers were typed; raises Refused where one means no filing, or several.

    What is neither stays, for the form to tell.
    """
    typed = {name: options[name] for name in _ASKED if _is_number(options.get(name))}
    return {**options, **asyncio.run(_looked_up(kind, typed))} if typed else options


def _is_number(text: object) -> bool:
    return (
        isinstance(text, str)
        and id_typed(text) is None
        and not _LIKE_AN_ID.fullmatch(text)
        and _NUMBER.fullmatch(text) is not None
    )


async def _looked_up(kind: FilingKind, typed: dict[str, str]) -> dict[str, str]:
    found = {}
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        for name, text in typed.items():
            wanted = kind if name == "filing_id" else _KINDS.get(name)
            filing_id, _ = await filing_meant(connection, text, wanted and wanted.value, _ASKED[name])
            found[name] = str(filing_id)
    return found
