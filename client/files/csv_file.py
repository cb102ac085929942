"""A CSV file as records, read once to know it and once to use it, and never held as a whole."""

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from client.files.raw_lines import LONGEST_LINE, RawLine, bad_bytes, raw_lines
from client.files.unreadable import irregular, unreadable
from schemas.values.refusal import Refusal, refusal, refuse

UTF8, UTF8_BOM, GB18030 = "UTF-8", "UTF-8 with a byte order mark", "GB18030"
_BOM = b"\xef\xbb\xbf"
_OTHER_MARKS = {b"\xff\xfe": "UTF-16LE", b"\xfe\xff": "UTF-16BE"}
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheet programs begin, the new ones (xlsx, ods) and the old (xls)."""
_MOST_LINES = 100
"""Lines of one record: a quotation mark that is never closed must not swallow the rest of the file."""
_DELIMITERS = ",\t;"
csv.field_size_limit(2 * LONGEST_LINE)  # records are bounded below; the module's own bound would be told as a bad quote


class Survey(NamedTuple):
    """What a first reading of the file tells: its SHA-256 in hex, its encoding and how many lines it has."""

    hash: str
    encoding: str
    lines: int

    @property
    def codec(self) -> str:
        return "gb18030" if self.encoding == GB18030 else "utf-8"


class Record(NamedTuple):
    """One row; ``line`` is its first line. Without cells, ``refusals`` says why."""

    line: int
    body: bytes
    cells: Sequence[str] = ()
    refusals: tuple[Refusal, ...] = ()


def survey(path: Path) -> Survey:
    """Reads the file once. The encoding is the one that most of its lines speak for.

    Raises Unreadable, or Refused ``file_is_workbook`` or ``encoding_unsupported``.
    """
    digest, lines, start = sha256(), 0, b""
    utf8, gb18030 = 0, 0
    try:
        if path.exists() and not path.is_file():
            raise irregular(path)
        with path.open("rb") as file:
            while chunk := file.readline(LONGEST_LINE):
                lines += 1
                start = start or chunk
                digest.update(chunk)
                if not chunk.isascii():
                    if _is(chunk, "utf-8"):
                        utf8 += 1
                    elif _is(chunk, "gb18030"):
                        gb18030 += 1
    except OSError as error:
        raise unreadable(path, error) from error
    if start.startswith(_WORKBOOKS):
        raise refuse("file_is_workbook", str(path), name=path)
    other = _OTHER_MARKS.get(start[:2]) or ("UTF-16 (?)" if b"\0" in start else None)
    if other:
        raise refuse("encoding_unsupported", str(path), encoding=other)
    # UTF-8 is often GB18030 by accident, and the other way round a line hardly ever is: so UTF-8 is asked first.
    encoding = UTF8_BOM if start.startswith(_BOM) else GB18030 if gb18030 > utf8 else UTF8
    return Survey(digest.hexdigest(), encoding, lines)


def _is(chunk: bytes, codec: str) -> bool:
    try:
        chunk.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def records(path: Path, known: Survey) -> Iterator[Record]:
    """The header first, then every row that is not blank; each with its cells, or with what is wrong."""
    delimiter = ""
    with path.open("rb") as file:
        for first, body, is_closed in _joined(raw_lines(file)):
            if first.offset == 0:
                body = body.removeprefix(_BOM)
            if not body.strip(b" \t\r\n,;"):
                continue
            if not is_closed:
                code = "quote_unclosed" if not first.cut else "line_too_long"
                yield _bad(first, body, refusal(code, "", line=first.number, size=LONGEST_LINE))
                continue
            try:
                text = body.decode(known.codec)
            except UnicodeDecodeError as error:
                shift = first.offset + (len(_BOM) if first.offset == 0 and known.encoding == UTF8_BOM else 0)
                line = first.number + body.count(b"\n", 0, error.start)
                yield _bad(
                    first,
                    body,
                    refusal(
                        "bytes_unreadable",
                        "",
                        line=line,
                        offset=shift + error.start,
                        bytes=bad_bytes(error),
                        encoding=known.encoding,
                    ),
                )
                continue
            delimiter = delimiter or max(_DELIMITERS, key=text.count)
            try:
                cells, *more = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            except csv.Error:
                yield _bad(first, body, refusal("quote_unclosed", "", line=first.number))
            else:
                # Only a carriage return alone divides rows inside one of our lines; they would be lost in silence.
                if any(cell.strip() for row in more for cell in row):
                    yield _bad(first, body, refusal("line_end_alone", "", line=first.number, rows=1 + len(more)))
                else:
                    yield Record(first.number, body, cells)


def _bad(first: RawLine, body: bytes, *refusals: Refusal) -> Record:
    return Record(first.number, body, refusals=refusals)


def _joined(lines: Iterable[RawLine]) -> Iterator[tuple[RawLine, bytes, bool]]:
    """Lines that a quoted line break holds together; False where a quotation mark is not closed, or the line is cut."""
    # In UTF-8 and in GB18030 the byte 0x22 is a quotation mark and never a part of something else.
    source, back = iter(lines), deque[RawLine]()

    def take() -> RawLine | None:
        return back.popleft() if back else next(source, None)

    while (first := take()) is not None:
        taken, size, is_open = [first], len(first.body), first.body.count(b'"') % 2 == 1
        while (
            is_open
            and not taken[-1].cut
            and size < LONGEST_LINE
            and len(taken) < _MOST_LINES
            and (line := take()) is not None
        ):
            taken.append(line)
            size += len(line.body)
            is_open ^= line.body.count(b'"') % 2 == 1
        if is_open or taken[-1].cut:
            back.extendleft(reversed(taken[1:]))
            yield first, first.body, False
        else:
            yield first, b"".join(line.body for line in taken), True
