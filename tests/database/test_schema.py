"""Who wants to know the tables reads one file, and need not add up the migrations."""

import re

import asyncpg

from tests.conftest import Database
from tests.database.schema import FILE, dump


def test_the_schema_file_is_the_sum_of_the_migrations(database: Database) -> None:
    assert FILE.read_text(encoding="utf-8") == dump(database.superuser), "run make schema"


async def test_every_table_and_column_says_what_it_is_in_both_languages(database: Database) -> None:
    connection = await asyncpg.connect(database.auditor)
    try:
        said = await connection.fetch(
            """SELECT c.relname || '.' || a.attname AS name, col_description(c.oid, a.attnum) AS words
               FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
               WHERE c.relkind IN ('r', 'v') AND c.relnamespace = 'public'::regnamespace
                 AND a.attnum > 0 AND NOT a.attisdropped
               UNION ALL
               SELECT relname, obj_description(oid, 'pg_class') FROM pg_class
               WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace"""
        )
    finally:
        await connection.close()
    assert len(said) > 300
    silent = [row["name"] for row in said if not re.search(r"\w.*\. .*[\u4e00-\u9fff]", row["words"] or "")]
    assert silent == [], "COMMENT ON them in the migration that makes them"
