"""Somebody with an account and a role, as two administrators would have made it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pyotp

from database.pool import Connection
from database.registers.parties import Party, PartyKind, add_party
from database.sign_in.accounts import add_account
from database.sign_in.memberships import grant_membership, propose_membership
from schemas.values.actor import Role
from web.sign_in.door import Door
from web.sign_in.hashing import Cost
from web.sign_in.ways import second_factor
from web.sign_in.ways.passwords import name_hash

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


CHEAP = Cost(8, 1, 1)
"""Hashes for tests, which sign in often."""
PASSWORD = "一把很长的钥匙 2026"


@dataclass
class Pauses:
    """How long answers were held back, without holding any."""

    seconds: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        """Holds nothing back."""
        self.seconds.append(seconds)


async def account_named(
    door: Door, name: str, *, party_id: UUID | None = None, password: str = PASSWORD, is_demo: bool = False
) -> UUID:
    """Somebody who signs in by that name and password, without a second factor."""
    account_id = uuid4()
    async with door.pool.acquire() as connection:
        await add_account(
            connection,
            account_id,
            party_id or await person(connection),
            account_id,
            name=(name_hash(door.keys, name), door.keys.sealed("name", account_id, name.encode())),
            password_hash=await door.passwords.hashed(password),
            is_demo=is_demo,
        )
    return account_id


async def with_second_factor(door: Door, account_id: UUID) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """Its authenticator, and its recovery codes."""
    address = await second_factor.offered(door, account_id, "console")
    assert address is not None
    authenticator = pyotp.parse_uri(address)
    assert isinstance(authenticator, pyotp.TOTP)
    codes = await second_factor.confirm(door, account_id, authenticator.at(door.clock()))
    assert codes is not None
    return authenticator, codes
