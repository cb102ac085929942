"""What a later fact changed: two positions, field by field, entries of a list by their keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from schemas.standing.position import BasePosition

_LEFT_OUT = ("determination", "surroundings", "facts", "scheme")
"""Long, and said by what follows from them; ``audit bundle`` has them whole."""


@dataclass(frozen=True)
class Change:
    """One field that says something else: ``was`` or ``now`` is None where it did not stand or stands no more."""

    field: str
    was: Any
    now: Any


def changes(before: BasePosition | None, after: BasePosition | None) -> list[Change]:
    """Every difference, in the order of the fields."""
    return [*_changes("", _said(before), _said(after))]


def _said(position: BasePosition | None) -> dict[str, Any]:
    return {} if position is None else position.model_dump(mode="json", exclude=set(_LEFT_OUT))


def _changes(path: str, was: Any, now: Any) -> Iterator[Change]:
    one, other = _entries(was), _entries(now)
    if one is None or other is None:
        if was != now:
            yield Change(path, was, now)
        return
    for name in dict.fromkeys([*one, *other]):
        yield from _changes(f"{path}.{name}" if path else name, one.get(name), other.get(name))


def _entries(value: Any) -> dict[str, Any] | None:
    """What can be compared part by part: fields, or the entries of a list that have a name of their own."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        for key in ("key", "receipt_id", "claim_id", "bar"):
            if value and all(key in one for one in value):
                return {str(one[key]): one for one in value}
        return {} if not value else None
    return None
