"""Where two values part: every place by its path, so that an amount is named and not the answer around it."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from schemas.values.canonical import plain
from schemas.values.money import stored

MOST = 20
"""Places told of one pair; two wholly different answers differ everywhere."""


def places(proved: Any, found: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """(path, proved, found) of every leaf that differs; ``.determinations.0.result.1.amount``."""
    one, other = _plain(proved), _plain(found)
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            if key not in one or key not in other:
                if one.get(key) != other.get(key):  # a field without a value is as if it were not there
                    yield f"{path}.{key}", one.get(key), other.get(key)
            else:
                yield from places(one[key], other[key], f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from places(left, right, f"{path}.{place}")
    elif one != other:
        yield path, one, other


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return stored(value)
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else plain(value)
