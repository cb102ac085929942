"""Ids, days, numbers and texts that stand alone on a command line, read like a field of a form."""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from cli.typed.mistakes import Mistyped
from schemas.values.cells.reading import CELLS
from schemas.values.model import SHANGHAI, Day, ShortText
from schemas.values.patent_number import PatentNumber
from schemas.wire.form import form_refusals

T = TypeVar("T")
_ID: TypeAdapter[UUID] = TypeAdapter(UUID)
_DAY: TypeAdapter[date] = TypeAdapter(Day)
_PATENT: TypeAdapter[PatentNumber] = TypeAdapter(PatentNumber)
_TEXT: TypeAdapter[str] = TypeAdapter(ShortText)


def given_id(text: str, where: str) -> UUID:
    """An id; raises Mistyped, naming ``where`` it stood."""
    return _given(_ID, text, where)


def given_day(text: str, where: str) -> date:
    """A legal day such as 2026-11-20; raises Mistyped, naming ``where`` it stood."""
    return _given(_DAY, text, where)


def today() -> date:
    """The day it is in Shanghai; rules never ask for it."""
    return datetime.now(SHANGHAI).date()


def given_patent(text: str, where: str) -> PatentNumber:
    """A patent number in any printed form; raises Mistyped, naming ``where`` it stood."""
    return _given(_PATENT, text, where)


def given_text(text: str, where: str) -> str:
    """A short text; raises Mistyped, naming ``where`` it stood."""
    return _given(_TEXT, text, where)


def _given(form: TypeAdapter[T], text: str, where: str) -> T:
    try:
        return form.validate_python(text, context=CELLS)
    except ValidationError as error:
        raise Mistyped(*(one.but(where=where) for one in form_refusals(error))) from error
