"""What the report consists of: sections of figures, each with the filings that it counts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal
from uuid import UUID

from schemas.values.model import Model
from schemas.values.money import Money

Unit = Literal["count", "yuan", "days"]
Drawn = Literal["numbers", "bars", "columns"]
"""``numbers``: as they are; ``bars``: one below the other; ``columns``: month by month."""


class Figure(Model):
    """One figure. ``value``: how many, how many days, or fen; ``label``: a key of the texts, or what it is called."""

    key: str
    label: str
    unit: Unit
    value: int
    filings: tuple[UUID, ...]

    @property
    def shown(self) -> str:
        """As people read it; of amounts yuan."""
        return f"{Money(self.value)}" if self.unit == "yuan" else str(self.value)


class Section(Model):
    """Figures that belong together; a section without any is left out of the paper, and stands in the JSON."""

    key: str
    drawn: Drawn
    figures: tuple[Figure, ...]


class YearlyReport(Model):
    """The report of one year, as it was known when it was made."""

    year: int
    until_number: int
    until_at: str
    sections: tuple[Section, ...]

    def figures(self) -> Iterator[Figure]:
        """All of them, in the order of the paper."""
        for section in self.sections:
            yield from section.figures

    def figure(self, key: str) -> Figure | None:
        """The one of that key."""
        return next((one for one in self.figures() if one.key == key), None)


def count(key: str, label: str, filings: Iterable[UUID]) -> Figure:
    """How many filings."""
    found = tuple(sorted(set(filings)))
    return Figure(key=key, label=label, unit="count", value=len(found), filings=found)


def amount(key: str, label: str, parts: Sequence[tuple[UUID, int]]) -> Figure:
    """The sum of amounts in fen, with the filings that they are of."""
    filings = tuple(sorted({filing for filing, _ in parts}))
    return Figure(key=key, label=label, unit="yuan", value=sum(fen for _, fen in parts), filings=filings)


def days(key: str, label: str, value: int, filings: Iterable[UUID]) -> Figure:
    """How many days."""
    return Figure(key=key, label=label, unit="days", value=value, filings=tuple(sorted(set(filings))))
