"""What all filings have: an id, a side that acts, and how an act of theirs is written."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from cli.demo.filings.world import World
from schemas.acts.act import Act, FilingKind
from schemas.acts.beginning import BEGINNINGS
from schemas.standing.answer import Answer
from schemas.values.actor import Role
from schemas.values.identifiers import workflow_id

A = TypeVar("A", bound=Act)


class Filing(ABC):
    """One filing and the author of its acts: each is valid as it stands, and what it is about is changed by name."""

    kind: ClassVar[FilingKind]
    world: World

    @property
    @abstractmethod
    def filing_id(self) -> UUID:
        """Made from what the filing is about."""

    @property
    @abstractmethod
    def named_by(self) -> tuple[object, ...]:
        """The parts of its workflow id."""

    def naming(self, model: type[Act]) -> dict[str, object]:
        """The fields of its first act that name it."""
        return dict(zip(BEGINNINGS[model].named_by, self.named_by, strict=True))

    @property
    def workflow_id(self) -> str:
        """The id of its workflow."""
        return workflow_id(self.kind.value, *self.named_by)

    @abstractmethod
    def side(self, role: Role) -> str:
        """The organisation on whose side a role acts here."""

    def act(self, model: type[A], role: Role, on: date, **fields: Any) -> A:
        """One act; ``by`` and ``again`` as in ``World.act``."""
        given = {"by": self.world.by(role, self.side(role)), **fields}
        return self.world.act(model, self.filing_id, role, on, **given)

    def by_each(self, model: type[A], roles: tuple[Role, ...], on: date, **fields: Any) -> tuple[A, ...]:
        """The same act by each of several people."""
        return tuple(self.act(model, role, on, **fields) for role in roles)


Ask = Callable[[Filing, Act], Awaitable[Answer]]
"""Performs one act of one filing, whoever is behind it; raises Refused."""


async def tell(ask: Ask, filing: Filing, *acts: Act) -> None:
    """One act after the other."""
    for act in acts:
        await ask(filing, act)
