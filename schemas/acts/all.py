"""All acts, by the kind of filing and their own name: what a program looks a typed or posted act up in."""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from schemas.acts.act import Act, FilingKind
from schemas.acts.declaration import DeclarationAct
from schemas.acts.licence import LicenceAct
from schemas.acts.payout import PayoutAct
from schemas.acts.settlement import SettlementAct

UNIONS: Mapping[FilingKind, Any] = {
    FilingKind.DECLARATION: DeclarationAct,
    FilingKind.LICENCE: LicenceAct,
    FilingKind.PAYOUT: PayoutAct,
    FilingKind.SETTLEMENT: SettlementAct,
}


@cache
def models_of(kind: FilingKind) -> Mapping[str, type[Act]]:
    """The models of the acts of a kind of filing, by the act's name."""
    return {model.model_fields["kind"].default: model for model in get_args(get_args(UNIONS[kind])[0])}
