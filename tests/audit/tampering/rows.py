"""Rows that no chain holds: changed, removed, put in, exchanged."""

import json
import random
from typing import Any

import asyncpg

from database.evidence.source import Source
from database.evidence.sources import SOURCES
from tests.audit.tampering.kind import NothingToDo

_BASE = {"parties_proved": "parties"}
_ALONE = ("calendar", "document", "profile", "party", "history", "history_part", "dictionary", "audit_result")
"""Sources of which no row can stand beside its copy: a constraint of the table says no."""
_OTHER = {
    "text": "{0} || 'x'",
    "integer": "{0} + 1",
    "bigint": "{0} + 1",
    "date": "{0} + 1",
    "timestamp with time zone": "{0} - interval '1 microsecond'",
    "uuid": "gen_random_uuid()",
    "jsonb": """CASE jsonb_typeof({0}) WHEN 'array' THEN {0} || '["x"]' ELSE {0} || '{{"x": 1}}' END""",
    "bytea": "set_byte({0}, 0, (get_byte({0}, 0) + 1) % 256)",
    "ARRAY": "{0} || ARRAY['x']",
}
"""Type of a column -> an expression for another value."""


async def a_changed_row(connection: Any, chance: random.Random) -> str:
    source, key = await _row(connection, chance)
    table = _BASE.get(source.table, source.table)
    columns = [
        (row["column_name"], row["data_type"])
        for row in await connection.fetch(
            """SELECT column_name, data_type FROM information_schema.columns WHERE table_name = $1
               AND is_generated = 'NEVER' ORDER BY 1""",
            table,
        )
        if row["column_name"] not in {one for one, _ in source.key} and row["data_type"] in _OTHER
    ]
    chance.shuffle(columns)
    for column, kind in columns:
        other = _OTHER[kind].format(column)
        try:
            async with connection.transaction():
                done = await connection.execute(
                    f"UPDATE {table} t SET {column} = {other} WHERE {_is(source)} AND {column} IS NOT NULL", key
                )
        except asyncpg.IntegrityConstraintViolationError:
            continue  # the database itself would say no to that value
        if done == "UPDATE 1":
            return _place(source, key)
    raise NothingToDo


async def a_removed_row(connection: Any, chance: random.Random) -> str:
    source, key = await _row(connection, chance)
    await connection.execute(f"DELETE FROM {_BASE.get(source.table, source.table)} t WHERE {_is(source)}", key)
    return _place(source, key)


async def an_inserted_row(connection: Any, chance: random.Random) -> str:
    """A copy of another row under a key of its own."""
    source, key = await _row(connection, chance, but=_ALONE)
    table = _BASE.get(source.table, source.table)
    column, kind = source.key[-1]
    new = {"uuid": "gen_random_uuid()", "bigint": f"{column} + 1000000"}.get(kind, f"{column} || 'x'")
    names = [
        row["column_name"]
        for row in await connection.fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER'", table
        )
    ]
    values = [new if name == column else name for name in names]
    found = await connection.fetchval(
        f"""INSERT INTO {table} AS t ({", ".join(names)}) OVERRIDING SYSTEM VALUE
            SELECT {", ".join(values)} FROM {table} t WHERE {_is(source)} RETURNING {source.key_text}""",
        key,
    )
    return _place(source, found)


async def two_rows_exchanged(connection: Any, chance: random.Random) -> str:
    """The audit log's or the register's lines in another order."""
    source = SOURCES[chance.choice(["audit_log", "patent_version"])]
    ids = [row["id"] for row in await connection.fetch(f"SELECT id FROM {source.table} ORDER BY id")]
    if len(ids) < 2:
        raise NothingToDo
    first, second = sorted(chance.sample(ids, 2))
    await connection.execute(f"ALTER TABLE {source.table} ALTER id DROP IDENTITY")
    for one, other in ((first, -1), (second, first), (-1, second)):
        await connection.execute(f"UPDATE {source.table} SET id = $2 WHERE id = $1", one, other)
    return f"{source.table}.{first}"


async def two_documents_exchanged(connection: Any, chance: random.Random) -> str:
    """Each has the other's bytes, under its own name and hash."""
    hashes = [row["content_hash"] for row in await connection.fetch("SELECT content_hash FROM documents ORDER BY 1")]
    if len(hashes) < 2:
        raise NothingToDo
    one, other = chance.sample(hashes, 2)
    await connection.execute("ALTER TABLE documents DROP CONSTRAINT content_hash_is_true")
    await connection.execute("ALTER TABLE documents DROP CONSTRAINT size_is_true")
    await connection.execute(
        """UPDATE documents d SET body = o.body FROM documents o
           WHERE d.content_hash = ANY($1) AND o.content_hash = ANY($1) AND d.content_hash <> o.content_hash""",
        [one, other],
    )
    return f"documents.{one}.body"


async def a_key_taken_away(connection: Any, chance: random.Random) -> str:
    """A person erased by hand, without a line of the audit log."""
    people = [row["party_id"] for row in await connection.fetch("SELECT party_id FROM party_keys ORDER BY 1")]
    who = chance.choice(people)
    await connection.execute("DELETE FROM party_keys WHERE party_id = $1", who)
    return f"party_keys.{who}"


async def _row(connection: Any, chance: random.Random, but: tuple[str, ...] = ()) -> tuple[Source, str]:
    sources = [one for one in SOURCES.values() if one.name not in but]
    chance.shuffle(sources)
    for source in sources:
        keys = await connection.fetch(
            f"SELECT {source.key_text} AS key FROM {source.table} t WHERE {source.where} ORDER BY 1"
        )
        if keys:
            return source, str(chance.choice(keys)["key"])
    raise NothingToDo


def _is(source: Source) -> str:
    return " AND ".join(
        f"t.{column} = ($1::text::jsonb ->> {n})::{kind}" for n, (column, kind) in enumerate(source.key)
    )


def _place(source: Source, key: str) -> str:
    return f"{source.table}.{' '.join(str(part) for part in json.loads(key))}"
