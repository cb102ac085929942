"""How every question is asked: as the auditor, with a bar for whoever watches, and one document with ``--json``."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pydantic import BaseModel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

from cli.reading import pooled
from cli.terminal import console, put_json
from database.pool import Pool
from database.questions.stream import how_many_filings
from runtime.settings import Settings
from runtime.stack import audit_database_url

T = TypeVar("T")
Step = Callable[[], None]


def answered(ask: Callable[[Pool, Step], Awaitable[T]]) -> T:
    """What the question is answered by the role that can only read."""

    async def asked() -> T:
        async with pooled(audit_database_url(Settings.read()), "AUDIT_DATABASE_URL") as pool:
            async with pool.acquire() as connection:
                of = await how_many_filings(connection)
            with _shown(of) as step:
                return await ask(pool, step)

    return asyncio.run(asked())


def put_model(found: BaseModel) -> None:
    """The answer as a document: amounts in yuan, days and ids as text."""
    put_json(found.model_dump(mode="json"))


@contextmanager
def _shown(of: int) -> Iterator[Step]:
    """A bar on standard error, where somebody watches; nothing elsewhere."""
    screen = console(error=True)
    if not screen.is_terminal:
        yield lambda: None
        return
    columns = BarColumn(bar_width=30), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=screen, transient=True) as bars:
        task = bars.add_task("", total=of)
        yield lambda: bars.advance(task)
