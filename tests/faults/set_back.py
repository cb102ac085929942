"""A database that goes back to what it was, at one instant and under whoever works with it."""

import asyncpg

from tests.conftest import Database

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_COLUMNS = """SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
              WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'"""


class Copy:
    """What the tables of a database held when it was taken."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self) -> None:
        connection = await asyncpg.connect(self._database.superuser)
        try:
            async with connection.transaction():
                await connection.execute("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept")
                for (table,) in await connection.fetch(_TABLES):
                    await connection.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')
        finally:
            await connection.close()

    async def set_back(self, *but: str) -> None:
        """The tables hold that again; as after a restore, without asking the triggers that guard the past.

        ``but``: tables whose lost rows were added again before anybody asked.
        """
        while True:
            try:
                await self._set_back(but)
            except asyncpg.DeadlockDetectedError:
                continue  # it takes every table, whoever holds some just then; one of the two has to begin again
            return

    async def _set_back(self, but: tuple[str, ...]) -> None:
        connection = await asyncpg.connect(self._database.superuser)
        try:
            async with connection.transaction():
                await connection.execute("SET LOCAL session_replication_role = replica")
                tables = [table for (table,) in await connection.fetch(_TABLES) if table not in but]
                named = ", ".join(f'public."{table}"' for table in tables)
                await connection.execute(f"TRUNCATE {named}")
                for table in tables:
                    columns = await connection.fetchval(_COLUMNS, table)
                    await connection.execute(
                        f'INSERT INTO public."{table}" ({columns}) OVERRIDING SYSTEM VALUE '
                        f'SELECT {columns} FROM kept."{table}"'
                    )
        finally:
            await connection.close()


async def copy_of(database: Database) -> Copy:
    """A copy taken now."""
    copy = Copy(database)
    await copy.take()
    return copy
