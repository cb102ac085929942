"""Who is signed in stays so while the console is used, and no longer; a token somebody else knew is worth nothing."""

from uuid import uuid4

import pytest

from database.console.drafts import begin_draft, find_draft, save_fields
from database.pool import Pool
from database.registers.parties import erase
from database.sign_in.accounts import set_state
from database.sign_in.memberships import end_membership
from schemas.values.actor import Role
from tests.web.people import Clock, account_of, granted, organisation, person
from web.sign_in.session import IDLE, LONGEST, WARNING, Sessions


async def test_somebody_is_found_with_name_role_and_organisation(pool: Pool, sessions: Sessions) -> None:
    async with pool.acquire() as connection:
        who = await person(connection, "李雷")
        account_id = await account_of(connection, who, Role.LICENSOR)
    cookie, session = await sessions.begin(account_id)
    assert session is not None
    assert session == await sessions.find(cookie)
    assert (session.party_id, session.name, session.membership.role) == (who, "李雷", Role.LICENSOR)
    assert (session.organisation, session.membership.region) == ("某某大学", "CN-GD-SZ")
    assert session.warns_at == session.ends_at - WARNING == sessions.clock() + IDLE - WARNING


async def test_of_a_token_only_its_hash_is_kept(pool: Pool, sessions: Sessions) -> None:
    async with pool.acquire() as connection:
        account_id = await account_of(connection, await person(connection), Role.LICENSEE)
    cookie, session = await sessions.begin(account_id, device="a device")
    assert session is not None
    rows = await pool.fetch("SELECT row_to_json(s)::text AS said FROM sessions s WHERE account_id = $1", account_id)
    said = "".join(row["said"] for row in rows)
    assert session.token_hash.hex() in said
    assert cookie not in said
    assert cookie.encode().hex() not in said
    assert b"a device".hex() not in said


async def test_a_session_that_somebody_else_had_begun_ends_with_the_sign_in(pool: Pool, sessions: Sessions) -> None:
    """Fixation: an attacker who plants a cookie holds nothing after its victim has signed in."""
    async with pool.acquire() as connection:
        attacker = await account_of(connection, await person(connection), Role.LICENSEE)
        victim = await account_of(connection, await person(connection), Role.LICENSEE)
    planted, _ = await sessions.begin(attacker)
    cookie, _ = await sessions.begin(victim, instead_of=planted)
    assert cookie != planted
    assert await sessions.find(planted) is None
    never_made, _ = "x" * 43, await sessions.begin(victim, instead_of="x" * 43)
    assert await sessions.find(never_made) is None


