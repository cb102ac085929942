"""No payment order is ever written twice, however the recording dies and whoever asks again."""

from collections.abc import AsyncIterator

import pytest

from database.pool import Pool, open_pool
from tests.conftest import Database
from tests.faults.crash_runs import MEMBERS, crash_runs

PAYOUTS = 8


@pytest.fixture
async def pool(fresh_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(fresh_database.engine, 4) as one:
        yield one


async def test_every_line_is_ordered_once_through_hundreds_of_crashes(pool: Pool) -> None:
    runs, crashes = await crash_runs(pool, 20, PAYOUTS)
    assert runs == PAYOUTS * MEMBERS
    assert min(crashes[where] for where in ("before", "inside", "after")) > runs / 10
