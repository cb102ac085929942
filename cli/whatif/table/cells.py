"""From the cells of a table to whole numbers and codes; what cannot be read is told with its row, the others go on."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cli.whatif.table.columns import AMOUNTS, DAYS, TEXTS, fits, is_name, is_of_claimant, is_of_year, name_type
from cli.whatif.table.file import BadCell, Table
from cli.whatif.table.numbers import Flags, Ints
from cli.whatif.table.table import NO_DAY, UNSTATED, ClaimTable, Names, Patents, day_number
from schemas.values.model import EARLIEST_DAY, LATEST_DAY
from schemas.values.outside import normal
from schemas.values.patent_number import patent_name
from schemas.values.refusal import refuse

_YUAN = r"^\d{1,15}(\.\d{1,2})?$"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST, _MOST_PATENTS = 200, 500
_WANTED = {
    "amount": "yuan with at most two decimals, such as 2995.00, not negative (text or decimal128)",
    "day": "YYYY-MM-DD",
    "text": "a text of at most 200 characters",
    "name": "a name of the documentation (docs/whatif.md)",
    "patents": "NUMBER;NUMBER or NUMBER:YUAN;NUMBER:YUAN, each once",
}


class Cells:
    """Reads the columns of one table and gathers the cells that cannot be read."""

    def __init__(self, table: Table) -> None:
        self._columns = table.columns
        self._numbers = np.asarray(table.numbers, dtype=np.int64)
        self._found = list(table.refused)
        self._bad = np.zeros(len(self._numbers), dtype=np.bool_)

    def facts(self) -> ClaimTable:
        """Everything that can be read, without the rows that have a bad cell."""
        item_ids, claimants = self._text("item_id", needed=True), self._coded_text("claimant", needed=True)
        amounts = {name: self._amount(name) for name in self._columns if name in AMOUNTS or is_of_year(name)}
        days = {name: self._day(name) for name in DAYS if name in self._columns}
        names = {name: self._name(name) for name in self._columns if is_name(name)}
        for name in TEXTS:
            if name in self._columns:
                names[name] = _names(_rewritten(self._text(name), partial(normal, name)))
        patents = self._patents() if "patents" in self._columns else None
        self._refuse_repeats(item_ids, claimants)
        of_claimants = {
            name: self._of_claimant(name, names.pop(name), claimants) for name in list(names) if is_of_claimant(name)
        }
        incomplete = np.zeros(len(claimants.values), dtype=np.bool_)
        incomplete[claimants.codes[self._bad & (claimants.codes != UNSTATED)]] = True
        kept = np.flatnonzero(~self._bad)
        return ClaimTable(
            numbers=self._numbers[kept],
            item_ids=item_ids.take(pa.array(kept)) if self._bad.any() else item_ids,
            claimants=_taken(claimants, kept),
            amounts={name: fen[kept] for name, fen in amounts.items()},
            days={name: one[kept] for name, one in days.items()},
            names={name: _taken(one, kept) for name, one in names.items()},
            of_claimants=of_claimants,
            patents=_kept_patents(patents, kept) if patents is not None else None,
            refused=tuple(sorted(self._found, key=lambda one: one.row)),
            incomplete=incomplete,
        )

    def _refuse(self, bad: Flags, column: str, wanted: str, given: Callable[[int], object]) -> None:
        for place in np.flatnonzero(bad):
            self._found.append(
                BadCell(
                    int(self._numbers[place]),
                    column,
                    "facts_cell_malformed",
                    {"column": column, "given": str(given(int(place)))[:_LONGEST], "wanted": _WANTED[wanted]},
                )
            )
        self._bad |= bad

    def _refuse_empty(self, bad: Flags, column: str) -> None:
        for place in np.flatnonzero(bad):
            self._found.append(
                BadCell(
                    int(self._numbers[place]), column, "facts_cell_empty", {"column": column, "wanted": _WANTED["text"]}
                )
            )
        self._bad |= bad

    def _text(self, column: str, *, needed: bool = False) -> pa.Array:
        given = self._as_text(column)
        trimmed = pc.utf8_trim_whitespace(given)
        length = pc.fill_null(pc.utf8_length(trimmed), 1)
        wrong = _flags(pc.or_(pc.greater(length, _LONGEST), pc.equal(length, 0)))
        wrong |= _flags(pc.match_substring(trimmed, "\x00"))
        self._refuse(wrong, column, "text", lambda place: given[place].as_py())
        if needed:
            self._refuse_empty(_flags(pc.is_null(trimmed)), column)
        return trimmed

    def _coded_text(self, column: str, *, needed: bool = False) -> Names:
        return _names(pc.dictionary_encode(self._text(column, needed=needed)))

    def _as_text(self, column: str) -> pa.Array:
        cells = self._columns[column]
        kind = cells.type.value_type if pa.types.is_dictionary(cells.type) else cells.type
        if pa.types.is_null(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind):
            return cells.cast(pa.string())
        raise refuse("facts_column_type", column, column=column, type=kind, wanted="text")

    def _name(self, column: str) -> Names:
        names, kind = _names(pc.dictionary_encode(self._as_text(column))), name_type(column)
        readable = np.array([fits(kind, value) for value in names.values], dtype=np.bool_)
        if not readable.all():
            stated = names.codes != UNSTATED
            bad = stated & ~readable[np.where(stated, names.codes, 0)]
            self._refuse(bad, column, "name", lambda place: names.at(place))
        return names

    def _amount(self, column: str) -> Ints:
        cells = self._columns[column]
        if pa.types.is_floating(cells.type) or pa.types.is_integer(cells.type):
            raise refuse("facts_column_type", column, column=column, type=cells.type, wanted="text or decimal128")
        if pa.types.is_decimal128(cells.type) and cells.type.scale == 2:
            stated, words = _flags(pc.is_valid(cells)), _words(cells)
            # The upper word only repeats the sign where the amount fits into the lower one.
            bad = stated & ((words[:, 1] != 0) | (words[:, 0] < 0) | (words[:, 0] >= 10**17))
            self._refuse(bad, column, "amount", lambda place: cells[place].as_py())
            return np.where(stated & ~bad, words[:, 0], UNSTATED)
        # Of another scale: a fraction of a fen must not be cut off in silence, so it is read as its text says.
        text = (
            self._as_text(column)
            if not pa.types.is_decimal(cells.type)
            else (pc.replace_substring_regex(cells.cast(pa.string()), r"(\.\d\d)0+$", r"\1"))
        )
        fen, bad = fen_of(text)
        self._refuse(bad, column, "amount", lambda place: text[place].as_py())
        return fen

    def _day(self, column: str) -> Ints:
        cells = self._columns[column]
        first, last = day_number(EARLIEST_DAY), day_number(LATEST_DAY)
        if pa.types.is_date32(cells.type):
            stated = _flags(pc.is_valid(cells))
            days = np.asarray(pc.fill_null(cells.cast(pa.int32()), 0), dtype=np.int64)
            bad = stated & ((days < first) | (days > last))
            self._refuse(bad, column, "day", lambda place: cells[place].as_py())
            return np.where(stated & ~bad, days, NO_DAY)
        if not (pa.types.is_string(cells.type) or pa.types.is_dictionary(cells.type) or pa.types.is_null(cells.type)):
            raise refuse("facts_column_type", column, column=column, type=cells.type, wanted="YYYY-MM-DD or date32")
        names = _names(pc.dictionary_encode(self._as_text(column)))
        read = np.array([*(_day_of(value) for value in names.values), NO_DAY], dtype=np.int64)
        days = read[names.codes]
        self._refuse((days == NO_DAY) & (names.codes != UNSTATED), column, "day", lambda place: names.at(place))
        return days

    def _patents(self) -> Patents:
        text = self._as_text("patents")
        lists = pc.split_pattern(pc.fill_null(text, ""), ";")
        starts, parts = np.asarray(lists.offsets, dtype=np.int64), pc.utf8_trim_whitespace(lists.flatten())
        amounts = np.full(len(parts), UNSTATED, dtype=np.int64)
        wrong = np.zeros(len(parts), dtype=np.bool_)
        priced = _flags(pc.match_substring(parts, ":"))
        if priced.any():
            pieces = pc.split_pattern(parts, ":", max_splits=1)
            prices = pc.if_else(
                pa.array(priced),
                pc.list_element(pc.if_else(pa.array(priced), pieces, pa.scalar(["", ""], pieces.type)), 1),
                None,
            )
            amounts, wrong = fen_of(pc.utf8_trim_whitespace(prices))
            parts = pc.utf8_trim_whitespace(pc.list_element(pieces, 0))
        counts = np.diff(starts)
        rows = np.repeat(np.arange(len(counts)), counts)
        empty = _flags(pc.equal(parts, ""))
        alone = empty & (counts[rows] == 1) & ~priced
        wrong |= (empty & ~alone) | _flags(pc.greater(pc.utf8_length(parts), _LONGEST))
        names = _names(_rewritten(parts, patent_name))
        several = np.flatnonzero(counts[rows] > 1)
        pairs = rows[several] * (len(names.values) + 1) + names.codes[several]
        _, first = np.unique(pairs, return_index=True)
        twice = np.ones(len(several), dtype=np.bool_)
        twice[first] = False
        wrong[several] |= twice
        bad = np.zeros(len(counts), dtype=np.bool_)
        bad[rows[wrong]] = True
        bad |= counts > _MOST_PATENTS
        self._refuse(bad, "patents", "patents", lambda place: text[place].as_py())
        kept = ~alone
        sizes = np.zeros(len(counts), dtype=np.int64)
        np.add.at(sizes, rows[kept], 1)
        return Patents(np.concatenate([[0], np.cumsum(sizes)]), names.codes[kept], amounts[kept], names.values)

    def _refuse_repeats(self, item_ids: pa.Array, claimants: Names) -> None:
        if pc.count_distinct(item_ids).as_py() == len(item_ids):
            return
        items = _names(pc.dictionary_encode(item_ids))
        good = np.flatnonzero(~self._bad)
        pairs = claimants.codes[good] * len(items.values) + items.codes[good]
        _, first, inverse = np.unique(pairs, return_index=True, return_inverse=True)
        for place, origin in zip(good, good[first[inverse]], strict=True):
            if place != origin:
                self._found.append(
                    BadCell(
                        int(self._numbers[place]),
                        "item_id",
                        "facts_item_twice",
                        {
                            "claimant": claimants.at(int(place)),
                            "given": items.at(int(place)),
                            "row": int(self._numbers[origin]),
                        },
                    )
                )
                self._bad[place] = True

    def _of_claimant(self, column: str, names: Names, claimants: Names) -> Names:
        stated = np.flatnonzero((names.codes != UNSTATED) & ~self._bad)
        count = len(claimants.values)
        said, where = np.full(count, UNSTATED, dtype=np.int64), np.zeros(count, dtype=np.int64)
        # Written backwards, so that the first row that says it is the one that stays.
        said[claimants.codes[stated[::-1]]] = names.codes[stated[::-1]]
        where[claimants.codes[stated[::-1]]] = stated[::-1]
        for place in stated[names.codes[stated] != said[claimants.codes[stated]]]:
            first = int(where[claimants.codes[place]])
            self._found.append(
                BadCell(
                    int(self._numbers[place]),
                    column,
                    "facts_claimant_contradicts",
                    {
                        "column": column,
                        "claimant": claimants.at(int(place)),
                        "given": names.at(int(place)),
                        "known": names.at(first),
                        "row": int(self._numbers[first]),
                    },
                )
            )
            self._bad[place] = True
        return Names(said, names.values)


def fen_of(text: pa.Array) -> tuple[Ints, Flags]:
    """Fen of amounts of yuan in text, UNSTATED where there is none, and which of them are no amounts."""
    stated = _flags(pc.is_valid(text))
    readable = pc.fill_null(pc.match_substring_regex(text, _YUAN), False)
    exact = pc.if_else(readable, text, None).cast(pa.decimal128(17, 2))
    good = _flags(readable)
    return np.where(good, _words(exact)[:, 0], UNSTATED), stated & ~good


def _words(amounts: Any) -> Ints:
    """A decimal128 is two words of 64 bits, the lower one first."""
    if not len(amounts):
        return np.zeros((0, 2), dtype=np.int64)
    words: Ints = np.frombuffer(amounts.buffers()[1], dtype="<i8").reshape(-1, 2)
    return words[amounts.offset :][: len(amounts)]


def _day_of(value: str) -> int:
    if not _DAY.fullmatch(value):
        return NO_DAY
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return NO_DAY
    return day_number(day) if EARLIEST_DAY <= day <= LATEST_DAY else NO_DAY


def _flags(array: Any) -> Flags:
    return np.asarray(pc.fill_null(array, False), dtype=np.bool_)


def _rewritten(text: Any, form: Callable[[str], str]) -> Any:
    """The column by codes, each name in its normal form: two ways of writing one patent are one patent."""
    coded = pc.dictionary_encode(text)
    forms = pa.array([form(one) for one in coded.dictionary.to_pylist()], pa.string())
    return pc.dictionary_encode(forms.take(coded.indices))


def _names(coded: Any) -> Names:
    codes = np.asarray(pc.fill_null(coded.indices, UNSTATED), dtype=np.int64)
    return Names(codes, tuple(coded.dictionary.to_pylist()))


def _taken(names: Names, rows: Ints) -> Names:
    return Names(names.codes[rows], names.values)


def _kept_patents(patents: Patents, rows: Ints) -> Patents:
    counts = patents.counts[rows]
    starts: Ints = np.concatenate([[0], np.cumsum(counts)])
    places = np.repeat(patents.starts[:-1][rows] - starts[:-1], counts) + np.arange(starts[-1])
    return Patents(starts, patents.codes[places], patents.amounts[places], patents.values)
