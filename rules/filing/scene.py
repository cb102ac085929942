"""The frame of every guard: what it looks at, and what it says of the act of a person; facts of authorities pass."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter

from rules.filing.order import legal_order
from rules.law.calendar import Calendar
from schemas.acts.act import Act
from schemas.acts.beginning import BEGINNINGS
from schemas.lifecycle.row import NOTHING
from schemas.standing.fact import Fact
from schemas.standing.position import BasePosition
from schemas.values.actor import AUTHORITIES
from schemas.values.refusal import Refusal, refusal

A = TypeVar("A", bound=Act)
P = TypeVar("P", bound=BasePosition)
S = TypeVar("S")


class Remark(NamedTuple):
    """What a guard says of an act. What only ``warns`` does not stop it, and travels in the answer."""

    refusal: Refusal
    warns: bool = False


def refused(code: str, where: str = "", **facts: object) -> Remark:
    """A reason to say no."""
    return Remark(refusal(code, where, **facts))


def warned(code: str, where: str = "", **facts: object) -> Remark:
    """Something to be told of."""
    return Remark(refusal(code, where, **facts), warns=True)


class Verdict(NamedTuple):
    """Refusals stop the act; warnings travel in its answer."""

    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Refusal, ...] = ()


def judged(remarks: Iterable[Remark]) -> Verdict:
    """Every reason at once, so that a person can mend them in one go."""
    said = tuple(remarks)
    return Verdict(tuple(one.refusal for one in said if not one.warns), tuple(one.refusal for one in said if one.warns))


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
        return judged((*self.whose(act, scene), *(check(act, scene) if check else ())))
