"""Migrations: plain SQL files, applied once, in order, never changed afterwards.

A file ``0007_pre_name.sql`` runs before new code is deployed and must suit the old code still running;
``0008_post_name.sql`` runs after. ``python -m database.migrate [pre|post|all]`` reads MIGRATION_DATABASE_URL.
"""

import asyncio
import os
import re
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

import asyncpg
import structlog

from database.address import readable
from database.pool import Connection, Pool, startup
from schemas.values.refusal import Fault, NotSetUp

Phase = Literal["pre", "post", "all"]
VARIABLE = "MIGRATION_DATABASE_URL"
_ENCODING = "UTF8"
FOLDER = Path(__file__).parent / "migrations"
_NAME = re.compile(r"^\d{4}_(pre|post)_[a-z0-9_]+$")
_LOCK = 0x6F706C69  # any number, the same for every migrator of this database
_LOCK_TIMEOUT = "4s"
"""A migration waits this long for a table and then gives up, so that the acts queueing behind it are not held."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Migration:
    """One file. Its name orders it; its checksum shows a later change."""

    name: str
    phase: str
    sql: str

    @property
    def checksum(self) -> str:
        return sha256(self.sql.encode()).hexdigest()


def read_migrations(folder: Path = FOLDER) -> list[Migration]:
    """All files in order; a Fault for a name that has no number or phase, or a number used twice."""
    found: list[Migration] = []
    for path in sorted(folder.glob("*.sql")):
        match = _NAME.match(path.stem)
        if match is None:
            raise Fault("ours", f"{path.name}: name migrations like 0001_pre_what_it_does.sql", retry=False)
        if found and found[-1].name[:4] == path.stem[:4]:
            raise Fault("ours", f"{path.name} has the number of {found[-1].name}: take the next free one", retry=False)
        found.append(Migration(path.stem, match.group(1), path.read_text(encoding="utf-8")))
    return found


async def migrate(owner_dsn: str, phase: Phase = "all", folder: Path = FOLDER) -> list[str]:
    """Applies what is missing and returns the names of what it applied. Safe to run twice and at the same time.

    Raises a Fault when an applied file was changed, when ``pre`` would overtake a pending ``post``, or when a table
    stays locked (try again then); NotSetUp for a database that cannot hold what we write.
    """
    migrations = read_migrations(folder)
    with readable(owner_dsn, VARIABLE):
        # Without remembered statements it goes through a pooler too.
        connection = await asyncpg.connect(
            owner_dsn, server_settings=startup("open-licence migrate"), statement_cache_size=0
        )
    try:
        await _see_letters(connection)
        done: list[str] = []
        while (name := await _apply_next(connection, migrations, phase)) is not None:
            done.append(name)
        return done
    finally:
        await connection.close()


async def see_migrated(pool: Pool) -> None:
    """NotSetUp where this code would meet tables that it does not know: what comes before it was not applied."""
    async with pool.acquire() as connection:
        has_any: bool = await connection.fetchval("SELECT to_regclass('schema_migrations') IS NOT NULL")
        rows = await connection.fetch("SELECT name FROM schema_migrations") if has_any else []
    applied = {row["name"] for row in rows}
    if missing := [one.name for one in read_migrations() if one.phase == "pre" and one.name not in applied]:
        raise not_migrated(missing[0])


def not_migrated(what: str) -> NotSetUp:
    """``what`` is missing of the schema."""
    return NotSetUp(
        f"the database is not migrated ({what} is missing): run python -m database.migrate, or make up, which does it",
        f"数据库尚未迁移（缺少 {what}）：请运行 python -m database.migrate；make up 会自动执行",
    )


async def _see_letters(connection: Connection) -> None:
    encoding: str = await connection.fetchval("SHOW server_encoding")
    if encoding != _ENCODING:
        raise NotSetUp(
            f"the database is encoded in {encoding}, and Chinese names need UTF8; make a new one as"
            " deploy/postgres/roles.sql does (CREATE DATABASE ... TEMPLATE template0 ENCODING UTF8), name it in the"
            " addresses, and migrate again",
            f"数据库编码为 {encoding}，而中文名称需要 UTF8；请按 deploy/postgres/roles.sql 新建数据库"
            "（CREATE DATABASE ... TEMPLATE template0 ENCODING UTF8），在地址中改用它，再执行迁移",
        )


async def _apply_next(connection: Connection, migrations: list[Migration], phase: Phase) -> str | None:
    """Applies the first one that is missing; each is a transaction, and of several migrators one is in it."""
    async with connection.transaction():
        await connection.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        applied = await _applied(connection)
        _compare(migrations, applied)
        pending = _pending(migrations, applied, phase)
        if not pending:
            return None
        await _apply(connection, pending[0])
    log.info("migration_applied", name=pending[0].name)
    return pending[0].name


async def _applied(connection: Connection) -> dict[str, str]:
    await connection.execute(
        """CREATE TABLE IF NOT EXISTS schema_migrations (
               name text PRIMARY KEY, checksum text NOT NULL,
               applied_at timestamptz NOT NULL DEFAULT clock_timestamp());
           GRANT SELECT ON schema_migrations TO engine, auditor"""
    )
    rows = await connection.fetch("SELECT name, checksum FROM schema_migrations")
    return {row["name"]: row["checksum"] for row in rows}


def _compare(migrations: list[Migration], applied: dict[str, str]) -> None:
    for migration in migrations:
        if applied.get(migration.name, migration.checksum) != migration.checksum:
            raise Fault(
                "ours",
                f"{migration.name}.sql was changed after it was applied: restore it, and add a new migration",
                retry=False,
            )


def _pending(migrations: list[Migration], applied: dict[str, str], phase: Phase) -> list[Migration]:
    missing = [migration for migration in migrations if migration.name not in applied]
    chosen = [migration for migration in missing if phase in ("all", migration.phase)]
    for other in missing:
        if chosen and other not in chosen and other.name < chosen[-1].name:
            raise Fault("caller", f"{other.name} is pending and comes first: run the {other.phase} phase", retry=False)
    return chosen


async def _apply(connection: Connection, migration: Migration) -> None:
    try:
        await connection.execute(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}'")
        await connection.execute(migration.sql)
        await connection.execute(
            "INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)", migration.name, migration.checksum
        )
    except asyncpg.LockNotAvailableError as error:
        raise Fault("database", f"{migration.name}: a table stayed locked for {_LOCK_TIMEOUT}", retry=True) from error


def main(arguments: list[str]) -> int:
    """Exit 0 done, 1 fault, 64 usage."""
    chosen = arguments[0] if arguments else "all"
    dsn = os.environ.get(VARIABLE)
    if len(arguments) > 1 or chosen not in ("pre", "post", "all") or not dsn:
        sys.stderr.write("usage: MIGRATION_DATABASE_URL=postgresql://... python -m database.migrate [pre|post|all]\n")
        return 64
    phase: Phase = "pre" if chosen == "pre" else "post" if chosen == "post" else "all"
    try:
        asyncio.run(migrate(dsn, phase))
    except NotSetUp as error:
        sys.stderr.write(f"{error.zh}\n{error.en}\n")
        return 1
    except Fault as fault:
        log.error("migration_failed", whose=fault.whose, what=fault.what, retry=fault.retry)
        return 1
    except (OSError, asyncpg.PostgresError) as error:
        sys.stderr.write(
            f"数据库没有应答或拒绝了迁移；请启动 Postgres，或更正 {VARIABLE}\n"
            f"Postgres does not answer or did not take the migration: {error!r}; start it, or correct {VARIABLE}\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
