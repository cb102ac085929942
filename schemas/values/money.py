"""Money: whole fen inside, a yuan string on the wire, never a float.

On the wire (JSON, YAML, CSV, Temporal) money is a string of yuan with at most two decimals: ``"2995.00"``. A JSON
number is refused, since a float may already have lost a fen on its way. In the event log, where the reader is told so
by the validation context ``STORED``, money is an integer of fen.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import total_ordering
from typing import Annotated, Any, Never

from pydantic import AfterValidator, BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from schemas.values.cells.numbers import yuan_of
from schemas.values.cells.reading import are_read

STORED = {"money": "fen"}
"""Validation and serialisation context of the event log: money is an integer of fen."""
_YUAN_PATTERN = r"^-?\d{1,15}(\.\d{1,2})?$"


@total_ordering
class Money:
    """An amount of yuan in whole fen; negative for what is taken back. Immutable."""

    # Not a dataclass: pydantic would write one out as a dict of its fields.
    __slots__ = ("fen",)
    fen: int

    def __init__(self, fen: int) -> None:
        if type(fen) is not int:
            raise TypeError("money is made of whole fen")
        object.__setattr__(self, "fen", fen)

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError("money does not change; make a new amount")

    def __reduce__(self) -> tuple[type["Money"], tuple[int]]:
        return Money, (self.fen,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Money) and self.fen == other.fen

    def __lt__(self, other: "Money") -> bool:
        return self.fen < other.fen

    def __hash__(self) -> int:
        return hash((Money, self.fen))

    def __repr__(self) -> str:
        return f"Money(fen={self.fen})"

    @classmethod
    def of(cls, yuan: str) -> "Money":
        """``Money.of("2995.5")``; raises ValueError for anything that is not yuan with at most two decimals."""
        amount = Decimal(yuan)
        fen = amount * 100
        if not amount.is_finite() or fen != fen.to_integral_value():
            raise ValueError(f"{yuan!r} is not an amount of yuan with at most two decimals")
        return cls(int(fen))

    @property
    def yuan(self) -> Decimal:
        """Exact yuan for the arithmetic of rules."""
        return Decimal(self.fen) / 100

    def __str__(self) -> str:
        sign, fen = ("-", -self.fen) if self.fen < 0 else ("", self.fen)
        return f"{sign}{fen // 100}.{fen % 100:02d}"

    def __bool__(self) -> bool:
        return self.fen != 0

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen)

    def __neg__(self) -> "Money":
        return Money(-self.fen)

    def __mul__(self, times: int) -> "Money":
        return Money(self.fen * times)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            _read, serialization=core_schema.plain_serializer_function_ser_schema(_write, info_arg=True)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "pattern": _YUAN_PATTERN, "title": "yuan", "examples": ["2995.00"]}


ZERO = Money(0)


def _read(value: Any, info: core_schema.ValidationInfo) -> Money:
    if isinstance(value, Money):
        return value
    if type(value) is int and info.context and info.context.get("money") == "fen":
        return Money(value)
    if isinstance(value, str) and are_read(info):
        value = yuan_of(value)
    # Decimal would also read 1_000, 1e3 and NaN, which two programs could understand differently.
    if isinstance(value, str) and re.fullmatch(_YUAN_PATTERN, value, re.ASCII):
        return Money.of(value)
    raise PydanticCustomError(
        "not_money", 'money is a string of yuan with at most two decimals, such as "2995.00", never a number'
    )


def _write(value: Money, info: core_schema.SerializationInfo) -> Any:
    if info.context and info.context.get("money") == "fen":
        return value.fen
    return str(value) if info.mode_is_json() else value


def stored(model: BaseModel) -> dict[str, Any]:
    """The model as the event log keeps it: strings, integers, booleans, null, lists and dicts; money in fen."""
    return model.model_dump(mode="json", context=STORED)


def total(amounts: Iterable[Money]) -> Money:
    """The exact sum; of nothing it is zero."""
    return Money(sum(amount.fen for amount in amounts))


def _not_negative(value: Money) -> Money:
    if value.fen < 0:
        raise PydanticCustomError("negative_money", "this amount cannot be negative")
    return value


def _positive(value: Money) -> Money:
    if value.fen <= 0:
        raise PydanticCustomError("no_money", "this amount must be more than zero")
    return value


Amount = Annotated[Money, AfterValidator(_not_negative)]
PositiveAmount = Annotated[Money, AfterValidator(_positive)]
