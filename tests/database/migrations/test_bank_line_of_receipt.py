"""What was booked before bank lines were written with blanks, and before receipts named theirs, has both afterwards."""

import json
import shutil
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from database.migrate import FOLDER, migrate
from tests.conftest import Database

LICENCE, ACT = UUID(int=1), UUID(int=2)


def _before(folder: Path) -> Path:
    for path in FOLDER.glob("*.sql"):
        if path.name < "0011":
            shutil.copy(path, folder)
    return folder


async def _booked(connection: asyncpg.Connection, serial: str, fen: int, day: str) -> str:
    receipt = str(uuid4())
    line = {"bank_key": f"B\x1fA\x1f{serial}", "fen": fen, "received_on": f"2026-03-{day}", "part_fen": fen}
    await connection.execute("SELECT book_bank_line($1::text::jsonb, $2, $3)", json.dumps(line), LICENCE, ACT)
    row = {"receipt_id": receipt, "licence_id": str(LICENCE), "fen": fen, "reversed_fen": 0, "confirmed": True}
    row["received_on"] = line["received_on"]
    await connection.execute("SELECT put_receipts($1::text::jsonb)", json.dumps([row]))
    return receipt


async def test_a_line_booked_before_is_written_with_blanks_and_known_by_its_receipt(
    blank_database: Database, tmp_path: Path
) -> None:
    await migrate(blank_database.owner, folder=_before(tmp_path))
    connection = await asyncpg.connect(blank_database.owner)
    try:
        alone = await _booked(connection, "S1", 100, "01")
        twins = [await _booked(connection, serial, 200, "02") for serial in ("S2", "S3")]
        await migrate(blank_database.owner)
        later = await _booked(connection, "S4", 300, "03")  # by a worker of the version before
        rows = await connection.fetch("SELECT receipt_id, bank_key FROM receipts")
        lines = {row["bank_key"] for row in await connection.fetch("SELECT bank_key FROM bank_lines")}
        parts = {row["bank_key"] for row in await connection.fetch("SELECT bank_key FROM bank_line_parts")}
    finally:
        await connection.close()
    known = {row["receipt_id"]: row["bank_key"] for row in rows}
    assert known == {alone: "B A S1", **dict.fromkeys([*twins, later])}
    assert lines == parts == {"B A S1", "B A S2", "B A S3", "B A S4"}
