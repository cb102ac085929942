"""What a list says of itself once: where it stands, what narrows it, its columns, and how all of its rows are read."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BeforeValidator

from database.bulletin.pages import Page, Place, Portion
from database.pool import Connection
from texts.lines import Language
from web.lists.turned import asked_for, narrowed_to
from web.visit import Visit

T = TypeVar("T")
K = TypeVar("K")
Columns = Sequence[tuple[str, Callable[[T, Language], object]]]
"""Of each column the key of its heading among the words, and its cell of a row."""
BATCH = 500
"""Rows of one reading: no connection is held while somebody's network takes them."""
MOST = 100_000
"""Rows of one file; a workbook takes ten times as many, but nobody should wait for that."""
SHOWN = 100
"""Rows of a page of a list that goes one way."""
WHOLE = MOST + 1
"""Rows to read of a list that is read at once: where there is one more than a file has, the file says so."""
LEFT_OPEN = BeforeValidator(lambda given: given or None)
"""For what narrows a list and is no text: a form that is sent with a choice left open sends it as nothing."""


@dataclass(frozen=True)
class Whole:
    """What narrows a list that nothing narrows."""


class Along(NamedTuple):
    """Where the files of a list are, narrowed as its page is."""

    csv: str
    xlsx: str
    most: int


@dataclass(frozen=True)
class Listed(Generic[T]):
    """One list of the console. ``path``: of its page, as the page's route writes it.

    ``asked``: what narrows it, a dataclass of parts of its address. ``batches``: all that the visit may see of it, so
    narrowed, in its order; raises before the first row what the page raises. ``is_public``: anybody sees it.
    """

    path: str
    columns: Columns[T]
    batches: Callable[[Visit, Any], AsyncIterator[Sequence[T]]]
    asked: type = Whole
    is_public: bool = False

    @property
    def name(self) -> str:
        """Of its files, before the day."""
        return "-".join(part for part in self.path.split("/") if part and not part.startswith("{"))

    def address(self, visit: Visit) -> str:
        """Of its page, where the visit is at it or at a form of it."""
        return self.path.format_map(visit.request.path_params)

    def narrowed(self, visit: Visit) -> dict[str, str]:
        """What of the address of the visit narrows it, and not only turns its pages."""
        given = visit.request.query_params
        return asked_for(**{one.name: given[one.name] for one in fields(self.asked) if given.get(one.name)})

    def along(self, visit: Visit) -> Along:
        """Its files, narrowed as the visit is."""
        address, narrowed = self.address(visit), narrowed_to(self.narrowed(visit))
        csv, xlsx = (f"{address}/export.{form}{narrowed}" for form in ("csv", "xlsx"))
        return Along(csv, xlsx, MOST)


async def by_key(
    visit: Visit, read: Callable[[Connection, Place | None], Awaitable[Page[T] | Portion[T]]]
) -> AsyncIterator[Sequence[T]]:
    """All pages of a list that knows where its next page begins."""
    place: Place | None = None
    while True:
        async with visit.console.pool.acquire() as connection:
            page = await read(connection, place)
        yield page.rows
        place = page.following
        if place is None:
            return


async def by_last(
    visit: Visit, read: Callable[[Connection, K], Awaitable[Sequence[T]]], begin: K, key_of: Callable[[T], K]
) -> AsyncIterator[Sequence[T]]:
    """All pages, ``BATCH`` rows each, of a list that goes on behind its last row."""
    key = begin
    while True:
        async with visit.console.pool.acquire() as connection:
            rows = await read(connection, key)
        yield rows
        if len(rows) < BATCH:
            return
        key = key_of(rows[-1])


async def once(visit: Visit, read: Callable[[Connection], Awaitable[Sequence[T]]]) -> AsyncIterator[Sequence[T]]:
    """A list that is read whole."""
    async with visit.console.pool.acquire() as connection:
        rows = await read(connection)
    yield rows


async def at_once(rows: Iterable[T]) -> AsyncIterator[Sequence[T]]:
    """Rows that there are already."""
    yield list(rows)
