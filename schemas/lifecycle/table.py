"""The shape of a lifecycle table, and the look-ups that recording, console, documentation and model check share."""

from collections.abc import Mapping
from typing import NamedTuple

from schemas.acts.act import FilingKind
from schemas.values.actor import AUTHORITIES, Role
from schemas.values.refusal import Refusal, refusal

NOTHING = "-"
SAME = "="


class Row(NamedTuple):
    """One line of a table. ``to`` is one of the stages the act can lead to, or SAME for an overlay."""

    track: str
    stages: tuple[str, ...]
    act: str
    roles: tuple[Role, ...]
    to: tuple[str, ...]
    event: str
    article: str
    guard: str = ""
    starts: str = ""
    derived: bool = False
    """True where nobody asks for it: it follows from facts and days alone."""


class Lifecycle(NamedTuple):
    """The table of one kind of filing; ``tracks`` gives each track's first stage."""

    kind: FilingKind
    rows: tuple[Row, ...]
    first: str
    tracks: Mapping[str, str]
    terminal: frozenset[str]

    def stages(self, track: str) -> tuple[str, ...]:
        """All stages named for a track, in the order of the table."""
        named: dict[str, None] = {}
        for row in self.rows:
            if row.track == track:
                named.update(dict.fromkeys(stage for stage in (*row.stages, *row.to) if stage not in (NOTHING, SAME)))
        return tuple(named)

    def rows_of(self, act: str) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.act == act and not row.derived)

    def event(self, act: str) -> str:
        """``licence:recorded`` for the act ``record``."""
        rows = self.rows_of(act)
        return f"{self.kind.value}:{rows[0].event}"


def check(
    lifecycle: Lifecycle, stage: str, tracks: Mapping[str, str], act: str, role: Role, *, is_known: bool = False
) -> Refusal | None:
    """An early no: may this role do this act now? Facts of authorities are never refused for their order (R2).

    ``is_known``: the filing has facts, though it may stand nowhere yet because its taking over is not countersigned.
    """
    rows = lifecycle.rows_of(act)
    if not rows:
        return refusal("act_unknown", "kind", act=act, kind=lifecycle.kind.value)
    mine = [row for row in rows if role in row.roles]
    if not mine:
        allowed = "、".join(dict.fromkeys(one.value for row in rows for one in row.roles))
        return refusal("role_not_allowed", "by.role", act=act, role=role.value, allowed=allowed, rule=rows[0].article)
    if role in AUTHORITIES and (is_known or stage != NOTHING):
        return None
    for row in mine:
        if _here(row, stage, tracks) in row.stages:
            return None
    here = _here(mine[0], stage, tracks)
    possible = "、".join(dict.fromkeys(one for row in mine for one in row.stages))
    return refusal("act_not_allowed_now", "kind", act=act, stage=here, possible=possible, rule=mine[0].article)


def _here(row: Row, stage: str, tracks: Mapping[str, str]) -> str:
    return stage if row.track == "right" else tracks.get(row.track, NOTHING)


def acts_possible(lifecycle: Lifecycle, stage: str, tracks: Mapping[str, str], role: Role) -> tuple[str, ...]:
    """The acts a role can be offered now, in the order of the table."""
    found = (row.act for row in lifecycle.rows if not row.derived and role in row.roles)
    return tuple(act for act in dict.fromkeys(found) if check(lifecycle, stage, tracks, act, role) is None)
