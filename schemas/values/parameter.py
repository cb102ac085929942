"""A dated legal quantity: what it is worth from which day, and which provision says so."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from schemas.values.determination import Citation
from schemas.values.model import Filled, Model

Exact = int | Decimal | str | tuple[str, ...]
"""One exact value: a whole number, a decimal fraction, a text, or a list of words."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_KEY = re.compile(r"[a-z0-9][a-z0-9_]*")

StrictDay = Annotated[date, Field(strict=True)]  # a number would be read as seconds since 1970
Counted = Literal["patent_law", "civil", "working_days", "corresponding_day"]
"""Which calendar counts a period (domain L-02); on the corresponding day it ends without being moved."""
Mark = Literal["V1", "V2", "S", "I", "M"]
"""Confidence: article read, secondary text, seed document, inference, memory."""


def _exact(raw: Any) -> Any:
    if isinstance(raw, Mapping):
        for key in raw:
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                raise PydanticCustomError(
                    "bad_key", "{key} is not a key in snake_case; quote and rename it", {"key": str(key)}
                )
        return {key: _exact(part) for key, part in raw.items()}
    if isinstance(raw, list) and raw and all(isinstance(word, str) and word for word in raw):
        return tuple(raw)
    if isinstance(raw, str) and raw:
        return Decimal(raw) if _NUMBER.fullmatch(raw) else raw
    if type(raw) is int:
        return raw
    raise PydanticCustomError(
        "not_exact", 'write a whole number, a quoted decimal such as "0.5", a text, a list of texts, or keys with these'
    )


_ONE_DAY = timedelta(days=1)


class DatedValue(Model):
    """What a parameter is worth from ``since`` on, until the next value begins or ``until`` (that day included)."""

    since: StrictDay = Field(alias="from")
    until: StrictDay | None = None
    value: Annotated[Any, PlainValidator(_exact)]
    cite: Citation
    status: Literal["planned", "draft", "in_force", "repealed"]
    mark: Mark
    checked_on: StrictDay
    """The last day on which a person compared the value with its source."""

    @model_validator(mode="after")
    def _ends_in_order(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise PydanticCustomError("ends_before_it_begins", "until lies before from; swap or correct them")
        if self.status == "repealed" and self.until is None:
            raise PydanticCustomError("repealed_without_end", "a repealed value needs its last day; add until")
        return self


def _as_list(by: Any) -> Any:
    return (by,) if isinstance(by, str) else by


class Parameter(Model):
    """One legal quantity with its values in order of time; ``by`` names the keys it is looked up with."""

    description: Filled
    unit: Filled
    counted: Counted | None = None
    """Only for periods that run from an event to a day by which something is due."""
    by: Annotated[tuple[Filled, ...], BeforeValidator(_as_list)] = ()
    values: tuple[DatedValue, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for place, (earlier, later) in enumerate(zip(self.values, self.values[1:], strict=False)):
            facts = {"earlier": earlier.since.isoformat(), "later": later.since.isoformat()}
            if later.since <= earlier.since:
                raise PydanticCustomError(
                    "unordered",
                    "the value from {later} stands after the one from {earlier}; put them in order",
                    {**facts, "key": f"values.{place + 1}.from"},
                )
            if earlier.until is None:
                continue
            facts |= {"key": f"values.{place}.until", "before": (later.since - _ONE_DAY).isoformat()}
            if earlier.until >= later.since:
                raise PydanticCustomError(
                    "overlap",
                    "the value from {earlier} still holds when the one from {later} begins; set until to {before}",
                    facts,
                )
            if earlier.until < later.since - _ONE_DAY:
                # A hole would look like "no such law"; if there really was none, that is a value and has a source too.
                raise PydanticCustomError(
                    "gap",
                    "nothing holds between the value from {earlier} and the one from {later}; set until to {before}, or"
                    " add what held in between with its source",
                    facts,
                )
        for place, dated in enumerate(self.values):
            if not _has_depth(dated.value, len(self.by)):
                raise PydanticCustomError(
                    "keys_differ_from_by",
                    "the value from {since} is not keyed by {by}; give each key of by one level",
                    {
                        "key": f"values.{place}.value",
                        "since": dated.since.isoformat(),
                        "by": ", ".join(self.by) or "nothing",
                    },
                )
        return self

    def on(self, day: date) -> DatedValue | None:
        """The value whose days include ``day``, of whatever status; None before the first and after the last."""
        for dated in reversed(self.values):
            if dated.since <= day:
                return dated if dated.until is None or day <= dated.until else None
        return None


def _has_depth(value: Any, depth: int) -> bool:
    if depth == 0:
        return not isinstance(value, dict)
    return isinstance(value, dict) and bool(value) and all(_has_depth(part, depth - 1) for part in value.values())
