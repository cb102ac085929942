"""What acts would change, before anybody has asked for them."""

from uuid import UUID

from schemas.acts.act import FilingKind
from schemas.standing.answer import Answer
from schemas.values.model import Model
from schemas.values.money import Money


class Moved(Model):
    """What one account of a line would change by."""

    line: str
    account: str
    by: Money


class Touched(Model):
    """One filing that would change: the act's own, or one that stands on it."""

    filing_id: UUID
    kind: FilingKind
    stage_before: str
    """``-`` where the filing would begin."""
    stage_after: str
    moved: tuple[Moved, ...] = ()


class Preview(Model):
    """The last act's answer as it would be, and every filing that would change; ``more``: so many were not tried."""

    answer: Answer
    touched: tuple[Touched, ...]
    more: int = 0
