"""Every event says which code recorded it, also where there is no repository."""

import shutil
import subprocess
from pathlib import Path

import pytest
import structlog

from audit.code_version import code_version
from runtime.settings import ROOT


@pytest.fixture(autouse=True)
def not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPEN_LICENCE_VERSION", raising=False)


def test_an_image_says_it_in_its_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPEN_LICENCE_VERSION", "0123456789ab")
    assert code_version(tmp_path) == "0123456789ab"


def test_a_copy_without_its_repository_is_named_by_its_files_and_warned_of(tmp_path: Path) -> None:
    # Inside somebody's repository, whose commit says nothing of our code.
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    copies = [tmp_path / "one", tmp_path / "two"]
    for copy in copies:
        shutil.copytree(ROOT / "rules", copy / "rules", ignore=shutil.ignore_patterns("__pycache__"))
    with structlog.testing.capture_logs() as said:
        versions = [code_version(copy) for copy in copies]
    assert versions[0] == versions[1]
    assert versions[0].startswith("files-")
    assert [one["event"] for one in said] == ["code_version_unknown"] * 2
    (copies[1] / "rules" / "kinds.py").write_text("changed = True\n")
    assert code_version(copies[1]) != versions[0]
