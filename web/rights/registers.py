"""Who writes what belongs to no filing and to no sub-platform: messages, deliveries, calendars."""

from schemas.lifecycle.registers import check_writer
from web.visit import Visit


def may_write(visit: Visit, act: str) -> bool:
    """Whether the visit may ask for that act of a register."""
    return check_writer(act, visit.membership.role) is None and not visit.membership.platform
