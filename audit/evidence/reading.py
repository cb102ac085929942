"""Reads stored histories back: without Temporal, proved by their hashes."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from audit.evidence.packing import Dictionaries, Unreadable, as_events
from database.evidence.histories import Kept, ends_of_filing, parts_of
from database.pool import Connection


@dataclass(frozen=True)
class Stored:
    """One history as far as it could be read; ``kept`` is its last copy.

    ``fault``: why not all of it could; ``text`` then ends before the first part that cannot be read.
    """

    kept: Kept
    text: bytes
    fault: str | None = None

    def events(self) -> Sequence[HistoryEvent]:
        """The events of it; raises Unreadable."""
        return as_events(self.text)

    def as_history(self) -> WorkflowHistory:
        """For the replayer, and as JSON (``to_json``)."""
        return WorkflowHistory(self.kept.workflow_id, self.events())


async def read_history(connection: Connection, kept: Kept, dictionaries: Dictionaries) -> Stored:
    """The history that ends with this copy."""
    parts = await parts_of(connection, kept.run_id, kept.history_hash)
    await dictionaries.learn(connection, [part.dictionary_hash for _, part in parts if part is not None])
    text, reached = b"", 0
    for copy, part in parts:
        where = f"events {copy.first_event} to {copy.last_event}"
        if copy.first_event != reached + 1:
            return Stored(kept, text, f"events {reached + 1} to {copy.first_event - 1} are not there")
        if part is None:
            return Stored(kept, text, f"{where} are not there")
        try:
            text += dictionaries.unpacked(part)
        except Unreadable as error:
            return Stored(kept, text, f"{where}: {error}")
        if sha256(text).digest() != copy.history_hash:
            return Stored(kept, text, f"{where}: with these the history is not the one that was copied")
        reached = copy.last_event
    if reached != kept.last_event:
        return Stored(kept, text, f"events {reached + 1} to {kept.last_event} are not there")
    return Stored(kept, text)


async def histories_of(connection: Connection, filing_id: UUID) -> list[Stored]:
    """Every run of a filing, in the order in which they began."""
    dictionaries = Dictionaries()
    return [await read_history(connection, one, dictionaries) for one in await ends_of_filing(connection, filing_id)]
