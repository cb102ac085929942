"""Strict JSON: what programs read differently (duplicate keys, NaN and the like) is refused, with its place."""

import json
from typing import Any

from schemas.values.refusal import refuse

_SHOWN_BYTES = 8


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
    """JSON without what programs read differently: a key twice, NaN and Infinity.

    ``first_line``: where the text begins in its file.
    """

    def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in pairs:
            if key in made:
                raise refuse("field_twice", where, field=key)
            made[key] = value
        return made

    def not_a_number(constant: str) -> Any:
        raise refuse("json_malformed", where, line="?", column="?", why=f"{constant} is no JSON")

    try:
        return json.loads(text, object_pairs_hook=distinct, parse_constant=not_a_number)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise refuse("json_malformed", where, line=line, column=error.colno, why=error.msg) from error
    except (RecursionError, ValueError) as error:  # nested too deep, or an integer of thousands of digits
        raise refuse("json_malformed", where, line="?", column="?", why=error) from error


def _looks_like_gb18030(body: bytes) -> bool:
    try:
        text = body.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= character <= "\u9fff" for character in text)
