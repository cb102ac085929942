"""The day on which a person acts."""

from datetime import date, datetime

from schemas.values.model import SHANGHAI


def today() -> date:
    """The day of a person's act: what a licensee does itself carries the day stamped here."""
    return datetime.now(SHANGHAI).date()
