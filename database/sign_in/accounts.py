"""Accounts: whose they are, and the secrets by which somebody signs in. Hashes and sealed texts alone come here.

A function that finds nothing to change says so by False; no one statement leaves a secret usable twice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from database.pool import Connection
from database.reads.filters import Filters
from database.record.guards import refusing
from database.registers.parties import PartyKind, require_parties
from schemas.values.refusal import refuse

AccountState = Literal["active", "suspended", "erased"]
_COLUMNS = """account_id, party_id, name_hash, sealed_name, password_hash, sealed_totp, sealed_totp_offer, totp_step,
    cardinality(recovery_hashes) AS recovery_codes, language, is_demo, state, created_by, created_at"""


@dataclass(frozen=True)
class AccountRow:
    """One account as it is stored; ``recovery_codes`` counts those that are left."""

    account_id: UUID
    party_id: UUID
    name_hash: bytes | None = field(repr=False)
    sealed_name: bytes | None = field(repr=False)
    password_hash: str | None = field(repr=False)
    sealed_totp: bytes | None = field(repr=False)
    sealed_totp_offer: bytes | None = field(repr=False)
    totp_step: int
    recovery_codes: int
    language: Literal["zh", "en"]
    is_demo: bool
    state: AccountState
    created_by: UUID
    created_at: datetime


@dataclass(frozen=True)
class Invitation:
    """By which a password is set once."""

    hash: bytes = field(repr=False)
    ends_at: datetime


async def add_account(
    connection: Connection,
    account_id: UUID,
    party_id: UUID,
    created_by: UUID,
    *,
    name: tuple[bytes, bytes] | None = None,
    password_hash: str | None = None,
    invitation: Invitation | None = None,
    language: str = "zh",
    is_demo: bool = False,
) -> bool:
    """Stores an account of a person; True when it is new. ``name``: hash and sealed text of the sign-in name.

    Raises Refused ``party_unknown``, ``no_natural_person`` or ``sign_in_name_taken``.
    """
    await require_parties(connection, party_id)
    with refusing():
        status = await connection.execute(
            """INSERT INTO accounts (account_id, party_id, name_hash, sealed_name, password_hash, invitation_hash,
                   invitation_ends_at, language, is_demo, created_by)
               SELECT $1, party_id, $3, $4, $5, $6, $7, $8, $9, $10 FROM parties WHERE party_id = $2 AND kind = $11
               ON CONFLICT (account_id) DO NOTHING""",
            account_id,
            party_id,
            *(name or (None, None)),
            password_hash,
            invitation and invitation.hash,
            invitation and invitation.ends_at,
            language,
            is_demo,
            created_by,
            PartyKind.PERSON.value,
        )
    if status == "INSERT 0 1":
        return True
    if await find_account(connection, account_id) is None:
        raise refuse("no_natural_person", "party_id", party_id=party_id)
    return False


async def find_account(connection: Connection, account_id: UUID) -> AccountRow | None:
    """One account by its id."""
    return _account(await connection.fetchrow(f"SELECT {_COLUMNS} FROM accounts WHERE account_id = $1", account_id))


async def account_named(connection: Connection, name_hash: bytes) -> AccountRow | None:
    """The account of a sign-in name."""
    return _account(await connection.fetchrow(f"SELECT {_COLUMNS} FROM accounts WHERE name_hash = $1", name_hash))


async def list_accounts(
    connection: Connection, after: UUID | None = None, limit: int = 50, only: Collection[UUID] = ()
) -> list[AccountRow]:
    """A page of all accounts by id, or of ``only`` these; those that were erased too."""
    given = Filters()
    given.given("account_id > {0}", after)
    given.given("account_id = ANY({0})", list(only) or None)
    most = given.put(limit)
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM accounts {given.where} ORDER BY account_id LIMIT {most}", *given.values
    )
    return [AccountRow(**row) for row in rows]


async def set_password(connection: Connection, account_id: UUID, password_hash: str, instead_of: str | None) -> bool:
    """Only where the hash is still the one that was compared."""
    return await _changed(
        connection,
        """UPDATE accounts SET password_hash = $2
           WHERE account_id = $1 AND password_hash IS NOT DISTINCT FROM $3 AND state = 'active'""",
        account_id,
        password_hash,
        instead_of,
    )


async def take_invitation(
    connection: Connection, invitation_hash: bytes, password_hash: str, now: datetime
) -> UUID | None:
    """Sets the first password and uses the invitation up; the account, or None where it does not hold (any more)."""
    account_id: UUID | None = await connection.fetchval(
        """UPDATE accounts SET password_hash = $2, invitation_hash = NULL, invitation_ends_at = NULL
           WHERE invitation_hash = $1 AND invitation_ends_at > $3 AND state = 'active' RETURNING account_id""",
        invitation_hash,
        password_hash,
        now,
    )
    return account_id


async def set_language(connection: Connection, account_id: UUID, language: str) -> bool:
    """In which language the pages are."""
    return await _changed(connection, "UPDATE accounts SET language = $2 WHERE account_id = $1", account_id, language)


async def set_state(connection: Connection, account_id: UUID, state: Literal["active", "suspended"]) -> bool:
    """Suspends an account, or lets it in again; one that was erased stays so. False: nothing changed."""
    return await _changed(
        connection,
        "UPDATE accounts SET state = $2 WHERE account_id = $1 AND state NOT IN ($2, 'erased')",
        account_id,
        state,
    )


async def release_name(connection: Connection, account_id: UUID) -> bool:
    """A suspended account gives its sign-in name up, with all by which somebody could sign in."""
    return await _changed(
        connection,
        """UPDATE accounts SET name_hash = NULL, sealed_name = NULL, password_hash = NULL, sealed_totp = NULL,
               sealed_totp_offer = NULL, recovery_hashes = '{}', invitation_hash = NULL, invitation_ends_at = NULL
           WHERE account_id = $1 AND state = 'suspended'""",
        account_id,
    )


async def offer_totp(connection: Connection, account_id: UUID, sealed: bytes) -> bool:
    """A secret that counts when its first code comes; refused by False where there is a second factor already."""
    return await _changed(
        connection,
        """UPDATE accounts SET sealed_totp_offer = $2
           WHERE account_id = $1 AND sealed_totp IS NULL AND state = 'active'""",
        account_id,
        sealed,
    )


async def confirm_totp(
    connection: Connection, account_id: UUID, sealed: bytes, step: int, recovery_hashes: Sequence[bytes]
) -> bool:
    """The offered secret becomes the second factor, with its recovery codes; ``step``: the one of its first code."""
    return await _changed(
        connection,
        """UPDATE accounts SET sealed_totp = sealed_totp_offer, sealed_totp_offer = NULL, totp_step = $3,
               recovery_hashes = $4
           WHERE account_id = $1 AND sealed_totp_offer = $2 AND sealed_totp IS NULL""",
        account_id,
        sealed,
        step,
        list(recovery_hashes),
    )


async def use_totp_step(connection: Connection, account_id: UUID, step: int) -> bool:
    """Uses a step up: of two that bring the same one at the same time the second gets False."""
    return await _changed(
        connection, "UPDATE accounts SET totp_step = $2 WHERE account_id = $1 AND totp_step < $2", account_id, step
    )


async def use_recovery_code(connection: Connection, account_id: UUID, recovery_hash: bytes) -> bool:
    """Uses a code up; False where there is none such (any more)."""
    return await _changed(
        connection,
        """UPDATE accounts SET recovery_hashes = array_remove(recovery_hashes, $2)
           WHERE account_id = $1 AND $2 = ANY(recovery_hashes)""",
        account_id,
        recovery_hash,
    )


async def set_recovery_codes(connection: Connection, account_id: UUID, recovery_hashes: Sequence[bytes]) -> bool:
    """New codes instead of all earlier ones, for an account with a second factor."""
    return await _changed(
        connection,
        "UPDATE accounts SET recovery_hashes = $2 WHERE account_id = $1 AND sealed_totp IS NOT NULL",
        account_id,
        list(recovery_hashes),
    )


async def link_identity(
    connection: Connection, issuer: str, subject_hash: bytes, account_id: UUID, linked_by: UUID
) -> None:
    """From now on whom the provider so names signs in to this account.

    Raises Refused ``identity_linked`` where it is another account's; the same again changes nothing.
    """
    await connection.execute(
        """INSERT INTO account_identities (issuer, subject_hash, account_id, linked_by) VALUES ($1, $2, $3, $4)
           ON CONFLICT (issuer, subject_hash) DO NOTHING""",
        issuer,
        subject_hash,
        account_id,
        linked_by,
    )
    linked = await account_of_identity(connection, issuer, subject_hash)
    if linked is None or linked.account_id != account_id:
        raise refuse("identity_linked", "subject", issuer=issuer)


async def account_of_identity(connection: Connection, issuer: str, subject_hash: bytes) -> AccountRow | None:
    """The account of whom an identity provider names."""
    return _account(
        await connection.fetchrow(
            f"""SELECT {_COLUMNS} FROM accounts WHERE account_id =
                    (SELECT account_id FROM account_identities WHERE issuer = $1 AND subject_hash = $2)""",
            issuer,
            subject_hash,
        )
    )


def _account(row: object) -> AccountRow | None:
    return None if row is None else AccountRow(**row)  # type: ignore[arg-type]  # asyncpg's rows are mappings


async def _changed(connection: Connection, statement: str, *values: object) -> bool:
    return await connection.execute(statement, *values) != "UPDATE 0"
