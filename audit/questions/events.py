"""The names of the events that acts become, over all kinds of filings."""

from schemas.lifecycle.all import LIFECYCLES


def events_of(*acts: str) -> tuple[str, ...]:
    """``licence:receipt_booked`` and the like, of every kind that has one of these acts."""
    return tuple(
        dict.fromkeys(
            lifecycle.event(act) for lifecycle in LIFECYCLES.values() for act in acts if lifecycle.rows_of(act)
        )
    )
