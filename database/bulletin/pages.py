"""Pages of a list, turned by key in both directions: what is shown never depends on how much lies before it."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Literal, NamedTuple, TypeVar
from uuid import UUID

from database.pool import Connection

Direction = Literal["older", "newer"]
"""From a place onwards: to what came before it, or back to what came after."""
T = TypeVar("T")
_PLANNED = (
    "SET LOCAL jit = off; SET LOCAL work_mem = '32MB'; SET LOCAL plan_cache_mode = force_custom_plan;"
    " SET LOCAL max_parallel_workers_per_gather = 0"
)


class Place(NamedTuple):
    """Where a page ends: a row's day or instant, its id where several have the same, its key where they share one."""

    at: date | datetime
    id: UUID
    key: str = ""

    def __str__(self) -> str:
        """As it stands in an address, where a plus would be read as a blank by who forgets to quote it."""
        return f"{self.at.isoformat().replace('+00:00', 'Z')}~{self.id}{self.key and '~'}{self.key}"


def read_day_place(text: str) -> Place | None:
    """A place among days, of its text; None where it is none, whoever wrote it."""
    return _read(text, date.fromisoformat)


def read_instant_place(text: str) -> Place | None:
    """A place among instants, likewise."""
    return _read(text, datetime.fromisoformat)


def _read(text: str, at: Callable[[str], date]) -> Place | None:
    day, _, rest = text.partition("~")
    filing_id, _, key = rest.partition("~")
    try:
        place = Place(at(day), UUID(filing_id), key)
    except ValueError:
        return None
    has_no_zone = isinstance(place.at, datetime) and place.at.tzinfo is None
    return None if has_no_zone or not place.key.isprintable() else place


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, newest first; ``newer`` and ``older``: from where the neighbouring pages go on, None where none is."""

    rows: list[T]
    newer: Place | None
    older: Place | None

    @property
    def following(self) -> Place | None:
        """Where its list goes on."""
        return self.older


def page_of(
    found: Sequence[T], size: int, place: Place | None, direction: Direction, place_of: Callable[[T], Place]
) -> Page[T]:
    """The page of up to ``size + 1`` rows, which were read in the direction from the place."""
    is_more, rows = len(found) > size, list(found[:size])
    if direction == "newer":
        rows.reverse()
    has_newer = is_more if direction == "newer" else place is not None
    has_older = is_more if direction == "older" else True
    if not rows:
        return Page([], None, None)
    return Page(rows, place_of(rows[0]) if has_newer else None, place_of(rows[-1]) if has_older else None)


@dataclass(frozen=True)
class Portion(Generic[T]):
    """Some rows in the order of their list; ``following``: behind which place it goes on, None at its end."""

    rows: list[T]
    following: Place | None


def portion_of(found: Sequence[T], size: int, place_of: Callable[[T], Place]) -> Portion[T]:
    """The portion of up to ``size + 1`` rows."""
    return Portion(list(found[:size]), place_of(found[size - 1]) if len(found) > size else None)


@asynccontextmanager
async def planned(connection: Connection) -> AsyncIterator[None]:
    """Reads whose best way depends on what is asked for are planned for just that; nothing is compiled for them."""
    async with connection.transaction():
        await connection.execute(_PLANNED)
        yield
