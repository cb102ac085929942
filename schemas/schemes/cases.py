"""What stands in a place by the value of a fact: one thing for each value, and within it again by another fact."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from pydantic import ConfigDict
from pydantic_core import PydanticCustomError

from schemas.schemes.clauses import exactly_one
from schemas.schemes.vocabularies import CASE_FACTS, possible_fact, possible_value, schema_of_fact, schema_of_value


class Cased(Protocol):
    """What either says something itself, or has ``by``, ``cases`` and perhaps ``otherwise``."""

    @property
    def by(self) -> str | None: ...
    @property
    def cases(self) -> Mapping[str, Any] | None: ...
    @property
    def otherwise(self) -> Any: ...


class Chosen(NamedTuple):
    """What a place says of one set of facts. ``path``: the values that were looked at, from the outside in."""

    path: tuple[str, ...]
    found: Any
    """None where nothing is said for these values."""
    missing: str = ""
    """The fact that nobody stated."""


class Leaf(NamedTuple):
    """One of the things that a place can say: its place in the file, for which values, and what."""

    place: str
    values: Mapping[str, str]
    """By fact; empty for the values that have no case of their own."""
    said: Any

    @property
    def path(self) -> tuple[str, ...]:
        """The values from the outside in."""
        return tuple(self.values.values())

    def excludes(self, other: "Leaf") -> bool:
        """Whether nothing can have the values of both."""
        return any(other.values.get(fact, value) != value for fact, value in self.values.items())

    def covers(self, other: "Leaf") -> bool:
        """Whether whatever has the values of the other has those of this one."""
        return "" not in self.path and self.values.items() <= other.values.items()


def chosen(place: Cased, value_of: Callable[[str], str | None]) -> Chosen:
    """What the place says where a fact has the value that ``value_of`` gives."""
    path: tuple[str, ...] = ()
    found: Cased | None = place
    while found is not None and found.by is not None:
        value = value_of(found.by)
        if value is None:
            return Chosen(path, None, found.by)
        path = (*path, value)
        found = (found.cases or {}).get(value, found.otherwise)
    return Chosen(path, found)


def leaves(place: Cased, name: str) -> Iterator[Leaf]:
    """Everything that the place can say, in the order of the file."""
    yield from _leaves(place, name, {})


def _leaves(place: Cased, name: str, values: Mapping[str, str]) -> Iterator[Leaf]:
    if place.by is None:
        yield Leaf(name, values, place)
        return
    for value, case in (place.cases or {}).items():
        yield from _leaves(case, f"{name}.cases.{value}", {**values, place.by: value})
    if place.otherwise is not None:
        yield from _leaves(place.otherwise, f"{name}.otherwise", {**values, place.by: ""})


def facts_of(place: Cased) -> tuple[str, ...]:
    """Every fact that the place goes by, each once."""
    own = () if place.by is None else (place.by,)
    inner = [*(place.cases or {}).values(), *(() if place.otherwise is None else (place.otherwise,))]
    return tuple(dict.fromkeys([*own, *(fact for one in inner for fact in facts_of(one))]))


def require_cases(place: Cased, says_something: bool) -> None:
    """Raises where ``by``, ``cases`` and ``otherwise`` do not stand together, or beside something else."""
    if (place.by is None) is not (place.cases is None) or (place.by is None and place.otherwise is not None):
        raise PydanticCustomError("cases_unclear", "by and cases stand together, otherwise with them")
    if place.by is not None and (says_something or not place.cases):
        raise PydanticCustomError("cases_unclear", "with by, each way stands in its case")
    if place.by is not None:
        possible_fact(place.by, CASE_FACTS)
        for value in place.cases or ():
            possible_value(place.by, value, CASE_FACTS)


def shape_of_cases(*ways: str) -> ConfigDict:
    """Tells the JSON Schema that one of these keys stands here, and which cases ``by`` can have."""
    shape: Any = exactly_one(*ways)["json_schema_extra"]
    by_fact: list[Any] = [
        {
            "if": {"properties": {"by": {"const": name}}, "required": ["by"]},
            "then": {"properties": {"cases": {"propertyNames": schema_of_value(vocabulary)}}},
        }
        for name, vocabulary in CASE_FACTS.items()
    ]
    of_any: Any = {
        "properties": {
            "by": {"anyOf": [schema_of_fact(CASE_FACTS), {"type": "null"}]},
            "cases": {"minProperties": 1, "propertyNames": {"not": {"const": "unknown"}}},
        },
        "dependentRequired": {"by": ["cases"], "cases": ["by"], "otherwise": ["by"]},
    }
    return ConfigDict(json_schema_extra={**shape, "allOf": [of_any, *by_fact]})
