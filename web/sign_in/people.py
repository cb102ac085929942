"""What administrators do: persons get accounts, and roles by two of them. Compared are persons, never accounts.

Nobody resets another's password or second factor, or one administrator could act as an officer: who lost them gets a
new account, and two administrators give it its roles (decision 0212).
"""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID, uuid4

from database.pool import Connection
from database.registers.audit_log import write_audit
from database.registers.parties import Party, PartyKind, add_party, opened_names
from database.sign_in import accounts, memberships, sessions
from database.sign_in.accounts import AccountRow, Invitation
from database.sign_in.memberships import MembershipRow
from schemas.lifecycle.registers import check_writer
from schemas.values.actor import Role
from schemas.values.refusal import Refused, refuse
from web.sign_in.door import Door
from web.sign_in.keys import plain_hash
from web.sign_in.session import Session
from web.sign_in.ways.passwords import LONGEST_NAME, name_form, name_hash

INVITATION_HOLDS = timedelta(days=7)
_LEAST_NAME = 3


@dataclass(frozen=True)
class Invited:
    """A new account; its invitation is shown to whoever made it, this once."""

    account_id: UUID
    invitation: str = field(repr=False)


@dataclass(frozen=True)
class Person:
    """One account as administrators see it; ``name`` is that of its person, "" where that was erased."""

    account: AccountRow
    name: str
    memberships: tuple[MembershipRow, ...]


def invited() -> Invited:
    """The id and the invitation of an account that is to be made."""
    return Invited(uuid4(), token_urlsafe(32))


async def invite(
    door: Door,
    by: Session,
    sign_in_name: str,
    *,
    name: str | None = None,
    party_id: UUID | None = None,
    made: Invited | None = None,
) -> Invited:
    """An account for a new person of that name, or for one who is known; raises Refused."""
    made = made or invited()
    async with _writing(door, by, "add_account", made.account_id) as connection:
        if party_id is None:
            party = Party(party_id=uuid4(), kind=PartyKind.PERSON, private={"name": name} if name else {})
            await add_party(connection, door.keys.master, party)
            party_id = party.party_id
        return await add_invited(door, connection, party_id, sign_in_name, by.party_id, made)


async def add_invited(
    door: Door, connection: Connection, party_id: UUID, sign_in_name: str, created_by: UUID, made: Invited | None = None
) -> Invited:
    """An account without a password, and its invitation; raises Refused."""
    form = name_form(sign_in_name)
    if not _LEAST_NAME <= len(form) <= LONGEST_NAME:
        raise refuse("sign_in_name_length", "sign_in_name", least=_LEAST_NAME, most=LONGEST_NAME)
    made = made or invited()
    await accounts.add_account(
        connection,
        made.account_id,
        party_id,
        created_by,
        name=(name_hash(door.keys, form), door.keys.sealed("name", made.account_id, form.encode())),
        invitation=Invitation(plain_hash(made.invitation), door.clock() + INVITATION_HOLDS),
    )
    return made


async def accept(door: Door, invitation: str, password: str) -> UUID | None:
    """The first password, by whoever was invited; the account, or None where it does not hold (any more)."""
    hashed = await door.passwords.hashed(password)
    async with door.pool.acquire() as connection:
        return await accounts.take_invitation(connection, plain_hash(invitation), hashed, door.clock())


async def propose_role(
    door: Door,
    by: Session,
    account_id: UUID,
    role: Role,
    *,
    organisation_id: UUID | None = None,
    region: str | None = None,
    platform: str | None = None,
    membership_id: UUID | None = None,
) -> UUID:
    """The first person; it counts when a second one grants it. Raises Refused."""
    membership_id = membership_id or uuid4()
    async with _writing(door, by, "propose_role", membership_id) as connection:
        await memberships.propose_membership(
            connection,
            membership_id,
            account_id,
            role,
            by.party_id,
            organisation_id=organisation_id,
            region=region,
            platform=platform,
        )
    return membership_id


async def grant_role(door: Door, by: Session, membership_id: UUID) -> None:
    """The second person: neither who proposed it nor who gets it, by whatever account. Raises Refused."""
    async with _writing(door, by, "grant_role", membership_id) as connection:
        await memberships.grant_membership(connection, membership_id, by.party_id)


async def end_role(door: Door, by: Session, membership_id: UUID, reason: str) -> None:
    """Takes a role away, or declines a proposal; one person is enough. Raises Refused."""
    async with _writing(door, by, "end_role", membership_id) as connection:
        await memberships.end_membership(connection, membership_id, by.party_id, reason)


async def suspend(door: Door, by: Session, account_id: UUID) -> None:
    """Nobody signs in with it until it is restored, and whoever is signed in with it is not any more."""
    async with _writing(door, by, "suspend_account", account_id) as connection:
        await accounts.set_state(connection, account_id, "suspended")
        await sessions.end_all_sessions(connection, account_id, door.clock())


async def restore(door: Door, by: Session, account_id: UUID) -> None:
    """A suspended account is active again, with the password and the roles that it had."""
    async with _writing(door, by, "restore_account", account_id) as connection:
        await accounts.set_state(connection, account_id, "active")


async def replace(door: Door, by: Session, account_id: UUID, made: Invited | None = None) -> Invited:
    """A new account of the same person under the same sign-in name, without roles; the old one is suspended for good.

    For who has lost the password or the second factor. Raises Refused ``account_unknown``.
    """
    made = made or invited()
    async with _writing(door, by, "replace_account", account_id) as connection:
        old = await accounts.find_account(connection, account_id)
        if old is None or old.name_hash is None or old.sealed_name is None:
            raise refuse("account_unknown", "account_id", account_id=account_id)
        sealed_name = door.keys.opened("name", account_id, old.sealed_name)
        await accounts.set_state(connection, account_id, "suspended")
        await accounts.release_name(connection, account_id)
        await sessions.end_all_sessions(connection, account_id, door.clock())
        await accounts.add_account(
            connection,
            made.account_id,
            old.party_id,
            by.party_id,
            name=(old.name_hash, door.keys.sealed("name", made.account_id, sealed_name or b"")),
            invitation=Invitation(plain_hash(made.invitation), door.clock() + INVITATION_HOLDS),
            language=old.language,
        )
    return made


async def people(
    door: Door, by: Session, after: UUID | None = None, limit: int = 50, *, only: Collection[UUID] = ()
) -> list[Person]:
    """A page of accounts with the names of their persons, or ``only`` these; the audit log has that they were read."""
    async with door.pool.acquire() as connection, connection.transaction():
        rows = await accounts.list_accounts(connection, after, limit, only)
        names = await opened_names(connection, door.keys.master, [row.party_id for row in rows])
        found = [
            Person(row, names.get(row.party_id, ""), await memberships.memberships_of(connection, row.account_id))
            for row in rows
        ]
        await write_audit(connection, by.party_id, by.membership.role.value, "see_accounts", "read")
    return found


@asynccontextmanager
async def _writing(door: Door, by: Session, act: str, about: UUID) -> AsyncIterator[Connection]:
    """One transaction of an administrator; who asked stands in the audit log, also in vain."""
    who, role = by.party_id, by.membership.role
    async with door.pool.acquire() as connection:
        try:
            if (no := check_writer(act, role)) is not None:
                raise Refused(no)
            async with connection.transaction():
                yield connection
                await write_audit(connection, who, role.value, act, "granted", act_id=about)
        except Refused as refused:
            await write_audit(connection, who, role.value, act, "refused", act_id=about, refusals=refused.refusals)
            raise
