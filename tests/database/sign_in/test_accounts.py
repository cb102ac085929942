"""Accounts, roles and what is kept of signing in, as the database itself keeps them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from database.console.drafts import begin_draft, find_draft, save_fields
from database.pool import Pool
from database.registers.parties import erase
from database.sign_in.accounts import find_account, set_state
from database.sign_in.memberships import grant_membership, has_role, memberships_of, propose_membership
from database.sign_in.sessions import begin_session, find_session, forget_sign_ins, is_known_device, remember_device
from schemas.values.actor import Role
from tests.conftest import Database
from tests.web.people import account_of, granted, organisation, person

NOW = datetime.now(UTC)


async def test_the_database_itself_takes_no_grant_of_the_same_person(database: Database, engine: Pool) -> None:
    async with engine.acquire() as connection:
        first, mine = await person(connection), await person(connection)
        account_id, membership_id = await account_of(connection, mine), uuid4()
        await propose_membership(connection, membership_id, account_id, Role.OPERATOR, first)
    owner = await asyncpg.connect(database.owner)
    try:
        for same in (first, mine):
            with pytest.raises(asyncpg.CheckViolationError, match="does not grant it"):
                await owner.execute(
                    "INSERT INTO membership_grants (membership_id, granted_by) VALUES ($1, $2)", membership_id, same
                )
    finally:
        await owner.close()
    async with engine.acquire() as connection:
        assert await grant_membership(connection, membership_id, await person(connection))
        assert not await grant_membership(connection, membership_id, await person(connection)), "it is granted once"
        assert await has_role(connection, Role.OPERATOR)


async def test_erasing_a_person_leaves_accounts_that_hold_nothing(engine: Pool) -> None:
    async with engine.acquire() as connection:
        who, unit = await person(connection), await organisation(connection)
        account_id = await account_of(connection, who)
        await granted(connection, account_id, Role.LICENSOR, unit)
        await connection.execute(
            """UPDATE accounts SET name_hash = sha256($2), sealed_name = 'sealed', password_hash = 'argon',
               sealed_totp = 's', recovery_hashes = ARRAY['a'::bytea] WHERE account_id = $1""",
            account_id,
            account_id.bytes,
        )
        await begin_session(connection, account_id.bytes * 2, account_id, None, now=NOW, ends_at=NOW + timedelta(1))
        await remember_device(connection, account_id, b"device")
        own = await begin_draft(connection, uuid4(), account_id, None, "submit")
        await save_fields(connection, own.draft_id, account_id, None, {"title": "电池"})
        shared = await begin_draft(connection, uuid4(), account_id, unit, "submit")
        await save_fields(connection, shared.draft_id, account_id, unit, {"title": "电池"})
        assert await erase(connection, who, await person(connection), Role.OPERATOR.value)
        kept = await find_account(connection, account_id)
        assert kept is not None
        assert (kept.state, kept.name_hash, kept.sealed_name, kept.password_hash, kept.sealed_totp) == (
            "erased",
            *[None] * 4,
        )
        assert kept.recovery_codes == 0
        assert await find_session(connection, account_id.bytes * 2, NOW, timedelta(1), is_used=True) is None
        assert not await is_known_device(connection, account_id, b"device")
        assert await find_draft(connection, own.draft_id, account_id, None) is None
        assert await find_draft(connection, shared.draft_id, account_id, unit) is not None, "it is the organisation's"
        fields = await connection.fetchval("SELECT fields FROM drafts WHERE draft_id = $1", own.draft_id)
        assert fields == {}
        (role,) = await memberships_of(connection, account_id)
        assert role.party_id == who, "who had which role stays proved"
        assert not await set_state(connection, account_id, "active")


async def test_what_is_kept_of_signing_in_goes_after_half_a_year_and_not_before(engine: Pool) -> None:
    async with engine.acquire() as connection:
        account_id = await account_of(connection, await person(connection))
        old, young = uuid4().bytes * 2, uuid4().bytes * 2
        long_ago = NOW - timedelta(days=200)
        await begin_session(connection, old, account_id, None, now=long_ago, ends_at=long_ago + timedelta(1))
        await begin_session(connection, young, account_id, None, now=NOW, ends_at=NOW + timedelta(1))
        with pytest.raises(asyncpg.CheckViolationError, match="180 days"):
            await forget_sign_ins(connection, NOW - timedelta(days=179))
        assert await forget_sign_ins(connection, NOW - timedelta(days=181)) >= 1
        rows = await connection.fetch("SELECT token_hash FROM sessions WHERE account_id = $1", account_id)
        assert [row["token_hash"] for row in rows] == [young]
