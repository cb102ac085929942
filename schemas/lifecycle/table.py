"""The table of one kind of filing, and the look-ups that recording, command line and documentation share."""

from collections.abc import Mapping
from typing import NamedTuple

from schemas.acts.act import FilingKind
from schemas.lifecycle.row import NOTHING, SAME, Row
from schemas.lifecycle.stages.stage import Phase, RightStage, Stage, Track
from schemas.values.actor import AUTHORITIES, Role
from schemas.values.refusal import Refusal, refusal


class Lifecycle(NamedTuple):
    """The table of one kind of filing: its right, and the tracks that run beside it."""

    kind: FilingKind
    right: type[RightStage]
    rows: tuple[Row, ...]
    beside: tuple[type[Stage], ...] = ()

    @property
    def tracks(self) -> Mapping[Track, Stage]:
        """The tracks beside the right, each with its first stage."""
        firsts = [next(iter(stages)) for stages in self.beside]
        return {first.track: first for first in firsts}

    @property
    def terminal(self) -> frozenset[RightStage]:
        """The stages of the right from which nothing more is expected."""
        return frozenset(self.right.within(Phase.OVER))

    def stages(self, track: Track) -> tuple[Stage, ...]:
        """All stages named for a track, in the order of the table."""
        named: dict[Stage, None] = {}
        for row in self.rows:
            if row.track == track:
                stages = [*row.stages, *(goal for goal in row.to if goal != SAME)]
                named.update(dict.fromkeys(stage for stage in stages if stage != NOTHING))
        return tuple(named)

    def ways(self, track: Track) -> Mapping[tuple[Stage, Stage], tuple[str, ...]]:
        """(from, to) -> the acts that lead there, or what follows by itself, in the order of the table.

        Taking over leads from nothing to any stage and is left out, as is what changes no stage.
        """
        found: dict[tuple[Stage, Stage], dict[str, None]] = {}
        for row in self.rows:
            for start in row.stages if row.track is track and row.act != "take_over" else ():
                for end in row.to:
                    if isinstance(end, Stage) and end != start:
                        found.setdefault((start, end), {})[row.act] = None
        return {way: tuple(acts) for way, acts in found.items()}

    def rows_of(self, act: str) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.act == act and not row.derived)

    def only_begins(self, act: str) -> bool:
        """Whether the act is asked for where there is nothing yet, and nowhere else."""
        return all(row.stages == (NOTHING,) for row in self.rows_of(act))

    def event(self, act: str) -> str:
        """``licence:recorded`` for the act ``record``."""
        rows = self.rows_of(act)
        return f"{self.kind.value}:{rows[0].event}"


def check(
    lifecycle: Lifecycle, stage: str, tracks: Mapping[str, str], act: str, role: Role, *, is_known: bool = False
) -> Refusal | None:
    """The table's no, or None: may this role do this act now? Facts of authorities are never refused for order (R2).

    ``is_known``: the filing has facts, though it may stand nowhere yet because its taking over is not countersigned.
    """
    rows = lifecycle.rows_of(act)
    if not rows:
        return refusal("act_unknown", "kind", act=act, kind=lifecycle.kind.value)
    mine = [row for row in rows if role in row.roles]
    if not mine:
        allowed = "、".join(dict.fromkeys(one.value for row in rows for one in row.roles))
        rule, of = rows[0].article, lifecycle.kind.value
        return refusal("role_not_allowed", "by.role", act=act, kind=of, role=role.value, allowed=allowed, rule=rule)
    if role in AUTHORITIES and (is_known or stage != NOTHING):
        return None
    for row in mine:
        if _here(row, stage, tracks) in row.stages:
            return None
    here = _here(mine[0], stage, tracks)
    possible = "、".join(dict.fromkeys(one for row in mine for one in row.stages))
    track = lifecycle.kind.value if mine[0].track is Track.RIGHT else mine[0].track.value
    of, rule = lifecycle.kind.value, mine[0].article
    return refusal(
        "act_not_allowed_now", "kind", act=act, kind=of, track=track, stage=here, possible=possible, rule=rule
    )


def _here(row: Row, stage: str, tracks: Mapping[str, str]) -> str:
    return stage if row.track is Track.RIGHT else tracks.get(row.track, NOTHING)


def acts_expected(lifecycle: Lifecycle, stage: str, tracks: Mapping[str, str], role: Role) -> tuple[str, ...]:
    """The acts of a role that the table has from here; of authorities others are taken too (R2), and contradict us."""
    rows = (row for row in lifecycle.rows if not row.derived and role in row.roles)
    return tuple(dict.fromkeys(row.act for row in rows if _here(row, stage, tracks) in row.stages))


def acts_possible(lifecycle: Lifecycle, stage: str, tracks: Mapping[str, str], role: Role) -> tuple[str, ...]:
    """The acts a role can be offered now, in the order of the table."""
    found = (row.act for row in lifecycle.rows if not row.derived and role in row.roles)
    return tuple(act for act in dict.fromkeys(found) if check(lifecycle, stage, tracks, act, role) is None)
