"""What of a filing waits for its second person: acts that count only when somebody else has countersigned them."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from schemas.acts.act import TWO_PERSON_ACTS


class Waits(NamedTuple):
    """An act that one person has asked for, and what the second one types."""

    act_id: UUID
    kind: str
    by: UUID
    command: str


def waiting_for_second(kind: str, filing_id: UUID, acts: Iterable[dict[str, Any]]) -> list[Waits]:
    """Those of the filing's acts, as the log has them, that nobody else has countersigned."""
    asked, signed = dict[str, dict[str, Any]](), set[tuple[str, str]]()
    for act in acts:
        if act["kind"] in TWO_PERSON_ACTS:
            asked[act["act_id"]] = act
        elif act["kind"] == "countersign":
            signed.add((act["countersigns"], act["by"]["party_id"]))
    return [
        Waits(
            UUID(act_id),
            act["kind"],
            UUID(act["by"]["party_id"]),
            f"starter.py {kind} countersign {filing_id} --countersigns {act_id}"
            f" --role {act['by']['role']} --by SECOND_PERSON",
        )
        for act_id, act in asked.items()
        if not any(which == act_id and who != act["by"]["party_id"] for which, who in signed)
    ]
