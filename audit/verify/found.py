"""What a verification finds: each difference with its place, and the two instants between which it came to be."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.report import Difference, Report
from database.evidence.log import last_checkpoint, sealed_since
from database.evidence.results import last_agreed
from database.pool import Connection
from schemas.values.canonical import plain

Progress = Callable[[str, int], None]
"""What is looked at, by its name in ``texts/command_line/sentences.yaml``, and how much of it is done."""
MOST_LISTED = 10_000
"""More are counted and not listed: whoever replaced the whole record shall not exhaust our memory as well."""


class Found:
    """Collects them into a report, from one connection whose snapshot all is read in."""

    def __init__(self, connection: Connection, progress: Progress) -> None:
        self.connection, self.progress = connection, progress
        self.report = Report()
        self._now: datetime | None = None

    async def differ(
        self, where: str, proved: Any, found: Any, *, filing_id: UUID | None = None, position: int | None = None
    ) -> None:
        """Notes that they differ; ``position`` of the entry that proves it, None for what no entry proves."""
        if len(self.report.differences) >= MOST_LISTED:
            self.report.count("differences_not_listed")
            return
        between = await self._between(position)
        self.report.differences.append(Difference(filing_id, where, plain(proved), plain(found), between))

    async def compare(
        self, where: str, proved: Any, found: Any, *, filing_id: UUID | None = None, position: int | None = None
    ) -> None:
        """The same, if they do."""
        if proved != found:
            await self.differ(where, proved, found, filing_id=filing_id, position=position)

    async def now(self) -> datetime:
        """When the verification began, by the database's clock."""
        if self._now is None:
            self._now = await self.connection.fetchval("SELECT now()")
        return self._now

    async def _between(self, position: int | None) -> tuple[str, str] | None:
        since = await sealed_since(self.connection, position) if position is not None else None
        if since is None:
            last = await last_checkpoint(self.connection)
            since = last.made_at if last else None
        agreed = await last_agreed(self.connection, "verify")
        if since is not None and agreed is not None and agreed > since:
            since = agreed  # a night found all as it should be after the entry was signed
        return None if since is None else (plain(since), plain(await self.now()))
