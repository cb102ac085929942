"""A delivery file that is one JSON document: a batch of events (CloudEvents JSON 4), or one over several lines."""

from typing import Any, BinaryIO

from database.registers.documents import LARGEST_DOCUMENT
from schemas.values.refusal import Refused, refuse
from schemas.wire.json_text import decoded, parse_json

_BEFORE = b"\xef\xbb\xbf \t\r\n"


def events_in(file: BinaryIO, where: str) -> list[Any] | None:
    """The events of the document; None where the file is one event a line, and then it is at its beginning again.

    Raises Refused for a batch that is no JSON, or larger than 10 MB.
    """
    if not file.seekable():
        return None
    body = file.read(LARGEST_DOCUMENT + 1)
    file.seek(0)
    text = body.lstrip(_BEFORE)
    if text.startswith(b"["):
        if len(body) > LARGEST_DOCUMENT:
            raise refuse("document_too_large", where, size=f"> {LARGEST_DOCUMENT}", largest=LARGEST_DOCUMENT)
        given = parse_json(decoded(body, where), where)
        return given if isinstance(given, list) else [given]
    first, rest = text.partition(b"\n")[::2]
    if not text.startswith(b"{") or first.rstrip().endswith(b"}") or not rest.rstrip().endswith(b"}"):
        return None
    try:
        return [parse_json(decoded(body, where), where)]
    except Refused:
        return None  # lines, of which the first is broken
