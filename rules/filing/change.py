"""One act with the filing before and after it: what amounts, rows and news are made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from schemas.acts.act import Act
from schemas.standing.fact import Fact
from schemas.standing.position import BasePosition

A = TypeVar("A", bound=Act)
P = TypeVar("P", bound=BasePosition)
S = TypeVar("S")


@dataclass(frozen=True)
class Change(Generic[A, P, S]):
    """``facts``: all of them, the act's last; ``before``: None where the act began the filing."""

    act: A
    version: int
    facts: Sequence[Fact[A]]
    before: P | None
    after: P
    surroundings: S

    @property
    def filing_id(self) -> UUID:
        """The filing."""
        return self.act.filing_id


class View(NamedTuple, Generic[P, S]):
    """What other filings see of one: when it changes, a message of this ``topic`` tells them, and they derive again."""

    topic: str
    of: Callable[[P, S], object]
    said: Callable[[UUID, P, S], dict[str, Any]]
    """What the message says: whose change it is, and whom it concerns."""
    is_seen: Callable[[P], bool] = lambda position: True
    """Whether anybody can stand on it yet, by the position before the act."""
