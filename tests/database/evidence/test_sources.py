"""Whatever decides or proves is in the log: a table that only grows is a source, or named with the reason why not."""

import asyncpg
import pytest

from database.evidence.source import Source
from database.evidence.sources import EVENT, PARAMETERS, SOURCES
from tests.conftest import Database

ALSO_PROVED = {"events": "each is an entry by the hash of its chain", "parties": "through the view parties_proved"}
NOT_PROVED = {
    "account_identities": "goes when its person is erased, and no proof with it",
    "act_counts": "counts what stands in the acts' rows",
    "adjustments": "follows from the settlement's events; audit rebuild compares it",
    "adjustments_taken": "follows from the settlement's events; audit rebuild compares it",
    "band_counts": "counts what stands in stated_terms; audit rebuild compares it",
    "bank_line_parts": "follows from the licence's events; audit rebuild compares it",
    "bank_lines": "follows from the licence's events; audit rebuild compares it",
    "checkpoints": "are signed, published and witnessed themselves",
    "cosignatures": "are signed themselves",
    "credit_codes": "says what stands in the parties' rows; audit verify compares it",
    "filing_ages": "follows from the filings' events",
    "filing_counts": "counts what stands in the filings' rows",
    "filing_parties": "follows from the filings' positions; audit rebuild compares those",
    "identities": "what filings hold of the outside follows from their events; audit rebuild compares it",
    "listing_counts": "counts what stands in the listings' rows; audit rebuild compares it",
    "listings": "follows from the declarations' positions; audit rebuild compares those",
    "log_entries": "are the log",
    "notice_receipts": "the number stands in the answer of the notice's act; audit verify compares it",
    "party_keys": "goes when its person is erased, and no proof with it",
    "postings": "follow from the filings' events; audit rebuild compares them",
    "price_counts": "counts what stands in stated_terms; audit rebuild compares it",
    "replays": "says with which code a history was replayed, which can be done again at any time",
    "requests": "says how a program was answered; what was done has its own line in the audit log, which is proved",
    "schema_migrations": "says which files made the tables; every program compares it when it starts",
    "sequence_numbers": "is the order of the events in the log; audit verify compares it",
    "settlements": "follows from the settlement's events; audit rebuild compares it",
    "task_handovers": "who does a task decides nothing; each handover has its line in the audit log, which is proved",
    "stated_terms": "follows from the filings' positions; audit rebuild compares those",
    "subsidy_payments": "follows from the settlement's events; audit rebuild compares it",
    "unsealed": "is what waits for the log",
    "unsequenced": "is what waits for its sequence number",
}
"""Append-only table -> why its rows are no entries of the log."""
NOT_HASHED = {
    "documents": {"body": "its hash is the key; audit verify hashes the bytes"},
    "parties_proved": {"is_erased": "it changes when a person is erased; the audit log proves who did that"},
}
"""Table -> column of its rows that is not hashed, and why not."""

_ONLY_GROWS = """
SELECT c.relname FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND (
    EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only')
    OR NOT has_any_column_privilege('engine', c.oid, 'UPDATE') AND has_table_privilege('engine', c.oid, 'INSERT')
    OR NOT has_table_privilege('engine', c.oid, 'INSERT, UPDATE, DELETE'))
ORDER BY 1"""


async def test_every_table_that_only_grows_is_in_the_log_or_named_with_the_reason_why_not(database: Database) -> None:
    connection = await asyncpg.connect(database.superuser)
    try:
        grows = {row["relname"] for row in await connection.fetch(_ONLY_GROWS)}
    finally:
        await connection.close()
    assert {"events", "audit_log", "documents", "parties", "postings"} <= grows
    proved = {one.table for one in SOURCES.values()} | set(ALSO_PROVED)
    assert grows - proved - set(NOT_PROVED) == set(), "add a source, or the reason why there is none"
    assert proved & set(NOT_PROVED) == set()
    assert set(NOT_PROVED) - grows == set(), "these are no such tables"


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda one: one.name)
async def test_all_columns_of_a_row_are_hashed(database: Database, source: Source) -> None:
    connection = await asyncpg.connect(database.superuser)
    try:
        rows = await connection.fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_name = $1", source.table
        )
    finally:
        await connection.close()
    left_out = set(NOT_HASHED.get(source.table, {}))
    assert {row["column_name"] for row in rows} - left_out == set(source.columns)


async def test_a_trigger_tells_of_every_source_that_no_event_brings(database: Database) -> None:
    connection = await asyncpg.connect(database.superuser)
    try:
        rows = await connection.fetch("SELECT tgargs FROM pg_trigger WHERE tgfoid = 'leave_unsealed'::regproc")
    finally:
        await connection.close()
    told = {row["tgargs"].split(b"\0")[0].decode(): row["tgargs"].split(b"\0")[1:-1] for row in rows}
    keys = {one.name: [column.encode() for column, _ in one.key] for one in SOURCES.values() if one.name != "act"}
    assert told == keys
    assert not {EVENT, PARAMETERS} & set(told)
