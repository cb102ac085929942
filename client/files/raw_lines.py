"""Lines of a file as bytes, with their place in it; the file is never held as a whole."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

LONGEST_LINE = 1024 * 1024
_SHOWN_BYTES = 8


class RawLine(NamedTuple):
    """One line; ``number`` counts from 1, ``offset`` is its first byte in the file, ``cut``: it is longer than that."""

    number: int
    offset: int
    body: bytes
    cut: bool = False


def raw_lines(file: BinaryIO) -> Iterator[RawLine]:
    """Every line with its line ending; of one longer than ``LONGEST_LINE`` only the beginning."""
    number, offset = 0, 0
    while body := file.readline(LONGEST_LINE + 1):
        number += 1
        size = len(body)
        cut = size > LONGEST_LINE
        rest = body
        while cut and not rest.endswith(b"\n") and (rest := file.readline(LONGEST_LINE)):
            size += len(rest)
        yield RawLine(number, offset, body, cut)
        offset += size


def bad_bytes(error: UnicodeDecodeError) -> str:
    """The bytes that are no text, in hex, as few as tell."""
    return error.object[error.start : min(max(error.end, error.start + 1), error.start + _SHOWN_BYTES)].hex(" ").upper()
