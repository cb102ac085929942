"""The unified social credit code (统一社会信用代码): who a legal person is, whatever its name (GB 32100-2015)."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from schemas.values.outside import written

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18


def credit_code_of(first: str) -> str:
    """The code of its first 17 characters: the 18th is computed from them."""
    weighed = sum(_ALPHABET.index(one) * pow(3, place, 31) for place, one in enumerate(first))
    return first + _ALPHABET[-weighed % 31]


def _is_true(code: str) -> str:
    # One mistyped character would make another legal person, and give the same one a second cap.
    if credit_code_of(code[: _LENGTH - 1]) != code:
        raise PydanticCustomError("credit_code_wrong", "the last character of this credit code contradicts the others")
    return code


CreditCode = Annotated[
    str, StringConstraints(pattern=rf"^[{_ALPHABET}]{{{_LENGTH}}}$"), AfterValidator(_is_true), written("credit_code")
]
