"""Who acts: role, person and organisation. A right is role x act x whose (R5)."""

from enum import StrEnum

from schemas.values.identifiers import derived_id
from schemas.values.model import Model, PartyId


class Role(StrEnum):
    """The capacities in which somebody, or something, acts."""

    LICENSOR = "licensor"  # LR: licensor or its agent
    CO_OWNER = "co_owner"  # CO
    PLEDGEE = "pledgee"  # PG
    LICENSEE = "licensee"  # LE: licensee, its proxy, or a sub-platform for it
    OPERATOR = "operator"  # OP
    OFFICE = "office"  # OF: facts of the patent office
    REGISTRAR = "registrar"  # RG: technology-contract registrar
    BANK = "bank"  # BK
    FINANCE = "finance"  # FU: finance of the licensor's unit
    FIRST_APPROVER = "first_approver"  # A1
    SECOND_APPROVER = "second_approver"  # A2
    COMMITTEE = "committee"  # the unit's committee that decides objections
    INVENTOR = "inventor"  # IN: inventor or any entitled person of the unit
    COURT = "court"  # CT: court or mediator
    COMMERCE = "commerce"  # MC: commerce department
    SCHEME_OFFICER = "scheme_officer"  # SO: runs a scheme for its authority
    FIRST_SCHEME_APPROVER = "first_scheme_approver"  # S1: of the authority
    SECOND_SCHEME_APPROVER = "second_scheme_approver"  # S2
    DISTRICT_RECOMMENDER = "district_recommender"  # DR
    TREASURY = "treasury"  # TR
    CLAIMANT = "claimant"  # whoever claims a subsidy and is neither licensor nor licensee
    ADMINISTRATOR = "administrator"  # accounts and roles of the console; asks for no act
    AUDITOR = "auditor"  # reads everything, changes nothing
    TIMER = "timer"  # SY: what follows from law and time alone


ENGINE = derived_id("engine")
"""The engine as an actor: what follows from law and time alone; it is no party."""

AUTHORITIES = frozenset({Role.OFFICE, Role.REGISTRAR, Role.BANK, Role.COURT, Role.COMMERCE, Role.TREASURY})
"""Their facts are refused for form or identity only (R2)."""

BACK_DATING = AUTHORITIES | {Role.OPERATOR, Role.TIMER}
"""Who may bring a legal day before the day of recording, with evidence."""


class Actor(Model):
    """A person (by reference) acting in a role, for an organisation where there is one."""

    role: Role
    party_id: PartyId
    organisation_id: PartyId | None = None
