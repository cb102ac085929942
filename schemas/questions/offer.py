"""What the rules about an offer are asked with: its bars, its terms, and the length of a statutory period."""

from typing import Annotated

from pydantic import Field

from schemas.statements.bars import BarAnswer
from schemas.statements.royalty import LicenceTerm, Royalty
from schemas.values.model import Day, Model, ShortText, Text
from schemas.values.patent_number import PatentKind


class BarsInputs(Model):
    """Everything that was ever reported or looked up about the bars of one patent, in any order."""

    patent_kind: PatentKind
    statements: tuple[BarAnswer, ...] = ()
    """A bar that nobody looked at is unknown, and is asked for."""


class TermsInputs(Model):
    """The terms of an offer as they would be announced."""

    patent_kind: PatentKind
    filed_on: Day
    royalty: Royalty
    term: LicenceTerm
    begins_on: Day | None = None
    """The earliest day on which a licence can take effect; None: the day the rule is asked for."""
    fee_explanation: Text | None = None
    """How the royalty was found; None asks for it."""
    texts: dict[ShortText, Text] = Field(default_factory=dict)
    """Other texts of the declaration by field, searched for advertising."""


class DeadlineInputs(Model):
    """A statutory period and the event it runs from."""

    period: ShortText
    """The name of the parameter that gives its length, such as ``national.recordal_period``."""
    start: Day
    """The day of the event; it is not counted."""
    keys: Annotated[tuple[ShortText, ...], Field(max_length=5)] = ()
    """Where the length is looked up by something, its keys."""
