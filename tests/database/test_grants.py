"""The database refuses, not the code: what each role cannot do."""

from uuid import uuid4

import asyncpg
import pytest

from database.pool import Pool, open_pool
from database.record.posting import Line
from tests.conftest import Database
from tests.database.record.filings import DAY, record

OF_THE_LOG = ("log_entries", "checkpoints", "cosignatures")
OF_THE_ROLES = ("memberships", "membership_grants", "membership_ends")
APPEND_ONLY = ("events", "acts", "postings", "audit_log", "sequence_numbers", *OF_THE_LOG, *OF_THE_ROLES)
SEALED = {
    "party_keys": ("sealed_key",),
    "parties": ("sealed",),
    "accounts": (
        *("name_hash", "sealed_name", "password_hash", "sealed_totp", "sealed_totp_offer"),
        *("recovery_hashes", "invitation_hash"),
    ),
    "account_identities": ("subject_hash",),
    "account_passkeys": ("credential_id", "public_key"),
    "sessions": ("token_hash", "device_hash"),
    "drafts": ("fields",),
    "api_keys": ("secret_hash",),
    "deadline_calendars": ("secret_hash",),
    "saved_views": ("name", "narrowed"),
    "requests": ("key_hash", "body_hash"),
    "consent_links": ("secret_hash", "code_hash", "proof_hash"),
    "code_mails": ("sealed_to",),
}
"""Table -> its columns that no auditor reads: secrets, sealed data, and what was never asked for."""
_UPDATES = {
    "events": "UPDATE events SET legal_on = legal_on",
    "acts": "UPDATE acts SET answer = answer",
    "postings": "UPDATE postings SET fen = fen",
    "audit_log": "UPDATE audit_log SET outcome = outcome",
    "sequence_numbers": "UPDATE sequence_numbers SET version = version",
    "log_entries": "UPDATE log_entries SET hash = hash",
    "checkpoints": "UPDATE checkpoints SET note = note",
    "cosignatures": "UPDATE cosignatures SET line = line",
    "memberships": "UPDATE memberships SET role = role",
    "membership_grants": "UPDATE membership_grants SET granted_at = granted_at",
    "membership_ends": "UPDATE membership_ends SET reason = reason",
}


@pytest.mark.parametrize("role", ["engine", "auditor", "owner"])
@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_no_role_changes_or_removes_what_was_recorded(
    database: Database, engine: Pool, role: str, table: str
) -> None:
    await record(engine, uuid4(), lines=(Line("l", "a", 1, DAY), Line("l", "b", -1, DAY)))
    connection = await asyncpg.connect(getattr(database, role))
    try:
        for statement in (_UPDATES[table], f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()


async def test_the_auditor_reads_everything_but_sealed_data_and_keys(database: Database) -> None:
    async with await open_pool(database.auditor, 1) as pool, pool.acquire() as connection:
        columns = await connection.fetch(
            """SELECT c.relname AS table, a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
               WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
               ORDER BY 1, 2"""
        )
        tables = {row["table"] for row in columns}
        for table, name in columns:
            if name in SEALED.get(table, ()) or table == "party_keys":
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.fetch(f"SELECT {name} FROM {table}")
            else:
                await connection.fetch(f"SELECT {name} FROM {table} LIMIT 1")
    assert set(SEALED) <= tables
    assert {"events", "party_keys", "parties", "outbox", "schema_migrations"} <= tables


async def test_the_auditor_writes_nothing(database: Database) -> None:
    async with await open_pool(database.superuser, 1) as pool, pool.acquire() as connection:
        writable = await connection.fetch(
            """SELECT relname FROM pg_class
               WHERE relkind IN ('r', 'v', 'm', 'p') AND relnamespace = 'public'::regnamespace
               AND (has_table_privilege('auditor', oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                    OR has_any_column_privilege('auditor', oid, 'INSERT, UPDATE'))"""
        )
        assert writable == []
        assert not await connection.fetchval(
            "SELECT has_function_privilege('auditor', 'erase_party(uuid, uuid, text)', 'EXECUTE')"
        )
        assert not await connection.fetchval(
            "SELECT has_function_privilege('auditor', 'forget_sign_ins(timestamptz)', 'EXECUTE')"
        )
        assert not await connection.fetchval("SELECT has_schema_privilege('auditor', 'public', 'CREATE')")


async def test_the_engine_deletes_only_what_waits_for_the_sequencer_or_the_log(database: Database) -> None:
    async with await open_pool(database.superuser, 1) as pool, pool.acquire() as connection:
        rows = await connection.fetch(
            """SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
               AND has_table_privilege('engine', oid, 'DELETE, TRUNCATE') ORDER BY relname"""
        )
        assert [row["relname"] for row in rows] == ["unsealed", "unsequenced"]
        assert not await connection.fetchval("SELECT has_schema_privilege('engine', 'public', 'CREATE')")
