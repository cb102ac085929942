"""Roles by the letters that the tables use, and the groups that act together."""

from schemas.values.actor import Role

LR, LE, OP, PG = Role.LICENSOR, Role.LICENSEE, Role.OPERATOR, Role.PLEDGEE
OF, RG, BK, CT, MC = Role.OFFICE, Role.REGISTRAR, Role.BANK, Role.COURT, Role.COMMERCE
FU, A1, A2, IN, CM = (Role.FINANCE, Role.FIRST_APPROVER, Role.SECOND_APPROVER, Role.INVENTOR, Role.COMMITTEE)
SO, S1, S2 = Role.SCHEME_OFFICER, Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER
DR, TR, CL = Role.DISTRICT_RECOMMENDER, Role.TREASURY, Role.CLAIMANT
SY = Role.TIMER
EITHER = (LR, LE)
"""Either party of the licence; one of them is enough."""
CLAIMANTS = (CL, LR, LE, OP)
"""Who claims for itself; the operator types what came on paper."""
