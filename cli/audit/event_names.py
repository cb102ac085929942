"""Events by the acts that they were."""

from cli.output import named
from schemas.lifecycle.all import LIFECYCLES

_ACT_OF = {
    lifecycle.event(row.act): f"{lifecycle.kind.value}.{row.act}"
    for lifecycle in LIFECYCLES.values()
    for row in lifecycle.rows
    if not row.derived
}


def event_named(event: str) -> str:
    """``payout:adjusted`` by the name of its act; what is no event stays as it is."""
    return named("acts", _ACT_OF[event]) if event in _ACT_OF else event
