"""What a guard says of an act: reasons to say no, and what its answer warns of."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.values.refusal import Refusal, refusal


class Remark(NamedTuple):
    """What a guard says of an act. What only ``warns`` does not stop it, and travels in the answer."""

    refusal: Refusal
    warns: bool = False


def refused(code: str, where: str = "", **facts: object) -> Remark:
    """A reason to say no."""
    return Remark(refusal(code, where, **facts))


def warned(code: str, where: str = "", **facts: object) -> Remark:
    """Something to be told of."""
    return Remark(refusal(code, where, **facts), warns=True)


class Verdict(NamedTuple):
    """Refusals stop the act; warnings travel in its answer."""

    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Refusal, ...] = ()


def judged(remarks: Iterable[Remark]) -> Verdict:
    """Every reason at once, so that a person can mend them in one go."""
    said = tuple(remarks)
    return Verdict(tuple(one.refusal for one in said if not one.warns), tuple(one.refusal for one in said if one.warns))
