"""A backup is whole or not there; a restore gives exactly what it holds, or touches nothing."""

import json
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from activities.record import Recorder
from database.migrate import migrate
from database.pool import open_pool
from rules.law.calendar import Calendar
from runtime.backup.file import MASTER_KEY, POSTGRES, TEMPORAL, pack
from runtime.backup.servers import backup, restore
from runtime.connection import connect
from runtime.settings import Settings, SetupError
from runtime.stack import RESTORING, Stack
from tests.cli.offers import add_to_register, nine_noes, submit
from tests.cli.shell import Shell
from worker import make_worker
from workflows.options import TASK_QUEUE

NewStack = Callable[..., Stack]


@asynccontextmanager
async def working(stack: Stack) -> AsyncIterator[None]:
    known = stack.addresses()
    await migrate(known.for_migrations())
    client = await connect(Settings(var=stack.home), known)
    async with (
        await open_pool(known.database_url, 4) as pool,
        make_worker(client, Recorder(pool, Calendar.bundled(), "tests", "acts"), "tests", TASK_QUEUE),
    ):
        yield


@pytest.fixture
def installation(new_stack: NewStack, monkeypatch: pytest.MonkeyPatch) -> Stack:
    """Servers of this test alone, which the commands use."""
    stack = new_stack()
    for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "AUDIT_DATABASE_URL", "OPEN_LICENCE_MASTER_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPEN_LICENCE_VAR", str(stack.home))
    monkeypatch.setenv("OPEN_LICENCE_LEGAL_CLOCK", "acts")
    stack.start()
    return stack


async def test_a_restore_gives_the_state_of_the_backup_and_acts_can_be_asked_again(
    installation: Stack, shell: Shell, tmp_path: Path
) -> None:
    stack, file, settings = installation, tmp_path / "kept" / "one.tar", Settings(var=installation.home)
    file.parent.mkdir()
    async with working(stack):
        people = {}
        for name in ("university", "clerk", "operator"):
            kind = "--organisation" if name == "university" else "--person"
            people[name] = (await shell("party", "add", kind, "--name", name, "--json")).json["party_id"]
        (tmp_path / "paper.txt").write_text("excerpt", encoding="utf-8")
        added = await shell("document", "add", tmp_path / "paper.txt", "--by", people["clerk"], "--json")
        await add_to_register(shell)
        paper = added.json["content_hash"]
        submitted = await shell(*submit(people, paper, tmp_path))
        assert submitted.code == 0, submitted.out
        before = (await shell("list", "--json")).json
        backup(settings, file)
        filed = (
            *("declaration", "mark-filed", submitted.json["filing_id"], "--office-receipt-number", "R-1"),
            *("--on", "2026-11-02", "--by", people["operator"], "--act-id", str(uuid4()), "--json"),
            *("--field", f"bars={json.dumps(nine_noes(paper))}"),
        )
        granted = await shell(*filed)
        assert granted.code == 0, granted.out
        later = (await shell("party", "add", "--person", "--name", "later", "--json")).json["party_id"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["one.tar"]

    with pytest.raises(SetupError, match="are running; stop them"):
        restore(settings, file)
    stack.stop()
    key = (stack.home / "master.key").read_text()
    (stack.home / "master.key").write_text("lost")
    restore(settings, file)
    assert (stack.home / "master.key").read_text() == key
    stack.start()
    async with working(stack):
        assert (await shell("list", "--json")).json == before
        assert (await shell("repair", "--json")).code == 0
        assert (await shell("audit", "reconcile", "--json")).code == 0
        again = await shell("party", "add", "--person", "--name", "later", "--party-id", later, "--json")
        assert again.json["new"]
        repeated = await shell(*filed)
        assert (repeated.json["head"]["version"], repeated.json["act_id"]) == (2, granted.json["act_id"])
        assert (await shell("audit", "reconcile", "--json")).code == 0


@pytest.mark.parametrize("harm", ["cut off", "changed", "foreign", "missing"])
def test_what_is_no_whole_backup_is_refused_before_anything_is_touched(tmp_path: Path, harm: str) -> None:
    draft, file, var = tmp_path / "draft", tmp_path / "one.tar", tmp_path / "var"
    draft.mkdir()
    var.mkdir()
    (var / "master.key").write_text("ours")
    for name in (POSTGRES, TEMPORAL, MASTER_KEY):
        (draft / name).write_bytes(name.encode() * 1_000)
    pack(draft, file)
    whole = file.read_bytes()
    if harm == "cut off":
        file.write_bytes(whole[: len(whole) // 2])
    elif harm == "changed":
        file.write_bytes(whole.replace(b"postgres.dumppostgres", b"postgres.dumpPostgres", 1))
    elif harm == "foreign":
        file.write_bytes(b"PGDMP" + bytes(5_000))
    else:
        file.unlink()
    with pytest.raises(SetupError, match=r"no whole backup|there is no file"):
        restore(Settings(var=var), file)
    assert (var / "master.key").read_text() == "ours"
    assert not list(var.glob(".backup-*"))


def test_a_file_that_is_there_is_not_replaced_and_servers_of_ones_own_are_not_copied(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="embedded servers alone"):
        backup(Settings(var=tmp_path, database_url="postgresql://h/d"), tmp_path / "one.tar")
    with pytest.raises(SetupError, match="embedded servers alone"):
        restore(Settings(var=tmp_path, given_temporal=True), tmp_path / "one.tar")


def test_nothing_begins_on_a_restore_that_was_cut_off(new_stack: NewStack) -> None:
    stack = new_stack()
    (stack.home / RESTORING).touch()
    with pytest.raises(SetupError, match="give the same make restore again"):
        stack.start()


async def test_a_backup_of_a_newer_version_is_refused_and_nothing_is_touched(
    installation: Stack, tmp_path: Path
) -> None:
    stack, settings, file = installation, Settings(var=installation.home), tmp_path / "newer.tar"
    known = stack.addresses()
    await migrate(known.for_migrations())
    async with await open_pool(known.for_migrations(), 1) as pool:
        await pool.execute("INSERT INTO schema_migrations (name, checksum) VALUES ('9999_pre_of_tomorrow', '-')")
        backup(settings, file)
        await pool.execute("DELETE FROM schema_migrations WHERE name = '9999_pre_of_tomorrow'")
    stack.stop()
    with pytest.raises(SetupError, match="9999_pre_of_tomorrow is not known here"):
        restore(settings, file)
    stack.start()
    async with await open_pool(stack.addresses().for_migrations(), 1) as pool:
        assert await pool.fetchval("SELECT max(name) FROM schema_migrations") != "9999_pre_of_tomorrow"
