"""Roles by two people: compared are persons, and whoever has two accounts is one of them."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from database.pool import Pool
from database.sign_in.memberships import memberships_of, waiting_memberships
from schemas.values.actor import Role
from schemas.values.refusal import Refused
from tests.web.people import PASSWORD, Clock, account_of, organisation, person
from tests.web.sign_in.ways.test_passwords import HERE, name, reason
from web.sign_in.door import Door
from web.sign_in.people import accept, end_role, grant_role, invite, people, propose_role, replace, restore, suspend
from web.sign_in.session import Session, Sessions
from web.sign_in.ways.passwords import Account, sign_in


async def administrator(sessions: Sessions, party_id: UUID | None = None, role: Role = Role.ADMINISTRATOR) -> Session:
    """Somebody signed in; with ``party_id`` one more account of that person."""
    async with sessions.pool.acquire() as connection:
        account_id = await account_of(connection, party_id or await person(connection), role, is_demo=True)
    _, session = await sessions.begin(account_id)
    assert session is not None
    return session


async def test_somebody_invited_sets_a_password_once_and_signs_in(door: Door, sessions: Sessions) -> None:
    by, mine = await administrator(sessions), name()
    made = await invite(door, by, mine, name="韩梅梅")
    assert reason(await sign_in(door, mine, PASSWORD, None, HERE, None)) == "wrong_name_or_password"
    assert await accept(door, made.invitation, PASSWORD) == made.account_id
    assert await accept(door, made.invitation, "another key of mine") is None
    answer = await sign_in(door, mine, PASSWORD, None, HERE, None)
    assert isinstance(answer, Account)
    _, session = await sessions.begin(answer.account_id)
    assert session is None, "without a role nothing can be done"


async def test_an_invitation_ends(door: Door, sessions: Sessions, clock: Clock) -> None:
    made = await invite(door, await administrator(sessions), name(), name="韩梅梅")
    clock.now += timedelta(days=7)
    assert await accept(door, made.invitation, PASSWORD) is None
    assert await accept(door, "never made", PASSWORD) is None


async def test_a_role_counts_when_a_second_person_grants_it(door: Door, sessions: Sessions, pool: Pool) -> None:
    first, second = await administrator(sessions), await administrator(sessions)
    made = await invite(door, first, name(), name="韩梅梅")
    async with pool.acquire() as connection:
        unit = await organisation(connection)
    role = await propose_role(door, first, made.account_id, Role.LICENSOR, organisation_id=unit)
    assert (await sessions.begin(made.account_id))[1] is None
    async with pool.acquire() as connection:
        assert role in {one.membership_id for one in (await waiting_memberships(connection, limit=10_000)).rows}
    await grant_role(door, second, role)
    _, session = await sessions.begin(made.account_id)
    assert session is not None
    assert (session.membership.role, session.membership.organisation_id) == (Role.LICENSOR, unit)


async def test_one_person_with_two_accounts_is_one_person(door: Door, sessions: Sessions, pool: Pool) -> None:
    first = await administrator(sessions)
    same = await administrator(sessions, first.party_id)
    assert first.account_id != same.account_id
    made = await invite(door, first, name(), name="韩梅梅")
    role = await propose_role(door, first, made.account_id, Role.OPERATOR)
    with pytest.raises(Refused, match="role_granted_by_same_person"):
        await grant_role(door, same, role)
    async with pool.acquire() as connection:
        mine = await account_of(connection, first.party_id)
    own = await propose_role(door, await administrator(sessions), mine, Role.SECOND_APPROVER)
    with pytest.raises(Refused, match="role_granted_by_same_person"):
        await grant_role(door, same, own)
    async with pool.acquire() as connection:
        assert not any(one.counts for one in await memberships_of(connection, mine))


async def test_only_administrators_do_it_and_who_tried_stands_in_the_log(
    door: Door, sessions: Sessions, pool: Pool
) -> None:
    operator = await administrator(sessions, role=Role.OPERATOR)
    made = await invite(door, await administrator(sessions), name(), name="韩梅梅")
    with pytest.raises(Refused, match="role_not_allowed"):
        await propose_role(door, operator, made.account_id, Role.OPERATOR)
    with pytest.raises(Refused, match="role_not_allowed"):
        await suspend(door, operator, made.account_id)
    rows = await pool.fetch("SELECT act_kind, outcome FROM audit_log WHERE who = $1 ORDER BY id", operator.party_id)
    assert [tuple(row) for row in rows] == [("propose_role", "refused"), ("suspend_account", "refused")]


async def test_a_role_is_ended_by_one_and_stays_on_record(door: Door, sessions: Sessions, pool: Pool) -> None:
    first, second = await administrator(sessions), await administrator(sessions)
    made = await invite(door, first, name(), name="韩梅梅")
    role = await propose_role(door, first, made.account_id, Role.LICENSEE)
    await grant_role(door, second, role)
    await end_role(door, first, role, "left the unit")
    async with pool.acquire() as connection:
        (kept,) = await memberships_of(connection, made.account_id)
    assert (kept.granted_by, kept.ended_by, kept.reason) == (second.party_id, first.party_id, "left the unit")
    assert not kept.counts
    with pytest.raises(Refused, match="membership_ended"):
        await grant_role(door, second, role)
    with pytest.raises(Refused, match="membership_unknown"):
        await grant_role(door, second, uuid4())


async def test_who_lost_a_second_factor_gets_a_new_account_without_roles(door: Door, sessions: Sessions) -> None:
    """Or one administrator could take the place of an officer."""
    by, second, mine = await administrator(sessions), await administrator(sessions), name()
    old = await invite(door, by, mine, name="韩梅梅")
    await accept(door, old.invitation, PASSWORD)
    await grant_role(door, second, await propose_role(door, by, old.account_id, Role.LICENSEE))
    cookie, _ = await sessions.begin(old.account_id)
    new = await replace(door, by, old.account_id)
    assert await sessions.find(cookie) is None
    assert reason(await sign_in(door, mine, PASSWORD, None, HERE, None)) == "wrong_name_or_password"
    assert await accept(door, new.invitation, "another key of mine") == new.account_id
    answer = await sign_in(door, mine, "another key of mine", None, HERE, None)
    assert isinstance(answer, Account)
    assert answer.account_id == new.account_id
    assert (await sessions.begin(new.account_id))[1] is None
    found = {one.account.account_id: one for one in await people(door, by, limit=10_000)}
    assert found[old.account_id].account.party_id == found[new.account_id].account.party_id
    assert (found[new.account_id].name, found[new.account_id].memberships) == ("韩梅梅", ())


async def test_a_suspended_account_signs_in_again_when_it_is_restored(door: Door, sessions: Sessions) -> None:
    by, mine = await administrator(sessions), name()
    made = await invite(door, by, mine, name="韩梅梅")
    await accept(door, made.invitation, PASSWORD)
    await suspend(door, by, made.account_id)
    assert reason(await sign_in(door, mine, PASSWORD, None, HERE, None)) == "account_suspended"
    await restore(door, by, made.account_id)
    assert isinstance(await sign_in(door, mine, PASSWORD, None, HERE, None), Account)


async def test_a_sign_in_name_is_one_persons_however_it_is_written(door: Door, sessions: Sessions) -> None:
    by, mine = await administrator(sessions), name()
    await invite(door, by, mine, name="韩梅梅")
    with pytest.raises(Refused, match="sign_in_name_taken"):
        await invite(door, by, f" {mine.upper()}", name="李雷")
    with pytest.raises(Refused, match="sign_in_name_length"):
        await invite(door, by, "  x ", name="李雷")
    async with sessions.pool.acquire() as connection:
        unit = await organisation(connection)
    with pytest.raises(Refused, match="no_natural_person"):
        await invite(door, by, name(), party_id=unit)
