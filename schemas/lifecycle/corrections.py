"""Which facts can be corrected, and by which sides: the one table (R3, D-25).

A correction mends what was recorded wrongly about the world. What named people decided, signed, showed, ordered or
asked is no such fact: it is voided by what follows, and done again.
"""

from collections.abc import Mapping

from schemas.acts.act import Act, CorrectFact
from schemas.lifecycle.owners import declaration, licence, payout, settlement
from schemas.values.actor import AUTHORITIES, Role

OWNERS: Mapping[type[Act], tuple[Role, ...]] = {
    **declaration.OWNERS,
    **licence.OWNERS,
    **payout.OWNERS,
    **settlement.OWNERS,
}
"""Facts of the world -> the sides that own them; the side that recorded one corrects it as well.

All other acts are done by people, and never corrected.
"""


def is_correctable(act: Act) -> bool:
    """Whether it states a fact of the world; a correction is such a fact, of the act that it corrects."""
    return isinstance(act, CorrectFact) or type(act) in OWNERS


def correcting_sides(fact: Act) -> tuple[Role, ...]:
    """Who corrects this fact, two people of one of these roles: who recorded it, and who owns it."""
    return tuple(dict.fromkeys((fact.by.role, *OWNERS[type(fact)])))


def needs_paper(fact: Act, side: Role) -> bool:
    """What an authority, a bank or a court told is corrected only with evidence, and so is what others recorded."""
    return fact.by.role in AUTHORITIES or fact.by.role is not side
