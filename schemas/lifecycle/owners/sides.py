"""The sides that own facts of the world."""

from schemas.lifecycle.roles import BK, FU, OF, OP, RG, TR
from schemas.values.actor import Role

OFFICES = (OF, OP)
"""The office, or the operator with the Gazette or the office's notice."""
REGISTRARS = (RG, OP)
BANKS = (BK, FU)
"""The bank's feed, or finance of the receiving unit with the bank's paper."""
TREASURIES = (TR, BK)
ITS_OWN: tuple[Role, ...] = ()
"""Nobody beside the side that recorded it."""
