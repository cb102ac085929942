"""Whose a filing is to the role of a visit: the same relations list filings and open one of them."""

from uuid import UUID

from database.console.whose import Relation, Whose, may_see
from database.pool import Connection
from schemas.values.actor import Role
from web.sign_in.session import Membership
from web.visit import NotFound, Visit

RELATIONS: dict[Role, tuple[Relation, ...]] = {
    Role.LICENSOR: ("licensor", "agent", "unit"),
    Role.CO_OWNER: ("co_owner", "licensor"),
    Role.LICENSEE: ("licensee",),
    Role.OPERATOR: ("all",),
    Role.OFFICE: ("all",),
    Role.REGISTRAR: ("all",),
    Role.BANK: ("all",),
    Role.COURT: ("all",),
    Role.COMMERCE: ("all",),
    Role.TREASURY: ("all",),
    Role.FINANCE: ("unit",),
    Role.FIRST_APPROVER: ("unit",),
    Role.SECOND_APPROVER: ("unit",),
    Role.COMMITTEE: ("unit",),
    Role.INVENTOR: ("inventor",),
    Role.SCHEME_OFFICER: ("authority",),
    Role.FIRST_SCHEME_APPROVER: ("authority",),
    Role.SECOND_SCHEME_APPROVER: ("authority",),
    Role.DISTRICT_RECOMMENDER: ("authority",),
    Role.CLAIMANT: ("claimant",),
    Role.AUDITOR: ("all",),
}
"""What each role is to the filings that it may see. A role that is not here sees none: a pledgee tells by paper, and
what follows by itself looks at nothing."""


def whose(visit: Visit) -> tuple[Whose, ...]:
    """The relations that the visit may come by; raises SignInNeeded for the public."""
    mine = visit.membership
    assert visit.session is not None
    return whose_of(mine, visit.session.party_id)


def whose_of(mine: Membership, party_id: UUID) -> tuple[Whose, ...]:
    """The relations that a person comes by in that role."""
    # An entitlement is a person's own, whichever unit he works for.
    party = party_id if mine.role is Role.INVENTOR else mine.organisation_id or party_id
    if mine.role is Role.OPERATOR and mine.platform:
        return (Whose("platform", mine.platform),)
    return tuple(Whose(one, None if one == "all" else party) for one in RELATIONS.get(mine.role, ()))


async def see(visit: Visit, connection: Connection, filing_id: UUID) -> None:
    """Returns where the visit may see that filing; raises NotFound where it may not, and where there is none."""
    if not await may_see(connection, filing_id, whose(visit)):
        raise NotFound(filing_id)
