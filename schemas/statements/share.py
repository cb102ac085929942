"""A share of a whole as people sign it: in percent, or as an exact fraction, since a third has no end as a decimal."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from schemas.values.cells.numbers import percent_of
from schemas.values.cells.reading import are_read

_MOST_DECIMALS = 6
_PERCENT = re.compile(rf"[0-9]{{1,3}}(\.[0-9]{{1,{_MOST_DECIMALS}}})?")
_FRACTION = re.compile(r"[1-9][0-9]{0,8}/[1-9][0-9]{0,8}")


def _exact(value: Any, info: ValidationInfo) -> Decimal | Fraction:
    if isinstance(value, str) and are_read(info):
        value = percent_of(value)
    # A JSON number may already have lost digits as a float, so only text, or what was read from it, is a percentage.
    number: Decimal | Fraction | None = value if isinstance(value, Fraction) else None
    if isinstance(value, Decimal) and _PERCENT.fullmatch(f"{value:f}"):
        number = value
    elif isinstance(value, str) and _PERCENT.fullmatch(value):
        number = Decimal(value)
    elif isinstance(value, str) and _FRACTION.fullmatch(value):
        number = Fraction(value) * 100
    if number is None or not 0 < number <= 100:
        raise PydanticCustomError(
            "not_a_percentage", 'a percentage is a string such as "33.5", or a part of the whole such as "1/3"'
        )
    return number


def written(percent: Decimal | Fraction) -> str:
    """As it is written and read: a decimal number of percent, or a fraction of the whole."""
    if isinstance(percent, Decimal):
        return f"{percent:f}"
    part = percent / 100
    return f"{part.numerator}/{part.denominator}"


def shown(part: Fraction) -> str:
    """A part of one for people: in percent where that ends within six decimals, else as the fraction that it is."""
    millionths = part * 100 * 10**_MOST_DECIMALS
    if millionths.denominator != 1:
        return f"{part.numerator}/{part.denominator}"
    whole, rest = divmod(millionths.numerator, 10**_MOST_DECIMALS)
    return f"{whole}{f'.{rest:06d}'.rstrip('0') if rest else ''} %"


Percent = Annotated[
    Decimal | Fraction,
    PlainValidator(_exact),
    PlainSerializer(written, return_type=str, when_used="json"),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^({_PERCENT.pattern}|{_FRACTION.pattern})$",
            "title": "percent",
            "examples": ["33.5", "1/3"],
        }
    ),
]
"""Parts of a hundred, more than 0 and at most 100; on the wire a string. A fraction is one of the whole, and exact."""
