"""What recording reads and writes for one kind of filing beside its log; the law of it stands in ``rules/kinds.py``."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from database.pool import Connection
from database.record.posting import BankLine, Licence, Message, Offer, Receipt
from rules.filing.change import Change
from rules.kinds import Kind
from schemas.acts.act import Act
from schemas.standing.position import BasePosition

A = TypeVar("A", bound=Act)
P = TypeVar("P", bound=BasePosition)
S = TypeVar("S")


@dataclass(frozen=True)
class Rows:
    """The rows of the read model that belong to one kind of filing only."""

    offer: Offer | None = None
    licence: Licence | None = None
    bank_line: BankLine | None = None
    receipts: Sequence[Receipt] = ()


class Before(NamedTuple, Generic[P, S]):
    """Where the filing stands before an act, and on what; None where the act begins it."""

    position: P | None
    surroundings: S | None


class Handling(ABC, Generic[A, P, S]):
    """What differs between the kinds of filing; a kind says only what it has."""

    kind: Kind[A, P, S]

    @abstractmethod
    async def surroundings(self, connection: Connection, act: A, before: Before[P, S]) -> S:
        """What the filing stands on, read (and locked) now; or as before where the act does not depend on news."""

    async def receipt_number(self, connection: Connection, act: A) -> str | None:
        """The number that the first act of a filing is acknowledged under; taken from a counter, so never twice."""
        return None

    def rows(self, change: Change[A, P, S]) -> Rows:
        """What of the read model changes beside the filing's own row."""
        return Rows()

    async def posts_besides(self, connection: Connection, change: Change[A, P, S]) -> None:
        """What the act changes outside the filing's own rows, in the same transaction, after everything else."""

    def tells(self, change: Change[A, P, S]) -> tuple[Message, ...]:
        """Whom else the act concerns: whoever sees something of the filing that is not what it was."""
        before, after, surroundings = change.before, change.after, change.surroundings
        if before is None:
            return ()
        said = {"cause": change.act.act_id, "on": change.act.on}
        return tuple(
            Message(
                view.topic,
                f"{change.filing_id}:{change.version}",
                {**view.said(change.filing_id, after, surroundings), **said},
            )
            for view in self.kind.views
            if view.is_seen(before) and view.of(before, surroundings) != view.of(after, surroundings)
        )
