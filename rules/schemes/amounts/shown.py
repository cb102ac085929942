"""Amounts in fractions of a fen, as they are shown, and as they are rounded once in the end."""

from fractions import Fraction
from math import floor

from schemas.schemes.scheme import Version
from schemas.values.money import Money


def shown(fen: Fraction) -> str:
    """An exact amount of fen in yuan, for the trace; what does not divide is shown as a fraction of a fen."""
    if fen.denominator == 1:
        return str(Money(int(fen)))
    return f"{Money(floor(fen))} + {fen - floor(fen)} fen"


def rounded(version: Version, amount: Fraction) -> Money:
    """To the fen, once."""
    return Money(floor(amount if version.rounding == "truncate" else amount + Fraction(1, 2)))
