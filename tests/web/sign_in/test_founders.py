"""The first two administrators: made once, each granted by the other."""

import pytest

from database.pool import open_pool
from database.sign_in.memberships import memberships_of
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.web.people import PASSWORD
from web.sign_in.door import Door
from web.sign_in.founders import found
from web.sign_in.people import accept


async def test_two_found_a_console_and_nobody_founds_it_again(fresh_database: Database, door: Door) -> None:
    async with await open_pool(fresh_database.engine, 2) as pool:
        there = Door(pool, door.keys, door.passwords)
        made = await found(there, ("孙管理", "sun@example.cn"), ("钱管理", "qian@example.cn"))
        async with pool.acquire() as connection:
            (one,), (other,) = [await memberships_of(connection, each.account_id) for each in made]
        assert (one.counts, one.granted_by, other.granted_by) == (True, other.party_id, one.party_id)
        assert await accept(there, made[0].invitation, PASSWORD) == made[0].account_id
        with pytest.raises(Refused, match="founded_already"):
            await found(there, ("李管理", "li@example.cn"), ("周管理", "zhou@example.cn"))
