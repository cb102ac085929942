"""Strict JSON: what programs read differently (duplicate keys, NaN and the like) is refused, with its place."""

import json
import re
from typing import Any, NamedTuple

from schemas.values.refusal import refuse
from schemas.wire.reading import (
    DEEPEST,
    KEY_TOO_LONG,
    LONGEST_KEY,
    MOST_DIGITS,
    MOST_VALUES,
    NUMBER_TOO_LONG,
    TOO_DEEP,
    TOO_MANY,
    Why,
    malformed,
    out_of_place,
    place_of,
    twice,
    unseen_in,
)

_SHOWN_BYTES = 8
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)
_KEY_FOLLOWS = re.compile(r"\s*+:")
_LARGE_EXPONENT = re.compile(r"[0-9][eE][+-]?+0*+[0-9]{3}")
"""What would be read as infinite, or as nothing."""
_NO_NUMBER = Why("JSON 中没有这样的数字", "JSON has no such number")


def decoded(body: bytes, where: str) -> str:
    """UTF-8 text, with or without a byte order mark; names the bytes that are not, and what they may be."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = body[error.start : error.start + _SHOWN_BYTES]
        looks = _looks_like_gb18030(body)
        raise refuse(
            "encoding_unknown",
            where,
            offset=error.start,
            bytes=bad.hex(" ").upper(),
            guess_zh="，像是 GB18030" if looks else "",
            guess_en="; they look like GB18030" if looks else "",
        ) from error


def parse_json(text: str, where: str, first_line: int = 1) -> Any:
    """JSON without what programs read differently: a key twice, NaN, an endless number; and within the limits.

    ``first_line``: where the text begins in its file.
    """
    brackets = text.count("[") + text.count("{")
    if brackets > DEEPEST or brackets + text.count(",") > MOST_VALUES or _LARGE_EXPONENT.search(text):
        _look_through(text, where, first_line)
    try:
        return json.loads(text, object_pairs_hook=_distinct, parse_constant=_refuse, parse_int=_whole)
    except json.JSONDecodeError as error:
        why = out_of_place(text, error.pos)
        raise malformed(where, first_line + error.lineno - 1, error.colno, why) from error
    except _Odd as odd:
        _look_through(text, where, first_line)
        raise AssertionError("what the parser refused was not found again") from odd


class _Odd(Exception):
    """Something is wrong that the parser meets without its place."""


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs) or any(len(key) > LONGEST_KEY or not key.isprintable() for key in made):
        raise _Odd
    return made


def _refuse(constant: str) -> Any:
    raise _Odd(constant)


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise _Odd
    return int(digits)


class _Defect(NamedTuple):
    offset: int
    why: Why | None
    field: str = ""
    """Of a field that stands twice."""


def _look_through(text: str, where: str, first_line: int) -> None:
    defect = _first_defect(text)
    if defect is None:
        return
    line, column = place_of(text, defect.offset)
    line += first_line - 1
    raise twice(where, line, column, defect.field) if defect.why is None else malformed(where, line, column, defect.why)


def _first_defect(text: str) -> _Defect | None:  # noqa: C901  # one way a token
    """The first thing beyond the grammar of JSON; a text that keeps not even to that is told by the parser."""
    inside: list[set[str] | None] = []  # of an object its keys
    values = marks = 0
    for found in _TOKEN.finditer(text):
        word, offset = found[0], found.start()
        match word[0]:
            case "{" | "[":
                inside.append(set() if word == "{" else None)
                values += 1
                if len(inside) > DEEPEST:
                    return _Defect(offset, TOO_DEEP)
            case "}" | "]":
                if not inside:
                    return None
                inside.pop()
            case ":" | ",":
                marks += 1
            case '"':
                keys = inside[-1] if inside else None
                if keys is None or not _KEY_FOLLOWS.match(text, found.end()):
                    values += 1
                    continue
                try:
                    key = str(json.loads(word)) if "\\" in word else word[1:-1]
                except ValueError:
                    return None
                if len(key) > LONGEST_KEY:
                    return _Defect(offset, KEY_TOO_LONG)
                if (unseen := unseen_in(key)) is not None:
                    return _Defect(offset, unseen)
                if key in keys:
                    return _Defect(offset, None, key)
                keys.add(key)
            case _:
                values += 1
                if (why := _wrong_number(word)) is not None:
                    return _Defect(offset, why)
        if values > MOST_VALUES:
            return _Defect(offset, TOO_MANY)
        if marks > 2 * MOST_VALUES:
            return None
    return None


def _wrong_number(word: str) -> Why | None:
    plain = word.lstrip("-")
    if plain in ("NaN", "Infinity"):
        return _NO_NUMBER
    if plain.isdigit():
        return NUMBER_TOO_LONG if len(plain) > MOST_DIGITS else None
    return _NO_NUMBER if _LARGE_EXPONENT.search(word) else None


def _looks_like_gb18030(body: bytes) -> bool:
    try:
        text = body.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= character <= "\u9fff" for character in text)
