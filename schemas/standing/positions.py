"""The position of a kind of filing, for whoever reads a stored one and asks nothing of the law."""

from importlib import import_module
from typing import Any

from schemas.acts.act import FilingKind
from schemas.standing.position import BasePosition
from schemas.values.money import STORED


def position_type(kind: FilingKind) -> type[BasePosition]:
    """Its model; that of settlements brings the models of schemes, which nobody else waits for."""
    module = "settlement" if kind is FilingKind.SETTLEMENT else "position"
    found: type[BasePosition] = getattr(import_module(f"schemas.standing.{module}"), f"{kind.value.title()}Position")
    return found


def stored_position(kind: FilingKind, row: object) -> Any:
    """The position as the read model keeps it."""
    return position_type(kind).model_validate(row, context=STORED)
