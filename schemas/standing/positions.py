"""The one table kind of filing -> its position, for whoever reads a stored one and asks nothing of the law."""

from collections.abc import Mapping
from typing import Any

from schemas.acts.act import FilingKind
from schemas.standing.position import BasePosition, DeclarationPosition, LicencePosition, PayoutPosition
from schemas.standing.settlement import SettlementPosition
from schemas.values.money import STORED

POSITIONS: Mapping[FilingKind, type[BasePosition]] = {
    FilingKind.DECLARATION: DeclarationPosition,
    FilingKind.LICENCE: LicencePosition,
    FilingKind.PAYOUT: PayoutPosition,
    FilingKind.SETTLEMENT: SettlementPosition,
}


def stored_position(kind: FilingKind, row: object) -> Any:
    """The position as the read model keeps it."""
    return POSITIONS[kind].model_validate(row, context=STORED)
