"""The one table kind of filing -> what the law says of it: recording, auditing and the command line share it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from rules.declaration.guards import guard_declaration
from rules.declaration.position import derive_declaration
from rules.declaration.views import DECLARATION_VIEWS
from rules.filing.change import Change, View
from rules.filing.corrections import dismissed
from rules.filing.scene import Guard
from rules.law.calendar import Calendar
from rules.licence.guards import guard_licence
from rules.licence.payouts import payouts_called_for
from rules.licence.position import derive_licence, determinations_of
from rules.licence.views import LICENCE_VIEWS
from rules.payout.guards import guard_payout
from rules.payout.position import derive_payout
from rules.payout.position import determinations_made as payout_made
from rules.payout.views import PAYOUT_VIEWS
from rules.settlement.guards import guard_settlement
from rules.settlement.position import derive_settlement
from rules.settlement.position import determinations_made as list_made
from schemas.acts.act import Act, FilingKind
from schemas.acts.declaration import DeclarationAct
from schemas.acts.licence import LicenceAct
from schemas.acts.payout import PayoutAct
from schemas.acts.settlement import Calculate, SettlementAct
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.table import Lifecycle
from schemas.standing.answer import Start
from schemas.standing.fact import Fact, Made
from schemas.standing.position import BasePosition, DeclarationPosition, LicencePosition, PayoutPosition
from schemas.standing.positions import stored_position
from schemas.standing.settlement import SettlementPosition
from schemas.standing.surroundings import (
    DeclarationSurroundings,
    LicenceSurroundings,
    PayoutSurroundings,
    SettlementSurroundings,
)
from schemas.values.determination import Determination
from schemas.values.money import STORED

A = TypeVar("A", bound=Act)
P = TypeVar("P", bound=BasePosition)
S = TypeVar("S")


@dataclass(frozen=True)
class Kind(Generic[A, P, S]):
    """What belongs to one kind of filing; what it does not have, it need not say."""

    name: FilingKind
    derived: Callable[[Sequence[Fact[A]], S, Calendar], P]
    """What law makes of the facts; ``derive`` leaves out the findings that two people have dismissed."""
    guard: Guard[Any]
    determinations: Callable[[Change[A, P, S], Calendar], tuple[Determination, ...]] = lambda change, calendar: ()
    """The amounts that an act made, with their traces."""
    starts: Callable[[P, S], tuple[Start, ...]] = lambda position, surroundings: ()
    """All payouts that the filing calls for as it stands."""
    views: tuple[View[P, S], ...] = ()

    def derive(self, facts: Sequence[Fact[A]], surroundings: S, calendar: Calendar) -> P:
        """Where the filing stands."""
        position, gone = self.derived(facts, surroundings, calendar), dismissed(facts)
        return (
            position.but(findings=tuple(one for one in position.findings if one.key not in gone)) if gone else position
        )

    @property
    def acts(self) -> TypeAdapter[A]:
        """Reads and writes its acts."""
        acts: TypeAdapter[A] = self.guard.scene.acts
        return acts

    @property
    def lifecycle(self) -> Lifecycle:
        """Its table."""
        return LIFECYCLES[self.name]

    def fact(self, version: int, recorded_at: datetime, body: Mapping[str, Any]) -> Fact[A]:
        """The fact as the event log has it; raises pydantic's ValidationError for a body that is no act of ours."""
        act = self.acts.validate_python(body["act"], context=STORED)
        return Fact(version, act, recorded_at, Made.model_validate(body["made"], context=STORED))

    def stored_position(self, row: object) -> P:
        """The position as the read model keeps it."""
        position: P = stored_position(self.name, row)
        return position


def _list_of(change: Change[SettlementAct, SettlementPosition, SettlementSurroundings]) -> tuple[Determination, ...]:
    return list_made(change.facts, change.surroundings) if isinstance(change.act, Calculate) else ()


DECLARATION = Kind[DeclarationAct, DeclarationPosition, DeclarationSurroundings](
    FilingKind.DECLARATION, derive_declaration, guard_declaration, views=DECLARATION_VIEWS
)
LICENCE = Kind[LicenceAct, LicencePosition, LicenceSurroundings](
    FilingKind.LICENCE,
    derive_licence,
    guard_licence,
    lambda change, calendar: determinations_of(change.act, change.facts, change.surroundings, calendar),
    payouts_called_for,
    LICENCE_VIEWS,
)
PAYOUT = Kind[PayoutAct, PayoutPosition, PayoutSurroundings](
    FilingKind.PAYOUT,
    derive_payout,
    guard_payout,
    lambda change, _: payout_made(change.before, change.after),
    views=PAYOUT_VIEWS,
)
SETTLEMENT = Kind[SettlementAct, SettlementPosition, SettlementSurroundings](
    FilingKind.SETTLEMENT, derive_settlement, guard_settlement, lambda change, _: _list_of(change)
)
KINDS: Mapping[FilingKind, Kind[Any, Any, Any]] = {one.name: one for one in (DECLARATION, LICENCE, PAYOUT, SETTLEMENT)}
