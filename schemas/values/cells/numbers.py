"""Amounts, rates and whole numbers as people write them; never by way of a float."""

import re
from typing import Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from schemas.values.cells.reading import cut, plain

_YUAN = re.compile(
    r"(?P<sign>-?)(?:¥|RMB|CNY|人民币)? ?(?P<yuan>-?[0-9][0-9,]*(?:\.[0-9]+)?) ?(?:元整?|圆整?|yuan)?", re.IGNORECASE
)
_IN_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_WHOLE = re.compile(r"-?[0-9]{1,18}")


def yuan_of(text: str) -> str:
    """``￥10,000.00 元`` -> ``10000.00``; what is no amount of yuan comes back as it was, for the refusal to show."""
    met = _YUAN.fullmatch(plain(text))
    if met is None:
        return text
    signs, digits = met["sign"] + met["yuan"][: met["yuan"].startswith("-")], met["yuan"].lstrip("-")
    whole, point, rest = digits.partition(".")
    if len(signs) > 1 or not _IN_GROUPS.fullmatch(whole):
        return text
    return f"{signs}{whole.replace(',', '')}{point}{rest}"


def percent_of(text: str) -> str:
    """``３ %`` -> ``3``; what is no number of percent comes back without its sign, for the refusal to show."""
    return plain(text).removesuffix("%").strip()


def whole_of(text: str) -> int:
    """Digits, and nothing that only one program takes for a number: no ``1_000``, ``1e3``, ``3.0`` or ``True``."""
    found = plain(text)
    if not _WHOLE.fullmatch(found):
        raise PydanticCustomError("not_a_whole_number", "digits, and nothing else", {"given": cut(text)})
    return int(found)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return whole_of(value)
    if isinstance(value, bool | float):
        raise PydanticCustomError("not_a_whole_number", "digits, and nothing else", {"given": str(value).lower()})
    return value


DIGITS = BeforeValidator(_whole)
"""For every whole number that comes from outside: pydantic alone also takes true, 3.0 and 1_0."""
