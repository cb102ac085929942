"""The last lines of every table: who corrects, who closes what no fact closes, and who countersigns."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from schemas.acts.act import TWO_PERSON_ACTS, Act
from schemas.lifecycle.row import Row, act, under
from schemas.lifecycle.stages.stage import RightStage
from schemas.values.actor import Role

Owners = Mapping[type[Act], tuple[Role, ...]]


def with_second_people(stages: type[RightStage], rows: tuple[Row, ...], union: Any, owners: Owners) -> tuple[Row, ...]:
    """The table with its last three lines: who corrects, who closes what no fact closes, and who countersigns that and
    whatever else needs two people.

    ``union``: the acts of this kind of filing; ``owners``: its facts of the world with the sides that own them.
    """
    known, everywhere, correcting = (
        stages.known(),
        tuple(stages),
        tuple(dict.fromkeys(_correcting(rows, union, owners))),
    )
    asking = [role for row in rows if row.act in TWO_PERSON_ACTS for role in row.roles]
    signing = tuple(dict.fromkeys((*correcting, *asking)))
    return (
        *rows,
        act("correct_fact", by=correcting, at=known, event="fact_corrected")
        | under("R3; D-25", guard="a fact of the world; the side that recorded or owns it; evidence, reason"),
        act("dismiss_finding", by=correcting, at=known, event="finding_dismissed")
        | under("R2; R3", guard="an open finding; a reason; counts with the second person"),
        act("countersign", by=signing, at=everywhere, event="countersigned")
        | under("R3; D-25", guard="another person of the same side"),
    )


def _correcting(rows: Iterable[Row], union: Any, owners: Owners) -> Iterator[Role]:
    models = {one.model_fields["kind"].default: one for one in get_args(get_args(union)[0])}
    for row in rows:
        model = models.get(row.act)
        if model is not None and model in owners and not row.derived:
            yield from (role for role in (*row.roles, *owners[model]) if role is not Role.TIMER)
