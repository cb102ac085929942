"""The audit log is read in the order of its instants, a page at a time, by whatever is asked for."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from database.pool import Pool
from database.registers.audit_log import Outcome, read_audit, write_audit

NOON = datetime(2026, 11, 3, 4, tzinfo=UTC)


async def told(
    pool: Pool, at: datetime, who: UUID, act: str = "pay", outcome: Outcome = "refused", filing_id: UUID | None = None
) -> int:
    async with pool.acquire() as connection:
        return await write_audit(connection, who, "licensee", act, outcome, act_id=uuid4(), filing_id=filing_id, at=at)


async def test_a_line_that_had_to_wait_stands_at_its_own_instant_on_every_page(fresh_engine: Pool) -> None:
    who = uuid4()
    late, early = await told(fresh_engine, NOON + timedelta(hours=1), who), await told(fresh_engine, NOON, who)
    same = await told(fresh_engine, NOON, who)
    async with fresh_engine.acquire() as connection:
        assert [one.id for one in await read_audit(connection)] == [early, same, late]
        pages = [await read_audit(connection, limit=1)]
        while pages[-1]:
            pages.append(await read_audit(connection, who=who, limit=1, after=pages[-1][0].id))
        assert [one.id for page in pages for one in page] == [early, same, late]
        assert len(await read_audit(connection, after=0)) == 3


@pytest.mark.parametrize("given", ["who", "act_kind", "outcome", "filing_id"])
async def test_a_day_and_any_filter_find_what_is_of_both(fresh_engine: Pool, given: str) -> None:
    who, other, filing_id = uuid4(), uuid4(), uuid4()
    meant = await told(fresh_engine, NOON, who, "pay", "fault", filing_id)
    await told(fresh_engine, NOON + timedelta(days=1), who, "pay", "fault", filing_id)
    await told(fresh_engine, NOON, other, "submit", "refused", uuid4())
    values = {"who": who, "act_kind": "pay", "outcome": "fault", "filing_id": filing_id}
    day = {"since": NOON - timedelta(hours=12), "until": NOON + timedelta(hours=12)}
    async with fresh_engine.acquire() as connection:
        for second in ({}, *({name: value} for name, value in values.items() if name != given)):
            # filters of several types by name
            found = await read_audit(connection, **day, **{given: values[given]}, **second)  # type: ignore[arg-type]
            assert [one.id for one in found] == [meant]
