"""Who filed can recompute receipt and chain from the bytes alone; the auditor's door is open to reads only."""

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE
from hashlib import sha256
from pathlib import Path

from database.pool import Pool
from runtime.settings import ROOT
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.world import World


async def _said(*arguments: object) -> tuple[int, bytes, str]:
    """A command as its own process: what is hashed are bytes, and psql takes the place of the program."""
    words = [str(one) for one in arguments]
    process = await asyncio.create_subprocess_exec(
        sys.executable, ROOT / "starter.py", *words, env=os.environ, stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate()
    return process.returncode or 0, out, err.decode()


async def test_the_receipt_and_the_chain_can_be_recomputed_from_the_bytes(
    surroundings: str, pool: Pool, tmp_path: Path
) -> None:
    declaration = DeclarationLife(await World("受到复核的大学").write(pool))
    desk = Desk(pool)
    answers = [await desk.ask(declaration, act) for act in declaration.announced()]
    for answer in answers:
        code, out, _ = await _said("events", "--canonical", "--act", answer.act_id)
        assert (code, sha256(out).hexdigest()) == (0, answer.content_hash)
    code, out, _ = await _said("events", "--canonical", "--filing", declaration.filing_id)
    assert (code, [sha256(one).hexdigest() for one in out.split(b"\n")[:-1]]) == (
        0,
        [one.content_hash for one in answers],
    )

    page = (ROOT / "docs" / "receipts.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "events.jsonl").write_bytes(out)
    recomputed = await asyncio.create_subprocess_exec(sys.executable, "-c", program, cwd=tmp_path, stdout=PIPE)
    printed, _ = await recomputed.communicate()
    head = await pool.fetchval("SELECT head_hash FROM filings WHERE filing_id = $1", declaration.filing_id)
    assert printed.decode().strip() == head.hex()


async def test_bytes_that_are_not_there_are_said_to_be_missing(surroundings: str) -> None:
    nobody = "00000000-0000-4000-8000-000000000001"
    for option, code in (("--act", "act_not_recorded"), ("--filing", "filing_unknown")):
        ended, out, _ = await _said("events", "--canonical", option, nobody, "--json")
        assert (ended, code in out.decode()) == (2, True)
    for arguments in (("--canonical",), ("--act", nobody), ("--canonical", "--act", nobody, "--filing", nobody)):
        ended, out, err = await _said("events", *arguments)
        assert (ended, out) == (64, b"")
        assert "--canonical" in err


async def test_the_auditor_reads_everything_with_psql_and_changes_nothing(surroundings: str) -> None:
    code, out, _ = await _said("audit", "psql", "-At", "-c", "SELECT current_user, count(*) FROM events")
    assert (code, out) == (0, b"auditor|0\n")
    code, _, err = await _said("audit", "psql", "-c", "INSERT INTO counters VALUES ('x', 1)")
    assert (code, "permission denied" in err) == (1, True)
