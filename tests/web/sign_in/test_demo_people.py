"""Demo people: one of each role, on embedded servers only, made once, and acting for whom the filings belong to."""

from pathlib import Path

import pytest

from database.pool import Pool, open_pool
from runtime.settings import Settings
from schemas.values.actor import Role
from tests.conftest import Database
from tests.web.people import Clock
from tests.web.sign_in.ways.test_passwords import HERE, reason
from web.sign_in.demo_people import PEOPLE, are_wanted, kept_password, make
from web.sign_in.door import Door
from web.sign_in.session import Sessions
from web.sign_in.ways.passwords import Account, sign_in


async def test_each_signs_in_and_acts_at_once_without_a_second_factor(fresh_database: Database, door: Door) -> None:
    async with await open_pool(fresh_database.engine, 4) as pool:
        there = Door(pool, door.keys, door.passwords, door.rates, door.clock)
        made = await make(there, "the first word of all")
        assert {one.role for one in made} == set(Role) - {Role.TIMER}
        sessions = Sessions(pool, door.keys.master, Clock())
        for one in made:
            answer = await sign_in(there, one.sign_in_name, "the first word of all", None, HERE, None)
            assert isinstance(answer, Account)
            _, session = await sessions.begin(answer.account_id)
            assert session is not None
            assert (session.membership.role, session.name, session.organisation) == (
                one.role,
                one.name,
                one.organisation,
            )
        assert await make(there, "the first word of all") == made
        assert await make(there, "another word for all") == made
        assert isinstance(await sign_in(there, "operator", "another word for all", None, HERE, None), Account)
        denied = await sign_in(there, "operator", "the first word of all", None, HERE, None)
        assert reason(denied) == "wrong_name_or_password"
        await _two_people_granted_each(pool)


async def _two_people_granted_each(pool: Pool) -> None:
    rows = await pool.fetch(
        "SELECT party_id, proposed_by, granted_by FROM memberships JOIN membership_grants USING (membership_id)"
    )
    assert len(rows) == len(PEOPLE)
    assert all(row["granted_by"] not in (row["party_id"], row["proposed_by"]) for row in rows)


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, True),
        ({"OPEN_LICENCE_DEMO_PEOPLE": "0"}, False),
        ({"DATABASE_URL": "postgresql://engine@db/open_licence"}, False),
    ],
)
def test_there_are_none_on_a_database_of_ones_own(environment: dict[str, str], wanted: bool) -> None:
    assert are_wanted(Settings.read(environment)) is wanted


def test_their_password_is_drawn_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = kept_password(Settings(var=tmp_path))
    assert first == kept_password(Settings(var=tmp_path))
    assert len(first) == 19
    assert (tmp_path / "demo-sign-in").stat().st_mode & 0o077 == 0
