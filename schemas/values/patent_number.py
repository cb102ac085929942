"""Chinese patent numbers: every printed form, the kind, and the check character.

A number is 12 digits and a check character (filed since October 2003: year, kind digit, serial) or, before, 8 digits
and a check character (two-digit year, kind digit, serial); ``ZL`` or ``CN`` may stand before it and spaces anywhere.
The check character is ``"0123456789X"[sum(digit * weight) mod 11]`` (the office's published algorithm).
"""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from schemas.values.model import ShortText
from schemas.values.outside import normal, written

_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CHECK = "0123456789X"
_PRINTED = re.compile(r"^(?:ZL|CN)?([0-9]{12}|[0-9]{8})\.?([0-9X])\Z")

_WITHOUT_CHECK = re.compile(r"^(?:ZL|CN)?([0-9]{12})\Z")


class PatentKind(StrEnum):
    """发明 / 实用新型 / 外观设计."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"


_KINDS = {
    "1": PatentKind.INVENTION,
    "8": PatentKind.INVENTION,  # 8: international application for an invention
    "2": PatentKind.UTILITY_MODEL,
    "9": PatentKind.UTILITY_MODEL,
    "3": PatentKind.DESIGN,
}


class PatentNumber(str):
    """The canonical form, ``201910065946.9``: digits, a point, the check character."""

    @property
    def kind(self) -> PatentKind:
        return _KINDS[self[4] if len(self) == 14 else self[2]]

    @property
    def filing_year(self) -> int:
        if len(self) == 14:
            return int(self[:4])
        two = int(self[:2])
        return 1900 + two if two >= 85 else 2000 + two

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            _validated, core_schema.str_schema(max_length=40), serialization=core_schema.to_string_ser_schema()
        )


def check_character(digits: str) -> str:
    """The check character of 8 or 12 digits."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11]


def parse_patent_number(printed: str) -> PatentNumber:
    """Reads any printed form; raises ValueError whose first argument is the code of the refusal.

    Codes: ``number_malformed``, ``number_kind_unknown``, ``number_check_failed``.
    """
    match = _PRINTED.match(normal("patent", printed))
    if match is None:
        raise ValueError("number_malformed")
    digits, check = match.groups()
    if (digits[4] if len(digits) == 12 else digits[2]) not in _KINDS:
        raise ValueError("number_kind_unknown")
    if len(digits) == 12 and not 2003 <= int(digits[:4]) <= 2199:
        raise ValueError("number_malformed")
    if check_character(digits) != check:
        raise ValueError("number_check_failed")
    return PatentNumber(f"{digits}.{check}")


def _validated(printed: str) -> PatentNumber:
    try:
        return parse_patent_number(printed)
    except ValueError as error:
        raise PydanticCustomError(str(error), "{printed} is not a patent number", {"printed": printed}) from error


def is_printed_as(number: PatentNumber, printed: str) -> bool:
    """Whether ``printed``, in any form, is that number; what is no number at all is not."""
    try:
        return parse_patent_number(printed) == number
    except ValueError:
        return False


def patent_name(printed: str) -> str:
    """A patent of any country by its number: a Chinese one in its canonical form, another one as it is written.

    Twelve digits of a Chinese number without their check character are that number: the character follows from them.
    """
    plain = normal("patent", printed)
    unchecked = _WITHOUT_CHECK.match(plain)
    try:
        return parse_patent_number(plain + check_character(unchecked[1]) if unchecked else plain)
    except ValueError:
        return plain


PatentName = Annotated[ShortText, written("patent", patent_name)]
"""See ``patent_name``."""


def filed_in(number: PatentNumber, filed_on: date) -> bool:
    """Whether the number can belong to that filing day; numbers of divisional applications keep their parent's day."""
    return filed_on.year <= number.filing_year
