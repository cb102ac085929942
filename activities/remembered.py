"""What the recorder has read of the log already, and how it notices that the log has gone another way since."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from activities.named import named_by
from database.pool import Connection
from database.record.event_log import Opened, canonical_event, open_filing
from schemas.acts.act import Act
from schemas.standing.fact import Fact
from schemas.standing.surroundings import Surroundings
from schemas.values.canonical import chain_hash

_MOST_FILINGS = 2_000


@dataclass(frozen=True)
class Known:
    """The facts of a filing up to a version, parsed once. ``hash`` is that version's in the chain."""

    version: int
    facts: tuple[Fact[Any], ...]
    position: Any
    surroundings: Surroundings | None
    hash: bytes
    calendar: int = 0
    """The number of the holiday table under which the last fact was derived."""

    def leads_to(self, filing_id: UUID, opened: Opened) -> bool:
        """Whether what is remembered, with the events after it, is the chain whose head the log has.

        Facts never change, but a log can be set back to an older copy and be written on from there: its head is then
        before what is remembered, or beside it.
        """
        reached = self.hash
        for one in opened.events:
            text = canonical_event(filing_id, one.version, one.act_id, one.kind, one.recorded_at, one.body)
            reached = chain_hash(reached, text)
        return opened.filing is not None and opened.filing.hash == reached


class Remembered:
    """The filings that were used last; it never says more than the log does."""

    def __init__(self) -> None:
        self._known: OrderedDict[UUID, Known] = OrderedDict()

    async def opened(self, connection: Connection, act: Act) -> tuple[Opened, Known | None]:
        """The act's filing, locked, with the events that are not remembered; what is no longer so is forgotten."""
        known = self._known.get(act.filing_id)
        named = named_by(act)
        opened = await open_filing(connection, act.filing_id, act.act_id, known.version if known else 0, *named)
        if known is None or known.leads_to(act.filing_id, opened):
            return opened, known
        self.forget(act.filing_id)
        return await open_filing(connection, act.filing_id, act.act_id, 0, *named), None

    def keep(self, filing_id: UUID, known: Known) -> None:
        """To be called when the facts are committed."""
        self._known[filing_id] = known
        self._known.move_to_end(filing_id)
        if len(self._known) > _MOST_FILINGS:
            self._known.popitem(last=False)

    def forget(self, filing_id: UUID) -> None:
        """The log is read from its beginning the next time."""
        self._known.pop(filing_id, None)
