"""A stored history is proved by its hashes; what cannot be read is said, with what could be."""

from pathlib import Path

import asyncpg
import pytest

from audit.evidence import packing
from audit.evidence.packing import Dictionaries, as_bytes, packed, todays_dictionary
from audit.evidence.reading import Stored, read_history
from database.evidence.histories import Kept, ends_of_filing
from database.pool import Pool, open_pool
from schemas.values.refusal import NotSetUp
from tests.audit.evidence.store import store
from tests.conftest import Database
from tests.histories import golden

NAME = "inventors_are_paid.licence"


async def _read(pool: Pool, kept: Kept) -> Stored:
    async with pool.acquire() as connection:
        return await read_history(connection, kept, Dictionaries())


async def _tamper(database: Database, statement: str, *values: object) -> None:
    connection = await asyncpg.connect(database.superuser)
    try:
        await connection.execute("SET session_replication_role = replica")  # no triggers: as whoever owns the machine
        await connection.execute(statement, *values)
    finally:
        await connection.close()


async def test_a_history_comes_back_as_it_was_in_however_many_parts(fresh_database: Database) -> None:
    history = golden.read(NAME)
    async with await open_pool(fresh_database.engine, 2) as pool:
        whole = await store(pool, history.workflow_id, history.events)
        first = await store(pool, history.workflow_id, history.events[:9])
        grown = await store(pool, history.workflow_id, history.events[:20], first.run_id)
        grown = await store(pool, history.workflow_id, history.events, first.run_id)
        assert (grown.first_event, grown.history_hash) == (21, whole.history_hash)
        for kept in (whole, grown):
            assert (await _read(pool, kept)).text == as_bytes(history.events)


async def test_a_run_that_went_another_way_is_kept_beside_what_was_copied(fresh_database: Database) -> None:
    """Temporal was set back: what it had told until then stays."""
    history, other = golden.read(NAME), golden.read("a_notice_is_retracted.licence")
    async with await open_pool(fresh_database.engine, 2) as pool:
        first = await store(pool, history.workflow_id, history.events[:20])
        second = await store(pool, history.workflow_id, other.events, first.run_id)
        assert (second.first_event, second.follows) == (1, None)
        assert (await _read(pool, first)).text == as_bytes(history.events[:20])
        assert (await _read(pool, second)).text == as_bytes(other.events)


async def test_a_clipped_part_is_named_and_what_stands_before_it_can_be_read(fresh_database: Database) -> None:
    history = golden.read(NAME)
    async with await open_pool(fresh_database.engine, 2) as pool:
        first = await store(pool, history.workflow_id, history.events[:20])
        kept = await store(pool, history.workflow_id, history.events, first.run_id)
        await _tamper(
            fresh_database,
            "UPDATE histories SET compressed = substr(compressed, 1, 40) WHERE content_hash = $1",
            kept.content_hash,
        )
        read = await _read(pool, kept)
    assert read.fault is not None
    assert read.fault.startswith(f"events 21 to {len(history.events)}: it is clipped")
    assert read.text == as_bytes(history.events[:20])


async def test_a_part_that_is_not_what_was_stored_is_named(fresh_database: Database) -> None:
    history = golden.read(NAME)
    async with await open_pool(fresh_database.engine, 2) as pool:
        kept = await store(pool, history.workflow_id, history.events)
        other = packed(as_bytes(history.events[:-1]))
        await _tamper(fresh_database, "UPDATE histories SET compressed = $1, bytes = $2", other.compressed, other.size)
        read = await _read(pool, kept)
    assert read.fault == f"events 1 to {len(history.events)}: it is not what was stored: its SHA-256 differs"


async def test_parts_that_do_not_make_the_history_that_was_copied_are_named(fresh_database: Database) -> None:
    """A part was exchanged for another one, with its hash."""
    history = golden.read(NAME)
    async with await open_pool(fresh_database.engine, 2) as pool:
        kept = await store(pool, history.workflow_id, history.events)
        other = await store(pool, "other", golden.read("a_notice_is_retracted.licence").events)
        await _tamper(
            fresh_database,
            "UPDATE history_copies SET content_hash = $1 WHERE run_id = $2",
            other.content_hash,
            kept.run_id,
        )
        async with pool.acquire() as connection:
            assert kept.filing_id is not None
            (now,) = await ends_of_filing(connection, kept.filing_id)
        read = await _read(pool, now)
    assert read.fault is not None
    assert "is not the one that was copied" in read.fault


async def test_a_missing_part_is_named(fresh_database: Database) -> None:
    history = golden.read(NAME)
    async with await open_pool(fresh_database.engine, 2) as pool:
        first = await store(pool, history.workflow_id, history.events[:20])
        kept = await store(pool, history.workflow_id, history.events, first.run_id)
        await _tamper(fresh_database, "DELETE FROM histories WHERE content_hash = $1", first.content_hash)
        assert (await _read(pool, kept)).fault == "events 1 to 20 are not there"
        await _tamper(fresh_database, "DELETE FROM history_copies WHERE copy_number = $1", first.copy_number)
        assert (await _read(pool, kept)).fault == "events 1 to 20 are not there"


async def test_a_lost_dictionary_is_named_unless_this_program_still_has_it(fresh_database: Database) -> None:
    history = golden.read(NAME)
    async with await open_pool(fresh_database.engine, 2) as pool:
        kept = await store(pool, history.workflow_id, history.events)
        await _tamper(fresh_database, "DELETE FROM dictionaries")
        assert (await _read(pool, kept)).fault is None
        await _tamper(fresh_database, "UPDATE histories SET dictionary_hash = $1", bytes(32))
        fault = (await _read(pool, kept)).fault
    assert fault is not None
    assert fault.endswith(f"dictionary {bytes(32).hex()} is lost, or is not what it was")


async def test_a_program_that_has_lost_its_dictionary_reads_with_the_one_of_the_store_and_copies_nothing(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    history = golden.read(NAME)
    async with await open_pool(fresh_database.engine, 2) as pool:
        kept = await store(pool, history.workflow_id, history.events)
        monkeypatch.setattr(packing, "FILE", tmp_path / "histories.dictionary")
        assert (await _read(pool, kept)).fault is None
        await _tamper(fresh_database, "DELETE FROM dictionaries")
        assert "is lost" in ((await _read(pool, kept)).fault or "")
    with pytest.raises(NotSetUp, match=r"histories\.dictionary is missing"):
        packed(b"anything")


def test_with_the_dictionary_a_history_takes_an_eighth_at_most() -> None:
    history = golden.read("inventors_are_paid.payout")
    text = as_bytes(history.events)
    assert len(packed(text).compressed) * 8 < len(text)
    assert packed(text).dictionary_hash == todays_dictionary()[0]
