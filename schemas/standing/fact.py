"""A fact: an act that was granted, with what the recording transaction made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from schemas.acts.act import Act
from schemas.acts.declaration import DeclarationAct
from schemas.acts.licence import LicenceAct
from schemas.acts.payout import PayoutAct
from schemas.acts.settlement import SettlementAct
from schemas.standing.surroundings import Surroundings
from schemas.values.determination import Determination
from schemas.values.model import Model


class MovedDay(Model):
    """What a holiday table changed of one day: None where nobody waits for it, as it was met in time.

    ``calendar``: the number of the table. A day that stays where it is and is certain now is listed too.
    """

    calendar: int
    key: str
    what: str
    was: date | None
    was_provisional: bool
    now: date | None
    now_provisional: bool


class Made(Model):
    """What recording added to the act: the snapshot it was decided on, the amounts, the receipt number."""

    surroundings: Surroundings | None = None
    """Only where it differs from the snapshot before; None means *as before*."""
    determinations: tuple[Determination, ...] = ()
    receipt_number: str | None = None
    granted_at: Annotated[datetime | None, Field(exclude_if=lambda at: at is None)] = None
    """When it was granted first, if the log was set back since and an operator brought it again on a later day."""
    calendar: Annotated[int, Field(ge=0, exclude_if=lambda number: number == 0)] = 0
    """Number of the last holiday table that two people had approved; 0: the bundled ones."""
    moved: Annotated[tuple[MovedDay, ...], Field(exclude_if=lambda moved: not moved)] = ()
    """What the tables approved since the fact before have moved by themselves."""


A = TypeVar("A", bound=Act)


@dataclass(frozen=True, slots=True)
class Fact(Generic[A]):
    """``version`` counts the filing's facts from 1 in the order of recording; law looks at ``act.on`` instead."""

    version: int
    act: A
    recorded_at: datetime
    made: Made


DeclarationFacts = Sequence[Fact[DeclarationAct]]
LicenceFacts = Sequence[Fact[LicenceAct]]
PayoutFacts = Sequence[Fact[PayoutAct]]
SettlementFacts = Sequence[Fact[SettlementAct]]
