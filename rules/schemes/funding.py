"""Who pays which part of an amount; what does not divide goes to one named payer, also of what is taken back."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from rules.schemes.trace import Trace
from schemas.schemes.clauses import Funding
from schemas.schemes.scheme import Version
from schemas.values.determination import ResultLine
from schemas.values.money import Money


def funded(funding: Funding, amount: Money) -> tuple[ResultLine, ...]:
    """The parts of an amount by payer, in the order of the scheme; a negative amount mirrors the positive one."""
    sign, whole = (-1, -amount.fen) if amount.fen < 0 else (1, amount.fen)
    parts = {part.payer: floor(whole * Fraction(part.share)) for part in funding.parts}
    parts[funding.odd_fen] += whole - sum(parts.values())
    return tuple(ResultLine(name=payer, amount=Money(sign * fen)) for payer, fen in parts.items())


def parts_of(version: Version, amount: Money, trace: Trace) -> Sequence[ResultLine]:
    """The same with its step; nothing where the scheme has one payer."""
    if version.funding is None:
        return ()
    lines = funded(version.funding, amount)
    shares = ", ".join(f"{part.payer} {part.share}" for part in version.funding.parts)
    trace.read("funding", f"{shares}; odd fen: {version.funding.odd_fen}", version.funding)
    trace.step("funding", shares, ", ".join(f"{line.name} {line.amount}" for line in lines), version.funding)
    return lines
