"""One column of text at a time: what is plain is read by column, the rest as everywhere (``schemas/values/cells``)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter, ValidationError

from cli.whatif.table.numbers import Flags, Ints
from cli.whatif.table.table import UNSTATED, day_number
from schemas.values.cells.characters import private_use
from schemas.values.cells.numbers import yuan_of
from schemas.values.cells.reading import CELLS
from schemas.values.model import Day
from schemas.values.refusal import Refusal, refusal, refuse
from schemas.wire.form import form_refusals

_YUAN = r"^\d{1,15}(\.\d{1,2})?$"
_PRIVATE_USE = "[\\x{e000}-\\x{f8ff}\\x{f0000}-\\x{10ffff}]"
_DAY: TypeAdapter[date] = TypeAdapter(Day)
_TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)


def text_of(cells: Any, column: str) -> Any:
    """A column of text of whatever type; raises Refused for another one."""
    return _text(cells, column, "text")


def amounts_as_text(cells: Any, column: str) -> Any:
    """The same of amounts; a fraction of a fen of a decimal must not be cut off in silence, so its text is read."""
    if pa.types.is_decimal(cells.type):
        return pc.replace_substring_regex(cells.cast(pa.string()), r"(\.\d\d)0+$", r"\1")
    return _text(cells, column, "text, whole yuan as integers, or decimal128")


def days_as_text(cells: Any, column: str) -> Any:
    """The same of days; an instant is written as one, and the reader of days looks where it lies in Shanghai."""
    if pa.types.is_date64(cells.type):
        cells = cells.cast(pa.timestamp("ms"))
    if pa.types.is_timestamp(cells.type):
        if cells.type.tz is not None:  # told in UTC, which needs no table of zones
            cells = cells.cast(pa.timestamp(cells.type.unit, "UTC"))
        return cells.cast(pa.string())
    return _text(cells, column, "text, date or timestamp")


def _text(cells: Any, column: str, wanted: str) -> Any:
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if not any(is_such(cells.type) for is_such in _TEXTS):
        raise refuse("facts_column_type", column, column=column, type=cells.type, wanted=wanted)
    return cells.cast(pa.string())


def fen_of(text: pa.Array) -> tuple[Ints, Flags]:
    """Fen of amounts of yuan in text, UNSTATED where there is none, and which of them are no amounts."""
    stated = flags_of(pc.is_valid(text))
    readable = pc.fill_null(pc.match_substring_regex(text, _YUAN), False)
    strange = stated & ~flags_of(readable)
    if strange.any():
        rest = [yuan_of(one) for one in text.filter(pa.array(strange)).to_pylist()]
        text = pc.replace_with_mask(text, pa.array(strange), pa.array(rest, pa.string()))
        readable = pc.fill_null(pc.match_substring_regex(text, _YUAN), False)
    exact = pc.if_else(readable, text, None).cast(pa.decimal128(17, 2))
    good = flags_of(readable)
    return np.where(good, words_of(exact)[:, 0], UNSTATED), stated & ~good


def words_of(amounts: Any) -> Ints:
    """A decimal128 is two words of 64 bits, the lower one first."""
    if not len(amounts):
        return np.zeros((0, 2), dtype=np.int64)
    words: Ints = np.frombuffer(amounts.buffers()[1], dtype="<i8").reshape(-1, 2)
    return words[amounts.offset :][: len(amounts)]


def day_number_of(value: str) -> int | Refusal:
    """Days since 1970-01-01, or why the text is no day."""
    try:
        return day_number(_DAY.validate_python(value, context=CELLS))
    except ValidationError as error:
        return form_refusals(error)[0]


def in_private_use(text: Any) -> list[tuple[int, Refusal]]:
    """The places of texts that only their maker can read, and what to say against each."""
    met = np.flatnonzero(flags_of(pc.match_substring_regex(text, _PRIVATE_USE)))
    told = [(int(place), private_use(text[int(place)].as_py())) for place in met]
    return [
        (place, refusal("private_use_character", "", character=found.character, place=found.place))
        for place, found in told
        if found is not None
    ]


def flags_of(array: Any) -> Flags:
    """A column of booleans; what is not stated is none."""
    return np.asarray(pc.fill_null(array, False), dtype=np.bool_)


def rewritten(text: Any, form: Callable[[str], str]) -> Any:
    """The column by codes, each name in its normal form: two ways of writing one patent are one patent."""
    coded = pc.dictionary_encode(text)
    forms = pa.array([form(one) for one in coded.dictionary.to_pylist()], pa.string())
    return pc.dictionary_encode(forms.take(coded.indices))
