"""A no is told to whoever asked, also where its line of the audit log cannot be written; the line arrives later."""

import shutil
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from client.kept_lines import KeptLines
from database.registers.audit_log import AuditEntry, read_audit
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.office import Office


async def allow_lines(database: Database, *, allowed: bool) -> None:
    connection = await asyncpg.connect(database.superuser)
    try:
        await connection.execute(
            "GRANT INSERT ON audit_log TO engine" if allowed else "REVOKE INSERT ON audit_log FROM engine"
        )
    finally:
        await connection.close()


async def lines(office: Office) -> list[AuditEntry]:
    async with office.pool.acquire() as connection:
        return await read_audit(connection)


async def test_a_refusal_whose_line_cannot_be_written_is_told_and_its_line_waits(
    office: Office, fresh_database: Database, tmp_path: Path
) -> None:
    life = DeclarationLife(await office.world("line waits"), offer_changes={"commitments": False})
    kept, died = KeptLines(tmp_path / "var"), KeptLines(tmp_path / "of a program that died before it removed the file")
    assert await kept.deliver(office.pool) == 0
    await allow_lines(fresh_database, allowed=False)
    with pytest.raises(Refused) as refused:
        await replace(office.asker, kept=kept).ask(life.kind, life.submit())
    assert [one.code for one in refused.value.refusals] == ["commitments_missing"]
    assert await lines(office) == []
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await kept.deliver(office.pool)
    await allow_lines(fresh_database, allowed=True)
    shutil.copytree(tmp_path / "var", tmp_path / "of a program that died before it removed the file")
    assert await kept.deliver(office.pool) == await died.deliver(office.pool) == 1
    (line,) = await lines(office)
    assert (line.who, line.act_id, line.outcome) == (life.submit().by.party_id, life.submit().act_id, "refused")
    assert line.refusals == refused.value.refusals
    assert await kept.deliver(office.pool) == 0


async def test_it_is_told_also_where_there_is_no_place_for_the_line(
    office: Office, fresh_database: Database, tmp_path: Path
) -> None:
    life = DeclarationLife(await office.world("no place"), offer_changes={"commitments": False})
    (tmp_path / "file").touch()
    await allow_lines(fresh_database, allowed=False)
    for kept in (None, KeptLines(tmp_path / "file")):
        with pytest.raises(Refused):
            await replace(office.asker, kept=kept).ask(life.kind, life.submit())
