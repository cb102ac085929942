"""What a guard says of an act of a person: why it is refused, and what the person is warned of."""

from typing import NamedTuple

from schemas.values.refusal import Refusal


class Verdict(NamedTuple):
    """Refusals stop the act; warnings travel in its answer."""

    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Refusal, ...] = ()
