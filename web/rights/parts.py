"""What of a filing that somebody may see is his to see: all of it, or, where it lists many people, his own part."""

from typing import Any
from uuid import UUID

from schemas.acts.act import FilingKind
from schemas.standing.position import BasePosition
from schemas.values.actor import Role
from web.visit import Visit

_OWN_PART = {(Role.INVENTOR, FilingKind.PAYOUT), (Role.CLAIMANT, FilingKind.SETTLEMENT)}
"""Whoever is one of many in a filing sees neither the others nor their money."""
_LISTS = ("lines", "claims")
_ABOUT_IT = (
    "kind",
    "parent_id",
    "unit",
    "subject",
    "authority",
    "scheme",
    "year",
    "publicity_from",
    "publicity_last_on",
)


def own_party(visit: Visit, kind: FilingKind) -> UUID | None:
    """Whose part alone the visit sees of a filing of that kind; None: it sees all of it."""
    mine = visit.membership
    if (mine.role, kind) not in _OWN_PART:
        return None
    assert visit.session is not None
    return visit.session.party_id if mine.role is Role.INVENTOR else mine.organisation_id or visit.session.party_id


def part_of(position: dict[str, Any], own: UUID | None) -> dict[str, Any]:
    """The position as whoever sees only his own part reads it, in the form of the wire."""
    if own is None:
        return position
    shown = {name: value for name, value in position.items() if name in BasePosition.model_fields or name in _ABOUT_IT}
    lists = {name: position[name] for name in ("money", *_LISTS) if name in position}
    return {**shown, **{name: [one for one in rows if names(one, own)] for name, rows in lists.items()}}


def names(value: Any, party: UUID) -> bool:
    """Whether the party is named anywhere in it."""
    if isinstance(value, dict):
        return any(names(one, party) for one in value.values())
    if isinstance(value, list | tuple):
        return any(names(one, party) for one in value)
    return str(party) in str(value)


def act_part(act: dict[str, Any], own: UUID | None) -> dict[str, Any]:
    """An act as he reads it: what others stated is only that they did."""
    if own is None or names(act.get("by"), own):
        return act
    return {name: act[name] for name in ("kind", "act_id", "filing_id", "on", "origin") if name in act}
