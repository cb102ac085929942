"""Parties whose rights and duties went over to another as a whole: who is one with whom, and who acts for whom."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from schemas.standing.surroundings import Succession


def joined_with(unit: UUID, successions: Sequence[Succession]) -> frozenset[UUID]:
    """The party with all those that it came from and that came from it by merger or rename: one after the other."""
    joined = {unit}
    while (
        more := {
            party
            for one in successions
            for party in (one.predecessor, one.successor)
            if joined & {one.predecessor, one.successor}
        }
        - joined
    ):
        joined |= more
    return frozenset(joined)


def came_after(unit: UUID, successions: Sequence[Succession], day: date) -> frozenset[UUID]:
    """Who acts for a party on a day: itself, and whoever it was merged into by then."""
    known = {unit}
    while more := {one.successor for one in successions if one.predecessor in known and one.on <= day} - known:
        known |= more
    return frozenset(known)
