"""A backup is whole or not there; a restore gives exactly what it holds, or touches nothing."""

import json
import signal
import stat
import subprocess
import sys
import tarfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest

from activities.record import Recorder
from client.kept_lines import KeptLines, Line
from database.migrate import migrate
from database.pool import Pool, open_pool
from database.registers.audit_log import read_audit
from rules.law.calendar import Calendar
from runtime.backup.file import LINES, MASTER_KEY, POSTGRES, TEMPORAL, pack, put_lines, unpack
from runtime.backup.servers import backup, restore
from runtime.connection import connect
from runtime.postgres import DATABASE
from runtime.settings import AUDIT_LINES, LOG_KEY, ROOT, Settings, SetupError
from runtime.stack import RESTORING, Stack
from tests.cli.killed_restore import PLACES
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
    key = stack.home / "master.key"
    was = key.read_text()
    key.write_text("lost")
    restore(settings, file)
    assert (key.read_text(), stat.S_IMODE(key.stat().st_mode)) == (was, 0o600)
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
    for name in (LINES, POSTGRES, TEMPORAL, MASTER_KEY, LOG_KEY):
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
    assert [one.name for one in var.iterdir() if one.is_dir()] == []


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
        assert await databases(pool) == {DATABASE}


async def databases(pool: Pool) -> set[str]:
    rows = await pool.fetch("SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'")
    return {row["datname"] for row in rows}


async def test_what_waits_for_the_audit_log_belongs_to_a_backup(installation: Stack, tmp_path: Path) -> None:
    stack, settings, file = installation, Settings(var=installation.home), tmp_path / "one.tar"
    kept, folder = KeptLines(stack.home), stack.home / AUDIT_LINES
    kept.keep(line("in the backup"))
    (stack.home / LOG_KEY).write_text("of the log")
    await migrate(stack.addresses().for_migrations())
    backup(settings, file)
    async with await open_pool(stack.addresses().database_url, 2) as pool:
        assert await kept.deliver(pool) == 1
    kept.keep(line("since"))
    stack.stop()
    (stack.home / LOG_KEY).unlink()
    restore(settings, file)
    assert (stack.home / LOG_KEY).read_text() == "of the log"
    assert stat.S_IMODE((stack.home / LOG_KEY).stat().st_mode) == 0o600
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}
    stack.start()
    async with await open_pool(stack.addresses().database_url, 2) as pool:
        assert await kept.deliver(pool) == 2
        async with pool.acquire() as connection:
            assert [one.role for one in await read_audit(connection)] == ["in the backup", "since"]


def line(role: str) -> Line:
    return Line(datetime.now(UTC), uuid4(), role, "pay", uuid4(), uuid4(), "refused")


def test_a_backup_without_lines_is_one_of_an_earlier_version(tmp_path: Path) -> None:
    draft, file, to = tmp_path / "draft", tmp_path / "one.tar", tmp_path / "to"
    draft.mkdir()
    to.mkdir()
    members = {POSTGRES: b"dump", TEMPORAL: b"histories", MASTER_KEY: b"key"}
    hashes = {name: sha256(body).hexdigest() for name, body in members.items()}
    write_tar(file, members, {"form": "open-licence backup 1", "members": hashes})
    unpack(file, to)
    assert (to / TEMPORAL).read_bytes() == b"histories"
    put_lines(to / LINES, tmp_path / AUDIT_LINES)
    assert list((tmp_path / AUDIT_LINES).iterdir()) == []


def test_a_backup_in_the_form_of_a_newer_version_is_called_so(tmp_path: Path) -> None:
    file, to = tmp_path / "one.tar", tmp_path / "to"
    to.mkdir()
    write_tar(file, {}, {"form": "open-licence backup 9", "members": {}})
    with pytest.raises(SetupError, match="a newer version of this program made the backup"):
        unpack(file, to)


def write_tar(file: Path, members: dict[str, bytes], proof: dict[str, object]) -> None:
    with tarfile.open(file, "w") as archive:
        for name, body in (members | {"manifest.json": json.dumps(proof).encode()}).items():
            described = tarfile.TarInfo(name)
            described.size = len(body)
            archive.addfile(described, BytesIO(body))


async def test_a_restore_that_is_killed_touched_nothing_or_is_finished_by_asking_again(
    installation: Stack, tmp_path: Path
) -> None:
    stack, settings, file = installation, Settings(var=installation.home), tmp_path / "one.tar"
    settings.master_key()
    await state(stack, "CREATE TABLE kept AS SELECT 'backup' AS what")
    was = await state(stack)
    backup(settings, file)
    for place in PLACES:
        stack.postgres.start()
        later = await state(stack, "UPDATE kept SET what = 'later'")
        stack.stop()
        (stack.home / "master.key").write_text("later")
        restoring: list[str | Path] = [sys.executable, "-m", "tests.cli.killed_restore", stack.home, file, place]
        killed = subprocess.run(restoring, cwd=ROOT, check=False)  # noqa: ASYNC221  # nothing else goes on here
        assert killed.returncode == -signal.SIGKILL, place
        if place == "a copy is loaded":
            stack.start()
            assert await state(stack) == later | {"key": "later"}
            assert not list(stack.home.glob(".open-licence-backup-*/dump"))
            stack.stop()
        else:
            with pytest.raises(SetupError, match="give the same make restore again"):
                stack.start()
            with pytest.raises(SetupError, match="give the same make restore again"):
                stack.database_url()
        restore(settings, file)
        stack.postgres.start()
        assert await state(stack) == was, place
        assert not list(stack.home.glob(".open-licence-backup-*"))


async def state(stack: Stack, change: str = "SELECT") -> dict[str, object]:
    """What the parts of an installation hold, after a change."""
    async with await open_pool(stack.postgres.url(), 1) as pool:
        await pool.execute(change)
        what, found = await pool.fetchval("SELECT what FROM kept"), await databases(pool)
    key = (stack.home / "master.key").read_text()
    return {"what": what, "databases": found, "key": key}
