"""The one way from stored facts to a position, for every kind of filing: recording and auditing share it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from rules.declaration.position import derive_declaration
from rules.law.calendar import Calendar
from rules.licence.position import derive_licence
from rules.payout.position import derive_payout
from rules.settlement.position import derive_settlement
from schemas.acts.act import FilingKind
from schemas.acts.declaration import DECLARATION_ACT
from schemas.acts.licence import LICENCE_ACT
from schemas.acts.payout import PAYOUT_ACT
from schemas.acts.settlement import SETTLEMENT_ACT
from schemas.standing.fact import Fact, Made
from schemas.standing.position import BasePosition, DeclarationPosition, LicencePosition, PayoutPosition
from schemas.standing.settlement import SettlementPosition
from schemas.values.money import STORED


class Deriving(NamedTuple):
    """What belongs to one kind of filing: how its acts are read, its position's model, and the law's function."""

    adapter: TypeAdapter[Any]
    position_type: type[BasePosition]
    derive: Callable[[Sequence[Fact[Any]], Any, Calendar], BasePosition]


DERIVING: dict[FilingKind, Deriving] = {
    FilingKind.DECLARATION: Deriving(DECLARATION_ACT, DeclarationPosition, derive_declaration),
    FilingKind.LICENCE: Deriving(LICENCE_ACT, LicencePosition, derive_licence),
    FilingKind.PAYOUT: Deriving(PAYOUT_ACT, PayoutPosition, derive_payout),
    FilingKind.SETTLEMENT: Deriving(SETTLEMENT_ACT, SettlementPosition, derive_settlement),
}


def fact_of(kind: FilingKind, version: int, recorded_at: datetime, body: Mapping[str, Any]) -> Fact[Any]:
    """The fact as it stands in the event log; raises pydantic's ValidationError for a body that is no act of ours."""
    act = DERIVING[kind].adapter.validate_python(body["act"], context=STORED)
    return Fact(version, act, recorded_at, Made.model_validate(body["made"], context=STORED))


def derive(kind: FilingKind, facts: Sequence[Fact[Any]], surroundings: Any, calendar: Calendar) -> Any:
    """Where the filing stands; ``surroundings`` is the last snapshot that its facts recorded."""
    return DERIVING[kind].derive(facts, surroundings, calendar)
