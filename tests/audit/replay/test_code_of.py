"""A history is replayed with the code that decided: its commit and its packages, or it is said what is missing."""

import subprocess
from pathlib import Path

import pytest

from audit.evidence.copying import Copier
from audit.replay.code_of import Code, code_in, code_of
from audit.replay.run import Replayed, Replaying, Which, ours
from database.pool import open_pool
from runtime.settings import SetupError
from tests.architecture.sources import PRODUCT, ROOT, tracked_files
from tests.audit.evidence.store import store
from tests.conftest import Database
from tests.histories import golden
from tests.lives.office import Office
from tests.lives.stories import a_draft_is_discarded

NAME = "a_draft_is_discarded.declaration"


def _git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=tests", "-c", "user.email=tests@example.org")
    done = subprocess.run(["git", "-C", folder, *who, *arguments], capture_output=True, check=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with this code as its first commit, and as its second one more timer in the procedure."""
    folder = tmp_path / "clone"
    for name in tracked_files():
        if name.split("/")[0] in (*PRODUCT, "worker.py", "requirements.lock"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    _git(tmp_path, "init", "--quiet", str(folder))
    _git(folder, "add", ".")
    _git(folder, "commit", "--quiet", "-m", "first")
    procedure = folder / "workflows" / "procedure.py"
    text = procedure.read_text(encoding="utf-8")
    begins = "        if await self.begun():\n"
    changed = text.replace(begins, f"        await workflow.sleep(60)\n{begins}")
    assert changed != text
    procedure.write_text(changed, encoding="utf-8")
    _git(folder, "commit", "--quiet", "-am", "second")
    return folder


async def _replayed(database: Database, code: Code) -> Replayed:
    async with await open_pool(database.engine, 2) as pool:
        history = golden.read(NAME)
        await store(pool, history.workflow_id, history.events)
        async with await open_pool(database.auditor, 2) as reading:
            return await Replaying(reading, code.version, code.processes(1), payloads=ours(1)).replay(Which())


async def test_the_code_of_a_commit_replays_what_it_decided(
    fresh_database: Database, clone: Path, tmp_path: Path
) -> None:
    code = code_of("HEAD~1", tmp_path / "var", clone)
    assert code.version == _git(clone, "rev-parse", "--short=12", "HEAD~1")
    report = await _replayed(fresh_database, code)
    assert (report.counts["replayed"], report.failures) == (1, [])


async def test_a_changed_workflow_fails_with_its_place_in_history_and_code(
    fresh_database: Database, clone: Path, tmp_path: Path
) -> None:
    report = await _replayed(fresh_database, code_of("HEAD", tmp_path / "var", clone))
    (failure,) = report.failures
    assert failure.workflow_id == golden.read(NAME).workflow_id
    assert failure.event is not None
    assert failure.line is not None
    assert failure.line.startswith("workflows/")
    assert "ondeterminism" in failure.why


def test_a_commit_that_is_not_there_is_said(clone: Path, tmp_path: Path) -> None:
    with pytest.raises(SetupError) as said:
        code_of("0123456789ab", tmp_path / "var", clone)
    assert "has no commit 0123456789ab" in said.value.en


def test_a_copy_without_a_repository_is_said(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    with pytest.raises(SetupError) as said:
        code_of("HEAD", tmp_path / "var", tmp_path / "copy")
    assert "no git repository" in said.value.en


def test_packages_that_cannot_be_had_are_said(clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (clone / "requirements.lock").write_text(f"no-such-package-of-ours==1.0 --hash=sha256:{'0' * 64}\n")
    _git(clone, "commit", "--quiet", "-am", "third")
    (clone / "requirements.lock").write_text("")
    monkeypatch.setenv("UV_OFFLINE", "1")
    with pytest.raises(SetupError) as said:
        code_of("HEAD", tmp_path / "var", clone)
    assert "cannot be installed" in said.value.en


def test_a_machine_without_containers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SetupError) as said:
        code_in("registry/open-licence:1")
    assert "neither docker nor podman" in said.value.en


def test_in_an_image_our_child_runs_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "docker"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    command = code_in("open-licence:1").command
    assert command[4:6] == ("--network", "none")
    assert command[-3:] == ("open-licence:1", "python", "/child.py")


async def test_payloads_are_compared_by_todays_code_where_another_replays(
    office: Office, fresh_database: Database, clone: Path, tmp_path: Path
) -> None:
    await a_draft_is_discarded(office.ask, await office.world("another code"))
    await Copier(office.pool, office.client, office.asker.task_queue, "tests").copy()
    code = code_of("HEAD~1", tmp_path / "var", clone)

    async def replayed() -> Replayed:
        async with await open_pool(fresh_database.auditor, 2) as pool:
            return await Replaying(pool, code.version, code.processes(1), payloads=ours(1)).replay(Which())

    report = await replayed()
    assert report.as_json()["differences"] == []
    assert (report.counts["histories"], report.counts["replayed"]) == (1, 1)
    assert report.counts["payloads"] > 2
    async with await open_pool(fresh_database.owner, 1) as pool, pool.acquire() as connection:
        await connection.execute("ALTER TABLE acts DISABLE TRIGGER append_only")
        await connection.execute("""UPDATE acts SET answer = jsonb_set(answer, '{head,stage}', '"in_force"')""")
    told = await replayed()
    assert (told.counts["replayed"], told.failures) == (1, [])
    assert any(".answer" in one.where for one in told.differences)
