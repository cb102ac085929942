"""The usual days of a life, for whoever does not say others: from the patent's filing to the tax record."""

from datetime import date, timedelta

FILED_ON, GRANTED_ON = date(2019, 1, 23), date(2021, 6, 1)
SUBMITTED_ON, MARKED_ON, ANNOUNCED_ON = date(2026, 3, 2), date(2026, 3, 10), date(2026, 4, 1)
NOTICED_ON, PAID_ON, RECEIVED_ON = date(2026, 4, 15), date(2026, 4, 20), date(2026, 4, 21)
RECORDAL_FILED_ON, RECORDED_ON = date(2026, 5, 6), date(2026, 5, 15)
APPLIED_ON, ACCEPTED_ON, REGISTERED_ON = date(2026, 5, 18), date(2026, 5, 20), date(2026, 5, 29)
STATED_ON, PUBLISHED_ON, APPROVED_ON = date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 18)
INSTRUCTED_ON, PAID_OUT_ON, TAX_RECORDED_ON = date(2026, 6, 19), date(2026, 6, 22), date(2026, 7, 10)
_SATURDAY = 5


def after(day: date, days: int) -> date:
    """So many days later; from a weekend on to Monday, since neither offices nor banks work then."""
    later = day + timedelta(days=days)
    return later + timedelta(days=7 - later.weekday()) if later.weekday() >= _SATURDAY else later
