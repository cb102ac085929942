"""The frame of every guard: what it looks at, and what it says of the act of a person; facts of authorities pass."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import TypeAdapter

from rules.filing.corrections import replaced_by, would_be_made
from rules.filing.order import legal_order
from rules.filing.papers import guard_corrected_papers, guard_papers
from rules.filing.remarks import Remark, Verdict, judged, refused, warned
from rules.law.calendar import Calendar
from schemas.acts.act import Act, CorrectFact
from schemas.acts.beginning import BEGINNINGS
from schemas.lifecycle.row import NOTHING
from schemas.standing.fact import Fact
from schemas.standing.position import BasePosition
from schemas.values.actor import AUTHORITIES

__all__ = ["Guard", "Remark", "Scene", "Verdict", "judged", "refused", "warned"]

A = TypeVar("A", bound=Act)
P = TypeVar("P", bound=BasePosition)
S = TypeVar("S")


class Scene(Generic[A, P, S]):
    """The filing before the act, and what it stands on as read just now; what is derived from them is derived once."""

    acts: ClassVar[TypeAdapter[Any]]
    """Reads and writes the acts of this kind of filing."""

    def __init__(self, position: P | None, facts: Sequence[Fact[A]], surroundings: S, calendar: Calendar) -> None:
        self.position, self.facts, self.surroundings, self.calendar = position, facts, surroundings, calendar

    @property
    def at(self) -> P:
        """Where the filing stood; for acts that do not begin one."""
        assert self.position is not None  # a filing that has facts has a position
        return self.position

    @cached_property
    def ordered(self) -> tuple[Fact[A], ...]:
        """The facts that count, by legal day."""
        return legal_order(self.facts, self.acts)


SceneT = TypeVar("SceneT", bound=Scene[Any, Any, Any])


@dataclass(frozen=True)
class Guard(Generic[SceneT]):
    """All that is said of the acts of one kind of filing: ``whose`` of each of them, and what is checked of some."""

    scene: type[SceneT]
    whose: Callable[[Act, SceneT], Iterator[Remark]]
    checks: Mapping[type[Act], Callable[[Any, SceneT], Iterator[Remark]]]

    def __call__(
        self, act: Act, position: BasePosition | None, facts: Sequence[Fact[Any]], surroundings: Any, calendar: Calendar
    ) -> Verdict:
        """Refusals and warnings for an act; ``position`` is the one before it."""
        stands = position is not None and position.stage != NOTHING
        if act.by.role in AUTHORITIES or not (stands or type(act) in BEGINNINGS):
            return Verdict()
        scene, check = self.scene(position, facts, surroundings, calendar), self.checks.get(type(act))
        papers = (*guard_papers(act), *self._corrected(act, facts))
        return judged((*self.whose(act, scene), *papers, *(check(act, scene) if check else ())))

    def _corrected(self, act: Act, facts: Sequence[Fact[Any]]) -> Iterator[Remark]:
        if isinstance(act, CorrectFact):
            replaced = replaced_by(act, {one.act.act_id: one.act for one in facts})
            yield from guard_corrected_papers(would_be_made(act, facts, self.scene.acts), replaced)
