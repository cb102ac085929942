"""Who pays which part of an amount; what does not divide goes to one named payer, also of what is taken back."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from rules.schemes.trace import Trace
from schemas.schemes.clauses import Funding
from schemas.schemes.scheme import Version
from schemas.values.determination import ResultLine
from schemas.values.money import Money

SOLE_PAYER = "authority"
"""Who pays where the scheme names no parts."""


def parted(funding: Funding, fen: Any) -> dict[str, Any]:
    """By payer, in the order of the scheme, each part cut down to the fen; the odd fen go to the payer named for them.

    ``fen``: not negative; one whole number, or an array of them, which is parted element by element.
    """
    shares = {part.payer: Fraction(part.share) for part in funding.parts}
    parts = {payer: fen * share.numerator // share.denominator for payer, share in shares.items()}
    parts[funding.odd_fen] = parts[funding.odd_fen] + (fen - sum(parts.values()))
    return parts


def funded(funding: Funding, amount: Money) -> tuple[ResultLine, ...]:
    """The parts of an amount by payer, in the order of the scheme; a negative amount mirrors the positive one."""
    sign = -1 if amount.fen < 0 else 1
    parts = parted(funding, abs(amount.fen))
    return tuple(ResultLine(name=payer, amount=Money(sign * fen)) for payer, fen in parts.items())


def by_payer(version: Version, amount: Money) -> dict[str, Money]:
    """An amount by payer, also where the scheme has only one; a negative one mirrors the positive one."""
    if version.funding is None:
        return {SOLE_PAYER: amount}
    return {line.name: line.amount for line in funded(version.funding, amount)}


def parts_of(version: Version, amount: Money, trace: Trace) -> Sequence[ResultLine]:
    """The same with its step; nothing where the scheme has one payer."""
    if version.funding is None:
        return ()
    lines = funded(version.funding, amount)
    shares = ", ".join(f"{part.payer} {part.share}" for part in version.funding.parts)
    trace.read("funding", f"{shares}; odd fen: {version.funding.odd_fen}", version.funding)
    trace.step("funding", shares, ", ".join(f"{line.name} {line.amount}" for line in lines), version.funding)
    return lines
