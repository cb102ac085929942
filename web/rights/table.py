"""Role x act x whose, as data: made from the lifecycle tables, and the relation that each role has to a filing."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.actor import Role


class Right(NamedTuple):
    """One role may ask for one act of filings of that kind, of those that it has the relation to."""

    role: Role
    kind: FilingKind
    act: str


@cache
def rights() -> frozenset[Right]:
    """Every right that a person can have; what follows by itself is asked for by nobody."""
    return frozenset(_rights())


def _rights() -> Iterator[Right]:
    for kind, lifecycle in LIFECYCLES.items():
        for row in lifecycle.rows:
            if not row.derived:
                yield from (Right(role, kind, row.act) for role in row.roles if role is not Role.TIMER)


@cache
def acts_of(role: Role) -> Mapping[FilingKind, frozenset[str]]:
    """The acts of each kind of filing that a role may ask for at all."""
    return {
        kind: frozenset(one.act for one in rights() if one.role is role and one.kind is kind) for kind in FilingKind
    }


def may(role: Role, kind: FilingKind, act: str) -> bool:
    """Whether the role may ask for the act of filings that are its own."""
    return act in acts_of(role)[kind]
