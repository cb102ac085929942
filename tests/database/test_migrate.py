"""Migrations are applied once, in order, and are never changed afterwards."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from database.migrate import migrate, read_migrations, see_migrated
from database.pool import open_pool
from runtime.settings import ROOT
from runtime.stack import Stack
from schemas.values.refusal import Fault, NotSetUp
from tests.conftest import Database


def _write(folder: Path, **files: str) -> Path:
    for name, sql in files.items():
        (folder / f"{name.lstrip('m')}.sql").write_text(sql, encoding="utf-8")
    return folder


async def _tables(dsn: str) -> set[str]:
    connection = await asyncpg.connect(dsn)
    try:
        return {row["tablename"] for row in await connection.fetch("SELECT tablename FROM pg_tables")}
    finally:
        await connection.close()


async def test_an_empty_database_gets_all_and_a_second_run_nothing(blank_database: Database) -> None:
    assert await migrate(blank_database.owner) == [one.name for one in read_migrations()]
    assert await migrate(blank_database.owner) == []


async def test_two_migrators_at_once_apply_each_file_once(blank_database: Database) -> None:
    done = await asyncio.gather(*(migrate(blank_database.owner) for _ in range(3)))
    assert sorted(name for one in done for name in one) == [one.name for one in read_migrations()]


async def test_a_file_changed_after_it_was_applied_is_a_fault(blank_database: Database, tmp_path: Path) -> None:
    _write(tmp_path, m0001_pre_one="CREATE TABLE one (id int)")
    await migrate(blank_database.owner, folder=tmp_path)
    _write(tmp_path, m0001_pre_one="CREATE TABLE one (id bigint)", m0002_pre_two="CREATE TABLE two (id int)")
    with pytest.raises(Fault, match=r"0001_pre_one.* was changed"):
        await migrate(blank_database.owner, folder=tmp_path)
    assert "two" not in await _tables(blank_database.owner)


async def test_old_code_runs_beside_migrations_it_does_not_know(blank_database: Database, tmp_path: Path) -> None:
    _write(tmp_path, m0001_pre_one="CREATE TABLE one (id int)", m0002_pre_two="CREATE TABLE two (id int)")
    await migrate(blank_database.owner, folder=tmp_path)
    (tmp_path / "0002_pre_two.sql").unlink()
    assert await migrate(blank_database.owner, folder=tmp_path) == []


async def test_the_post_phase_waits_for_the_deployment(blank_database: Database, tmp_path: Path) -> None:
    _write(tmp_path, m0001_pre_one="CREATE TABLE one (id int)", m0002_post_two="CREATE TABLE two (id int)")
    assert await migrate(blank_database.owner, "pre", tmp_path) == ["0001_pre_one"]
    assert await migrate(blank_database.owner, "post", tmp_path) == ["0002_post_two"]


async def test_a_phase_does_not_overtake_a_file_that_comes_first(blank_database: Database, tmp_path: Path) -> None:
    _write(tmp_path, m0001_post_one="CREATE TABLE one (id int)", m0002_pre_two="CREATE TABLE two (id int)")
    with pytest.raises(Fault, match="run the post phase"):
        await migrate(blank_database.owner, "pre", tmp_path)
    assert await migrate(blank_database.owner, "all", tmp_path) == ["0001_post_one", "0002_pre_two"]


async def test_a_file_that_fails_leaves_nothing_of_itself(blank_database: Database, tmp_path: Path) -> None:
    _write(tmp_path, m0001_pre_one="CREATE TABLE one (id int)", m0002_pre_two="CREATE TABLE two (id int); SELECT 1/0")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(blank_database.owner, folder=tmp_path)
    assert {"one", "two"} & await _tables(blank_database.owner) == {"one"}


async def test_a_table_that_stays_locked_does_not_hold_up_the_acts_for_long(
    blank_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("database.migrate._LOCK_TIMEOUT", "100ms")
    _write(tmp_path, m0001_pre_one="CREATE TABLE one (id int)")
    await migrate(blank_database.owner, folder=tmp_path)
    _write(tmp_path, m0002_pre_two="ALTER TABLE one ADD COLUMN more int")
    connection = await asyncpg.connect(blank_database.owner)
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE one IN ACCESS SHARE MODE")
            with pytest.raises(Fault, match="stayed locked") as caught:
                await migrate(blank_database.owner, folder=tmp_path)
        assert caught.value.retry
    finally:
        await connection.close()
    assert await migrate(blank_database.owner, folder=tmp_path) == ["0002_pre_two"]


@pytest.mark.parametrize("names", [["m1_pre_one"], ["m0001_one"], ["m0001_pre_one", "m0001_post_two"]], ids=str)
def test_a_name_that_orders_nothing_is_a_fault(tmp_path: Path, names: list[str]) -> None:
    _write(tmp_path, **dict.fromkeys(names, "SELECT 1"))
    with pytest.raises(Fault):
        read_migrations(tmp_path)


async def test_the_command_migrates_and_explains_itself(blank_database: Database) -> None:
    def run(*arguments: str, dsn: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "database.migrate", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "MIGRATION_DATABASE_URL": dsn},
        )

    assert run("all", dsn=blank_database.owner).returncode == 0
    assert "events" in await _tables(blank_database.owner)
    assert (run().returncode, run("later", dsn=blank_database.owner).returncode) == (64, 64)
    for wrong in ("postgresql://owner:hush#t@127.0.0.1/d", "postgresql://owner:hush@127.0.0.1:1/d"):
        told = run("all", dsn=wrong)
        assert told.returncode == 1
        assert "MIGRATION_DATABASE_URL" in told.stderr
        assert "hush" not in told.stderr
        assert "Traceback" not in told.stderr


async def test_a_database_that_has_no_chinese_letters_is_refused_with_what_to_do(stack: Stack) -> None:
    administrator = await asyncpg.connect(stack.postgres.url(database="postgres"))
    try:
        await administrator.execute("DROP DATABASE IF EXISTS latin WITH (FORCE)")
        await administrator.execute(
            "CREATE DATABASE latin OWNER owner TEMPLATE template0 ENCODING LATIN1 LOCALE_PROVIDER libc LOCALE 'C'"
        )
        with pytest.raises(NotSetUp, match=r"encoded in LATIN1.*ENCODING UTF8") as told:
            await migrate(stack.postgres.url("owner", "latin"))
        assert "LATIN1" in told.value.zh
        assert "schema_migrations" not in await _tables(stack.postgres.url("owner", "latin"))
    finally:
        await administrator.execute("DROP DATABASE IF EXISTS latin WITH (FORCE)")
        await administrator.close()


async def test_code_does_not_begin_on_a_schema_older_than_itself(blank_database: Database) -> None:
    async with await open_pool(blank_database.engine, 1) as pool:
        with pytest.raises(NotSetUp, match=r"0001_pre_event_log is missing.*python -m database.migrate"):
            await see_migrated(pool)
        await migrate(blank_database.owner)
        await see_migrated(pool)
