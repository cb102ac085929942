"""Facts of many claimants by column: whole numbers in arrays, and the same facts as models for one claimant."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from cli.whatif.table.columns import ALSO_GRANTED, OF_CLAIMANT, OF_ITEM, PREVIOUS, is_answer, is_of_year
from cli.whatif.table.file import BadCell
from cli.whatif.table.numbers import Flags, Ints, numbered
from schemas.schemes.inputs import OF_THE_CONTRACT, CallWindow, Claimant, PatentPart, SchemeItem, YearInputs
from schemas.values.determination import Answer3
from schemas.values.money import Money
from schemas.wire.form import filled

UNSTATED = -1
"""Of a code or an amount: nobody stated it."""
NO_DAY = -(1 << 31)
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Names:
    """A column of names: a code for each row (or claimant), and what the codes stand for."""

    codes: Ints
    values: tuple[str, ...]

    def at(self, place: int) -> str | None:
        """The name at a row; None where nobody stated it."""
        code = int(self.codes[place])
        return None if code == UNSTATED else self.values[code]


@dataclass(frozen=True)
class Patents:
    """The patents of each row: those of row i are ``codes[starts[i]:starts[i + 1]]``; amounts are fen."""

    starts: Ints
    codes: Ints
    amounts: Ints
    values: tuple[str, ...]

    @property
    def counts(self) -> Ints:
        """How many patents each row has."""
        return np.diff(self.starts)


@dataclass(frozen=True)
class ClaimTable:
    """What a table says of its columns that were read; amounts are fen, days are counted from 1970-01-01."""

    numbers: Ints
    """Of each row in the file; 1 is the first under the header."""
    item_ids: pa.Array
    claimants: Names
    """By row, each with a claimant."""
    amounts: dict[str, Ints]
    days: dict[str, Ints]
    names: dict[str, Names]
    of_claimants: dict[str, Names]
    """By claimant, not by row."""
    patents: Patents | None
    refused: tuple[BadCell, ...] = ()
    incomplete: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    """Claimants some of whose rows were refused: their results are without these rows."""

    @property
    def rows(self) -> int:
        """How many rows are calculated with."""
        return len(self.numbers)

    @property
    def claimant_count(self) -> int:
        """How many claimants the table names."""
        return len(self.claimants.values)

    @cached_property
    def _by_claimant(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.claimants.codes, kind="stable")
        starts = np.searchsorted(self.claimants.codes[order], np.arange(self.claimant_count + 1))
        return order, starts

    def rows_of(self, claimant: int) -> Ints:
        """The rows of a claimant in the order of the file."""
        order, starts = self._by_claimant
        return order[starts[claimant] : starts[claimant + 1]]

    @cached_property
    def contradicted(self) -> Flags:
        """Claimants with an item, or a contract, of which some year's facts may say two things; the rest never do."""
        flags, owners = np.zeros(self.claimant_count, dtype=np.bool_), self.claimants.codes
        said = [self.names[name].codes for name in OF_THE_CONTRACT if name in self.names]
        if "contract" in self.names and said:
            contract = self.names["contract"].codes
            rows = np.flatnonzero(contract != UNSTATED)
            group, first, _ = numbered(owners[rows], contract[rows])
            for codes in said:
                flags[owners[rows[codes[rows] != codes[rows][first][group]]]] = True
        dated = self.days.get("registered_on", np.full(self.rows, NO_DAY)) != NO_DAY
        flags[owners[self.says("registered", "no") & (self._stated("registered_class") | dated)]] = True
        flags[owners[self.says("related", "no") & self._stated("related_decision")]] = True
        return flags

    def says(self, column: str, value: str) -> Flags:
        """The rows that state this name."""
        names = self.names.get(column)
        if names is None or value not in names.values:
            return np.zeros(self.rows, dtype=np.bool_)
        return np.asarray(names.codes == names.values.index(value), dtype=np.bool_)

    def _stated(self, column: str) -> Flags:
        if column not in self.names:
            return np.zeros(self.rows, dtype=np.bool_)
        return np.asarray(self.names[column].codes != UNSTATED, dtype=np.bool_)

    def year_of(self, claimant: int, rows: Ints, year: int, window: CallWindow | None = None) -> YearInputs:
        """One claimant's facts of a year as the one-by-one engine takes them; raises Refused if they contradict."""
        stated = {name: self._of_year(name, rows) for name in self.amounts if is_of_year(name)}
        return filled(
            YearInputs,
            {
                "year": year,
                "claimant": self.claimant(claimant),
                "items": tuple(self.item(int(row)) for row in rows),
                "previous_year": stated.pop(PREVIOUS, None),
                "window": window,
                "also_granted": {
                    name.removeprefix(ALSO_GRANTED): fen for name, fen in stated.items() if fen is not None
                },
            },
        )

    def _of_year(self, column: str, rows: Ints) -> Money | None:
        """What all rows of a year state for the whole of it; None where none does, or they differ."""
        stated = np.unique(self.amounts[column][rows])
        stated = stated[stated != UNSTATED]
        return Money(int(stated[0])) if len(stated) == 1 else None

    def claimant(self, claimant: int) -> Claimant:
        """Who claims."""
        given: dict[str, Any] = {"claimant": self.claimants.values[claimant], "other": {}}
        for column, names in self.of_claimants.items():
            _put(given, column, OF_CLAIMANT, names.at(claimant))
        return filled(Claimant, given)

    def item(self, row: int) -> SchemeItem:
        """One row as a model."""
        given: dict[str, Any] = {"item_id": self.item_ids[row].as_py(), "other": {}}
        for column, names in self.names.items():
            _put(given, column, OF_ITEM, names.at(row))
        for column, amounts in self.amounts.items():
            if not is_of_year(column) and amounts[row] != UNSTATED:
                given[column] = Money(int(amounts[row]))
        for column, days in self.days.items():
            if days[row] != NO_DAY:
                given[column] = day_of(int(days[row]))
        if self.patents is not None:
            first, last = self.patents.starts[row : row + 2]
            given["patents"] = tuple(
                PatentPart(
                    patent=self.patents.values[self.patents.codes[place]],
                    amount=None if self.patents.amounts[place] == UNSTATED else Money(int(self.patents.amounts[place])),
                )
                for place in range(first, last)
            )
        return filled(SchemeItem, given)


def stated(column: str, names: Names) -> Names:
    """The names that say something: what is unknown is not stated, but for a fact that is yes, no or unknown."""
    if is_answer(column) or Answer3.UNKNOWN.value not in names.values:
        return names
    unknown = names.codes == names.values.index(Answer3.UNKNOWN.value)
    return Names(np.where(unknown, UNSTATED, names.codes), names.values)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The day that is so many days after 1970-01-01."""
    return _EPOCH + timedelta(days=number)


def _put(given: dict[str, Any], column: str, prefix: str, value: str | None) -> None:
    if value is None:
        return
    if column.startswith(prefix):
        given["other"][column.removeprefix(prefix)] = value
    else:
        given[column] = value
