"""The differences of a report by the side that has something alone."""

from collections.abc import Mapping
from typing import Any, Literal

from audit.report import Difference

Side = Literal["history", "event_log", "read_model", "ledger", "outbox", "both"]
SIDES: tuple[Side, ...] = ("history", "event_log", "read_model", "ledger", "outbox", "both")
_SIDE_OF: Mapping[str, Side] = {
    "history": "history",
    "workflow": "history",
    "payout": "history",
    "events": "event_log",
    "chain": "event_log",
    "acts": "event_log",
    "facts": "event_log",
    "ledger": "ledger",
    "postings": "ledger",
    "outbox": "outbox",
}
"""The first word of a place -> the record that it is in; every other place is one of the read model."""


def by_side(differences: list[Difference]) -> dict[Side, list[Difference]]:
    """Side -> what it alone has; ``both``: what two sides have, and not the same.

    What is proved and not found the event log has alone; of a run that is behind or ahead the one that is further.
    """
    sides: dict[Side, list[Difference]] = {side: [] for side in SIDES}
    for one in sorted(differences, key=lambda each: (str(each.filing_id or ""), each.where)):
        sides[_side(one)].append(one)
    return {side: found for side, found in sides.items() if found}


def _side(one: Difference) -> Side:
    own = _SIDE_OF.get(one.where.split(".", 1)[0], "read_model")
    proved, found = one.proved, one.found
    if one.where == "workflow.head":
        proved, found = _version(proved), _version(found)
        return "both" if proved == found else "event_log" if proved > found else "history"
    if proved is None:
        return own
    return "event_log" if found is None else "both"


def _version(head: Any) -> int:
    """0 where there is no run, or none that says anything."""
    return int(head["version"]) if isinstance(head, dict) else 0
