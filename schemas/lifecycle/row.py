"""How a line of a lifecycle table is written: ``act("refuse", by=OF, at=..., to=..., event=...) | under("GL-3.4(2)")``.

One line of code says who may do what and where that leads, the other on what it rests.
"""

from typing import Final, Literal, NamedTuple

from schemas.lifecycle.roles import OP, SY
from schemas.lifecycle.stages.stage import RightStage, Stage, Track
from schemas.values.actor import Role

NOTHING: Final = "-"
SAME: Final = "="
Goal = Stage | Literal["="]


class Row(NamedTuple):
    """One line of a table. ``to``: the stages the act can lead to, or SAME for an overlay."""

    track: Track
    stages: tuple[Stage, ...]
    act: str
    roles: tuple[Role, ...]
    to: tuple[Goal, ...]
    event: str
    article: str
    guard: str
    starts: str
    derived: bool
    """True where nobody asks for it: it follows from facts and days alone."""


class Ground(NamedTuple):
    """What a line rests on: the article, the conditions in short, the deadlines or tasks it starts."""

    article: str
    guard: str
    starts: str


class Step(NamedTuple):
    """The first half of a line."""

    act: str
    roles: tuple[Role, ...]
    stages: tuple[Stage, ...]
    to: tuple[Goal, ...]
    event: str
    derived: bool

    def __or__(self, ground: Ground) -> Row:
        return Row(
            track=self.stages[0].track,
            stages=self.stages,
            act=self.act,
            roles=self.roles,
            to=self.to,
            event=self.event,
            article=ground.article,
            guard=ground.guard,
            starts=ground.starts,
            derived=self.derived,
        )


def act(
    name: str,
    *,
    by: Role | tuple[Role, ...],
    at: Stage | tuple[Stage, ...],
    to: Stage | tuple[Stage, ...] | None = None,
    event: str,
) -> Step:
    """What somebody may ask for; without ``to`` it leaves the stage as it is. The track follows from the stages."""
    roles = by if isinstance(by, tuple) else (by,)
    return Step(name, roles, _several(at), _several(to) if to is not None else (SAME,), event, derived=False)


def follows(name: str, *, at: Stage | tuple[Stage, ...], to: Stage | tuple[Stage, ...], event: str) -> Step:
    """What follows by itself from facts and days."""
    return Step(name, (SY,), _several(at), _several(to), event, derived=True)


def under(article: str, *, guard: str = "", starts: str = "") -> Ground:
    """The second half of a line."""
    return Ground(article, guard, starts)


def common_rows(stages: type[RightStage], *, days: str = "IR-5", news: str = "R1") -> tuple[Row, ...]:
    """The lines that every table ends with, but for the second people's.

    What was taken over stands nowhere until a second person has signed it; days and news reach it all the same.
    """
    nothing, known, everywhere = stages(NOTHING), stages.known(), tuple(stages)
    return (
        act("take_over", by=OP, at=nothing, to=known, event="taken_over") | under("R7", guard="evidence, two people"),
        act("pass_day", by=(SY, OP), at=everywhere, event="day_passed") | under(days),
        act("surroundings_changed", by=SY, at=everywhere, event="surroundings_changed") | under(news),
    )


def _several(stages: Stage | tuple[Stage, ...]) -> tuple[Stage, ...]:
    return stages if isinstance(stages, tuple) else (stages,)
