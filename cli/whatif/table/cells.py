"""From the cells of a table to whole numbers and codes; what cannot be read is told with its row, the others go on.

Text is read as everywhere (``schemas/values/cells``); what is written in its plain form already is read by column.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cli.whatif.table.columns import AMOUNTS, DAYS, TEXTS, fits, is_name, is_of_claimant, is_of_year, name_type
from cli.whatif.table.file import BadCell, Table
from cli.whatif.table.numbers import Flags, Ints
from cli.whatif.table.table import NO_DAY, UNSTATED, ClaimTable, Names, Patents, day_number, stated
from cli.whatif.table.texts import (
    amounts_as_text,
    day_number_of,
    days_as_text,
    fen_of,
    flags_of,
    in_private_use,
    rewritten,
    text_of,
    words_of,
)
from schemas.values.model import EARLIEST_DAY, LATEST_DAY
from schemas.values.outside import normal
from schemas.values.patent_number import patent_name
from schemas.values.refusal import Refusal

_LONGEST, _MOST_PATENTS = 200, 500
_WANTED = {
    "amount": "yuan with at most two decimals, such as 2995.00, not negative",
    "day": "a day, such as 2026-11-05",
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
                names[name] = _names(rewritten(self._text(name), partial(normal, name)))
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

    def _refuse_for(self, why: Refusal, places: Ints, column: str) -> None:
        """What the reader of all cells says against those at these places."""
        self._found += [BadCell(int(self._numbers[place]), column, why.code, {**why.facts}) for place in places]
        self._bad[places] = True

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
        wrong = flags_of(pc.or_(pc.greater(length, _LONGEST), pc.equal(length, 0)))
        wrong |= flags_of(pc.match_substring(trimmed, "\x00"))
        self._refuse(wrong, column, "text", lambda place: given[place].as_py())
        if needed:
            self._refuse_empty(flags_of(pc.is_null(trimmed)), column)
        return trimmed

    def _coded_text(self, column: str, *, needed: bool = False) -> Names:
        return _names(pc.dictionary_encode(self._text(column, needed=needed)))

    def _as_text(self, column: str, read: Callable[[Any, str], Any] = text_of) -> pa.Array:
        text = read(self._columns[column], column)
        for place, why in in_private_use(text):
            self._refuse_for(why, np.array([place]), column)
        return text

    def _name(self, column: str) -> Names:
        names, kind = stated(column, _names(pc.dictionary_encode(self._as_text(column)))), name_type(column)
        readable = np.array([fits(kind, value) for value in names.values], dtype=np.bool_)
        if not readable.all():
            said = names.codes != UNSTATED
            bad = said & ~readable[np.where(said, names.codes, 0)]
            self._refuse(bad, column, "name", lambda place: names.at(place))
        return names

    def _amount(self, column: str) -> Ints:
        cells = self._columns[column]
        if pa.types.is_integer(cells.type):  # whole yuan, by their type
            cells = cells.cast(pa.decimal128(20, 0)).cast(pa.decimal128(22, 2))
        if pa.types.is_decimal128(cells.type) and cells.type.scale == 2:
            stated, words = flags_of(pc.is_valid(cells)), words_of(cells)
            # The upper word only repeats the sign where the amount fits into the lower one.
            bad = stated & ((words[:, 1] != 0) | (words[:, 0] < 0) | (words[:, 0] >= 10**17))
            self._refuse(bad, column, "amount", lambda place: cells[place].as_py())
            return np.where(stated & ~bad, words[:, 0], UNSTATED)
        text = self._as_text(column, amounts_as_text)
        fen, bad = fen_of(text)
        self._refuse(bad, column, "amount", lambda place: text[place].as_py())
        return fen

    def _day(self, column: str) -> Ints:
        cells = self._columns[column]
        if pa.types.is_date32(cells.type):
            first, last = day_number(EARLIEST_DAY), day_number(LATEST_DAY)
            stated = flags_of(pc.is_valid(cells))
            days = np.asarray(pc.fill_null(cells.cast(pa.int32()), 0), dtype=np.int64)
            bad = stated & ((days < first) | (days > last))
            self._refuse(bad, column, "day", lambda place: cells[place].as_py())
            return np.where(stated & ~bad, days, NO_DAY)
        names = _names(pc.dictionary_encode(self._as_text(column, days_as_text)))
        read = [day_number_of(value) for value in names.values]
        for code, day in enumerate(read):
            if isinstance(day, Refusal):
                self._refuse_for(day, np.flatnonzero(names.codes == code), column)
        return np.array([*(NO_DAY if isinstance(day, Refusal) else day for day in read), NO_DAY])[names.codes]

    def _patents(self) -> Patents:
        text = self._as_text("patents")
        lists = pc.split_pattern(pc.fill_null(text, ""), ";")
        starts, parts = np.asarray(lists.offsets, dtype=np.int64), pc.utf8_trim_whitespace(lists.flatten())
        amounts = np.full(len(parts), UNSTATED, dtype=np.int64)
        wrong = np.zeros(len(parts), dtype=np.bool_)
        priced = flags_of(pc.match_substring(parts, ":"))
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
        empty = flags_of(pc.equal(parts, ""))
        alone = empty & (counts[rows] == 1) & ~priced
        wrong |= (empty & ~alone) | flags_of(pc.greater(pc.utf8_length(parts), _LONGEST))
        names = _names(rewritten(parts, patent_name))
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
