"""What a role can do in a filing as it stands, and of everything else why not."""

from collections.abc import Mapping
from typing import NamedTuple

from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.row import NOTHING
from schemas.lifecycle.stages.stage import Track
from schemas.lifecycle.table import Lifecycle, acts_expected, check
from schemas.values.actor import Role
from schemas.values.refusal import Refusal
from web.rights.table import acts_of


class NotNow(NamedTuple):
    """An act that the role has, but not as the filing stands."""

    act: str
    refusal: Refusal
    stages: tuple[str, ...]
    """Where it can be asked for, each as its name is looked up: ``declaration.filed``, ``recordal.due``."""


class Offered(NamedTuple):
    """Every act of a role once, in the order of the table."""

    expected: tuple[str, ...]
    contradicting: tuple[str, ...]
    """What an authority may tell besides; it contradicts what we have, and opens a finding."""
    not_now: tuple[NotNow, ...]


def offered(kind: FilingKind, stage: str, tracks: Mapping[str, str], role: Role) -> Offered:
    """What the table gives that role there. What only begins a filing is none of its acts."""
    lifecycle = LIFECYCLES[kind]
    expected = acts_expected(lifecycle, stage, tracks, role)
    contradicting, not_now = list[str](), list[NotNow]()
    mine = acts_of(role)[kind]
    for act in dict.fromkeys(row.act for row in lifecycle.rows if row.act in mine and not row.derived):
        if act in expected:
            continue
        refusal = check(lifecycle, stage, tracks, act, role, is_known=True)
        if refusal is None:
            contradicting.append(act)
        elif not lifecycle.only_begins(act):
            not_now.append(NotNow(act, refusal, _stages(lifecycle, act, role)))
    return Offered(expected, tuple(contradicting), tuple(not_now))


def _stages(lifecycle: Lifecycle, act: str, role: Role) -> tuple[str, ...]:
    mine = (row for row in lifecycle.rows_of(act) if role in row.roles)
    found = (
        f"{lifecycle.kind.value if row.track is Track.RIGHT else row.track.value}.{stage.value}"
        for row in mine
        for stage in row.stages
        if stage != NOTHING
    )
    return tuple(dict.fromkeys(found))
