"""Somebody with an account and a role, as two administrators would have made it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from database.console.accounts import add_account
from database.console.memberships import grant_membership, propose_membership
from database.pool import Connection
from database.registers.parties import Party, PartyKind, add_party
from schemas.values.actor import Role

MASTER = bytes(range(32))


@dataclass
class Clock:
    """Time that passes only where a test says so."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **how_long: int) -> None:
        """``minutes=20``, as timedelta takes it."""
        self.now += timedelta(**how_long)


async def person(connection: Connection, name: str = "王小明") -> UUID:
    """A natural person with a name."""
    party = Party(party_id=uuid4(), kind=PartyKind.PERSON, private={"name": name})
    await add_party(connection, MASTER, party)
    return party.party_id


async def organisation(connection: Connection, name: str = "某某大学") -> UUID:
    """An organisation with its public name."""
    party = Party(party_id=uuid4(), kind=PartyKind.ORGANISATION, public_name=name)
    await add_party(connection, MASTER, party)
    return party.party_id


async def account_of(connection: Connection, party_id: UUID, *roles: Role, is_demo: bool = False) -> UUID:
    """An account with these roles, for an organisation of its own; granted by two others."""
    account_id = uuid4()
    await add_account(connection, account_id, party_id, party_id, is_demo=is_demo)
    for role in roles:
        await granted(connection, account_id, role, await organisation(connection))
    return account_id


async def granted(connection: Connection, account_id: UUID, role: Role, organisation_id: UUID | None = None) -> UUID:
    """A role that two people gave to the account."""
    membership_id, first, second = uuid4(), await person(connection), await person(connection)
    await propose_membership(
        connection, membership_id, account_id, role, first, organisation_id=organisation_id, region="CN-GD-SZ"
    )
    await grant_membership(connection, membership_id, second)
    return membership_id
