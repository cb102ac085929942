"""A database that was set back signs nothing that contradicts what was published; it goes on when somebody says why."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from audit.sealing.taking_back import take_back
from runtime.stack import Stack
from schemas.values.refusal import Refused
from tests.audit.sealed import Record, record_of
from tests.conftest import Database
from tests.lives.stories import a_draft_is_discarded, an_offer_is_revoked, the_office_refuses


@pytest.fixture
async def set_back(stack: Stack, fresh_database: Database, tmp_path: Path) -> AsyncIterator[Record]:
    """As a restore leaves it: an older copy of the database beside the log that went on without it."""
    async with record_of(fresh_database, tmp_path) as record:
        await record.tell(a_draft_is_discarded)
        await record.seal()
    name = f"test_{secrets.token_hex(6)}"
    postgres = await asyncpg.connect(stack.postgres.url(database="postgres"))
    try:
        await postgres.execute(f'CREATE DATABASE "{name}" TEMPLATE "{fresh_database.name}" OWNER owner')
        async with record_of(fresh_database, tmp_path) as record:
            await record.tell(the_office_refuses)
            await record.seal()
        urls = {role: stack.postgres.url(role, name) for role in ("engine", "owner", "auditor")}
        copy = Database(name, superuser=stack.postgres.url(database=name), **urls)
        async with record_of(copy, tmp_path) as older:
            yield older
    finally:
        await postgres.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await postgres.close()


async def test_nothing_is_signed_and_what_is_missing_is_listed(set_back: Record) -> None:
    size = await set_back.engine.fetchval("SELECT max(size) FROM checkpoints")
    with pytest.raises(Refused, match="log_set_back"):
        await set_back.seal()
    assert await set_back.engine.fetchval("SELECT max(size) FROM checkpoints") == size
    found = {one.where: one.proved for one in (await set_back.verify()).differences}
    assert "log_entries" in found
    assert '"source":"event"' in "".join(str(one) for where, one in found.items() if where.startswith("log_entries."))


async def test_it_goes_on_when_somebody_says_why_and_that_is_told_for_ever(set_back: Record) -> None:
    size = await set_back.engine.fetchval("SELECT max(size) FROM checkpoints")
    who = uuid4()
    taken = await take_back(set_back.engine, set_back.settings, who, "the disk had failed")
    assert taken > 0
    assert await take_back(set_back.engine, set_back.settings, who, "again") == 0
    await set_back.tell(an_offer_is_revoked)
    sealed = (await set_back.seal()).checkpoint
    assert sealed is not None
    assert sealed.size > size + taken
    report = await set_back.verify()
    assert report.as_json()["differences"] == []
    assert [(one.first, one.end, one.said_by, one.reason) for one in report.set_backs] == [
        (size, size + taken, who, "the disk had failed")
    ]
    assert report.counts["entries_lost"] > 0


async def test_a_row_that_says_so_and_is_not_sealed_itself_excuses_nothing(set_back: Record) -> None:
    await take_back(set_back.engine, set_back.settings, uuid4(), "the disk had failed")
    await set_back.seal()
    await set_back.superuser.execute(
        "INSERT INTO log_set_backs (first_position, end_position, said_by, reason) VALUES (0, 1, $1, 'made up')",
        uuid4(),
    )
    assert "log_set_backs.0" in await set_back.found()
