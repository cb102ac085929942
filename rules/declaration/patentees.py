"""Whoever is said to have come into a patentee's place: their licences have to be told who it is (GL-9)."""

from rules.filing.order import of_kind
from schemas.standing.fact import DeclarationFacts
from schemas.standing.surroundings import PatenteeChange
from schemas.statements.offer import SubstitutionGround

_GROUND: dict[str, SubstitutionGround] = {"merger": "merger", "succession": "merger", "assignment": "assignment"}


def patentee_changes(ordered: DeclarationFacts) -> tuple[PatenteeChange, ...]:
    """The changes by which another party came; under another name it is the same party (D-28)."""
    told = [(one.act, "assignment") for one in of_kind(ordered, "report_transfer")]
    told += [(one.act, one.act.cause) for one in of_kind(ordered, "report_patentee_change")]
    found = [
        PatenteeChange(act_id=act.act_id, on=act.on, ground=_GROUND[why], told_by=act.by.role)
        for act, why in told
        if why in _GROUND
    ]
    return tuple(sorted(found, key=lambda one: (one.on, str(one.act_id))))
