"""An event after the announcement of a declaration, and what decides about the duties that it brings."""

from typing import Literal

from schemas.values.model import Day, Model

EventName = Literal[
    "assignment",
    "abandonment",
    "patentee_changed",
    "rename_of_patentee",
    "pledge",
    "exclusive_or_sole_licence",
    "annual_fee_missed",
    "procedures_suspended",
    "right_ended",
    "false_statement",
    "licence_term_reached",
    "price_or_term_change",
]


class EventInputs(Model):
    """``happens_on`` is the legal day of the event, or the day on which it is wanted."""

    event: EventName
    happens_on: Day
    goes_on: bool | None = None
    """Only where the patentee changed otherwise than by assignment: whether the new one wants to go on licensing."""
