"""What a file is, told by its content; its name and what the browser says of it are believed by nobody."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from schemas.values.refusal import refuse

LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_PIXELS = 80_000_000
"""A page of A4 at 600 points an inch has 35 million; a picture that unpacks to more is a bomb."""
_PNG, _JPEG, _PDF, _ZIP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-", b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "OFD.xml": "application/ofd",
}
"""What a package is, by the part that it must have."""
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile)\b")


def kind_of(body: bytes, name: str, where: str) -> str:
    """The media type of a document that we take: PDF, OFD, pictures, Word and Excel without macros, plain text.

    Raises Refused ``document_kind_not_taken``, ``document_has_macros`` or ``document_too_large_inside``.
    """
    for start, kind in _KINDS:
        if body.startswith(start):
            return kind(body, name, where)
    if _is_text(body):
        return "text/plain"
    raise refuse("document_kind_not_taken", where, name=name)


def _pdf(body: bytes, name: str, where: str) -> str:
    if _ACTIVE_PDF.search(body):
        raise refuse("document_has_macros", where, name=name)
    return "application/pdf"


def _png(body: bytes, name: str, where: str) -> str:
    width, height = int.from_bytes(body[16:20], "big"), int.from_bytes(body[20:24], "big")
    return _picture("image/png", width * height, name, where)


def _jpeg(body: bytes, name: str, where: str) -> str:
    return _picture("image/jpeg", _jpeg_pixels(body), name, where)


def _picture(media_type: str, pixels: int, name: str, where: str) -> str:
    if not pixels:
        raise refuse("document_kind_not_taken", where, name=name)
    if pixels > MOST_PIXELS:
        raise refuse("document_too_large_inside", where, name=name)
    return media_type


def _jpeg_pixels(body: bytes) -> int:
    """Of the frame's head; 0 where there is none, and it is no picture."""
    at = 2
    while at + 9 < len(body) and body[at] == 0xFF:
        marker, size = body[at + 1], int.from_bytes(body[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(body[at + 5 : at + 7], "big") * int.from_bytes(body[at + 7 : at + 9], "big")
        at += 2 + size
    return 0


def _package(body: bytes, name: str, where: str) -> str:
    try:
        parts = zipfile.ZipFile(BytesIO(body)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise refuse("document_kind_not_taken", where, name=name) from None
    if sum(one.file_size for one in parts) > LARGEST_UNPACKED:
        raise refuse("document_too_large_inside", where, name=name)
    names = {one.filename for one in parts}
    if any("vbaproject" in one.lower() or "/activex/" in one.lower() for one in names):
        raise refuse("document_has_macros", where, name=name)
    for part, media_type in _OFFICE.items():
        if part in names:
            return media_type
    raise refuse("document_kind_not_taken", where, name=name)


def _old_office(_body: bytes, name: str, where: str) -> str:
    # Word and Excel of before 2007 can hold macros anywhere.
    raise refuse("document_has_macros", where, name=name)


_KINDS: tuple[tuple[bytes, Callable[[bytes, str, str], str]], ...] = (
    (_PDF, _pdf),
    (_PNG, _png),
    (_JPEG, _jpeg),
    (_ZIP, _package),
    (_OLE, _old_office),
)


def _is_text(body: bytes) -> bool:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in "\r\n\t" for sign in text) and not text.lstrip().startswith("<")
