"""Who reads and writes what belongs to no filing: messages, deliveries, calendars, the audit log."""

from schemas.lifecycle.registers import check_writer
from web.rights.parts import HISTORIANS
from web.visit import NotFound, Visit


def see_whole(visit: Visit) -> None:
    """Raises NotFound for everybody but auditors, and operators of the whole: a sub-platform's sees its own alone."""
    if visit.membership.role not in HISTORIANS or visit.membership.platform:
        raise NotFound


def may_write(visit: Visit, act: str) -> bool:
    """Whether the visit may ask for that act of a register."""
    return check_writer(act, visit.membership.role) is None and not visit.membership.platform


def see_writer(visit: Visit, act: str) -> None:
    """Raises NotFound for everybody who may not."""
    if not may_write(visit, act):
        raise NotFound