async def test_another_role_is_another_token_and_lasts_no_longer(pool: Pool, sessions: Sessions, clock: Clock) -> None:
    async with pool.acquire() as connection:
        account_id = await account_of(connection, await person(connection), Role.LICENSOR, Role.LICENSEE)
    cookie, before = await sessions.begin(account_id)
    assert before is not None
    other = next(one for one in before.memberships if one != before.membership)
    clock.pass_by(minutes=5)
    changed, after = await sessions.change(cookie, other.membership_id)
    assert after is not None
    assert (after.membership, changed != cookie, after.csrf != before.csrf) == (other, True, True)
    assert await sessions.find(cookie) is None
    with pytest.raises(PermissionError):
        await sessions.change(cookie, before.membership.membership_id)
    for _ in range(LONGEST // (IDLE / 2)):
        clock.pass_by(minutes=IDLE.seconds // 120)
        await sessions.find(changed)
    assert await sessions.find(changed) is None
    again, last = await sessions.begin(account_id)
    assert last is not None
    assert (again != changed, last.membership) == (True, other), "the role of the last time is taken up again"


async def test_nobody_takes_the_role_of_another_account(pool: Pool, sessions: Sessions) -> None:
    async with pool.acquire() as connection:
        mine = await account_of(connection, await person(connection), Role.LICENSEE)
        theirs = await account_of(connection, await person(connection))
        foreign = await granted(connection, theirs, Role.OPERATOR)
    cookie, _ = await sessions.begin(mine)
    with pytest.raises(PermissionError):
        await sessions.change(cookie, foreign)
    with pytest.raises(PermissionError):
        await sessions.begin(mine, foreign)
    assert await sessions.find(cookie) is not None


async def test_without_use_a_session_ends_and_the_draft_stays(pool: Pool, sessions: Sessions, clock: Clock) -> None:
    async with pool.acquire() as connection:
        account_id = await account_of(connection, await person(connection), Role.LICENSOR)
        cookie, session = await sessions.begin(account_id)
        assert session is not None
        mine = (account_id, session.membership.organisation_id)
        draft = await begin_draft(connection, uuid4(), *mine, "submit")
        await save_fields(connection, draft.draft_id, *mine, {"title": "电池"})
        clock.now = session.warns_at
        assert await sessions.find(cookie, is_used=False) is not None, "what a page asks by itself is no use"
        clock.now = session.ends_at
        assert await sessions.find(cookie) is None
        assert await sessions.why_ended(cookie) == "idle"
        again, _ = await sessions.begin(account_id)
        kept = await find_draft(connection, draft.draft_id, *mine)
    assert await sessions.find(again) is not None
    assert kept is not None
    assert kept.fields == {"title": "电池"}


async def test_what_is_used_does_not_end_before_its_longest_time(pool: Pool, sessions: Sessions, clock: Clock) -> None:
    async with pool.acquire() as connection:
        account_id = await account_of(connection, await person(connection), Role.LICENSEE)
    began = clock.now
    cookie, _ = await sessions.begin(account_id)
    while clock.now + IDLE < began + LONGEST:
        clock.pass_by(minutes=19)
        assert await sessions.find(cookie) is not None
    clock.now = began + LONGEST
    assert await sessions.find(cookie) is None


async def test_signing_out_ends_one_session_or_all(pool: Pool, sessions: Sessions) -> None:
    async with pool.acquire() as connection:
        account_id = await account_of(connection, await person(connection), Role.LICENSEE)
    first, second, third = [(await sessions.begin(account_id))[0] for _ in range(3)]
    await sessions.end(first)
    assert await sessions.find(first) is None
    assert await sessions.why_ended(first) == "signed_out"
    assert await sessions.find(second) is not None
    assert await sessions.end_all(account_id) == 2
    assert await sessions.find(second) is None
    assert await sessions.why_ended(third) == "everywhere"
    assert await sessions.why_ended("never made") is None


async def test_who_decides_about_others_needs_a_second_factor(pool: Pool, sessions: Sessions) -> None:
    async with pool.acquire() as connection:
        officer = await account_of(connection, await person(connection), Role.OPERATOR)
        of_the_demo = await account_of(connection, await person(connection), Role.OPERATOR, is_demo=True)
        nobody_yet = await account_of(connection, await person(connection))
    cookie, session = await sessions.begin(officer)
    entered = await sessions.entered(cookie)
    assert session is None
    assert entered is not None
    assert (entered.lacks, entered.account_id) == ("second_factor", officer)
    _, session = await sessions.begin(of_the_demo)
    assert session is not None
    assert session.is_demo
    cookie, session = await sessions.begin(nobody_yet)
    entered = await sessions.entered(cookie)
    assert session is None
    assert entered is not None
    assert entered.lacks == "role"


async def test_a_role_that_ends_ends_in_the_sessions_that_have_it(pool: Pool, sessions: Sessions) -> None:
    async with pool.acquire() as connection:
        account_id = await account_of(connection, await person(connection))
        membership_id = await granted(connection, account_id, Role.LICENSEE, await organisation(connection))
        cookie, _ = await sessions.begin(account_id)
        assert await sessions.find(cookie) is not None
        await end_membership(connection, membership_id, await person(connection), "left the unit")
    assert await sessions.find(cookie) is None


async def test_who_is_suspended_or_erased_is_signed_in_nowhere(pool: Pool, sessions: Sessions) -> None:
    async with pool.acquire() as connection:
        party_id = await person(connection)
        account_id = await account_of(connection, party_id, Role.LICENSEE)
        cookie, _ = await sessions.begin(account_id)
        await set_state(connection, account_id, "suspended")
        assert await sessions.find(cookie) is None
        with pytest.raises(PermissionError):
            await sessions.begin(account_id)
        await set_state(connection, account_id, "active")
        assert await sessions.find(cookie) is not None
        await erase(connection, party_id, await person(connection), Role.OPERATOR.value)
    assert await sessions.find(cookie) is None
    assert await sessions.why_ended(cookie) == "erased"
