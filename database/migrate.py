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

from database.pool import Connection, session_settings
from schemas.values.refusal import Fault

Phase = Literal["pre", "post", "all"]
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
    stays locked (try again then).
    """
    migrations = read_migrations(folder)
    connection = await asyncpg.connect(owner_dsn, server_settings=session_settings("open-licence migrate"))
    try:
        await connection.execute("SET statement_timeout = 0")
        await connection.execute("SET lock_timeout = 0")
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        applied = await _applied(connection)
        _compare(migrations, applied)
        done = []
        for migration in _pending(migrations, applied, phase):
            await _apply(connection, migration)
            done.append(migration.name)
        return done
    finally:
        await connection.close()


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
        async with connection.transaction():
            await connection.execute(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}'")
            await connection.execute(migration.sql)
            await connection.execute(
                "INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)", migration.name, migration.checksum
            )
    except asyncpg.LockNotAvailableError as error:
        raise Fault("database", f"{migration.name}: a table stayed locked for {_LOCK_TIMEOUT}", retry=True) from error
    log.info("migration_applied", name=migration.name)


def main(arguments: list[str]) -> int:
    """Exit 0 done, 1 fault, 64 usage."""
    chosen = arguments[0] if arguments else "all"
    dsn = os.environ.get("MIGRATION_DATABASE_URL")
    if len(arguments) > 1 or chosen not in ("pre", "post", "all") or not dsn:
        sys.stderr.write("usage: MIGRATION_DATABASE_URL=postgresql://... python -m database.migrate [pre|post|all]\n")
        return 64
    phase: Phase = "pre" if chosen == "pre" else "post" if chosen == "post" else "all"
    try:
        asyncio.run(migrate(dsn, phase))
    except Fault as fault:
        log.error("migration_failed", whose=fault.whose, what=fault.what, retry=fault.retry)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
