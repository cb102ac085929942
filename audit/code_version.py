"""Which code this is: a column of every event, and what an auditor looks for later."""

import os
import subprocess
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import structlog

from runtime.settings import ROOT

_OURS = ("schemas", "texts", "rules", "database", "activities", "workflows")
_CODE = (".py", ".sql", ".yaml")
"""What decides what an event says."""
log = structlog.get_logger()


def code_version(root: Path = ROOT) -> str:
    """The git commit, as the worker's identity and as a column of events; OPEN_LICENCE_VERSION in an image.

    Where neither is there, as in a copy without its repository, a hash of the programs' own files, and a warning.
    """
    given = os.environ.get("OPEN_LICENCE_VERSION")
    if given:
        return given
    with suppress(OSError, subprocess.SubprocessError):
        found = subprocess.run(
            ["git", "-C", root, "rev-parse", "--short=12", "HEAD"],
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
            env=os.environ | {"GIT_CEILING_DIRECTORIES": str(root.parent)},  # a repository around us is not ours
        )
        return found.stdout.strip()
    files = sha256()
    for file in sorted(one for folder in _OURS for one in (root / folder).rglob("*") if one.suffix in _CODE):
        files.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    version = f"files-{files.hexdigest()[:12]}"
    log.warning(
        "code_version_unknown",
        instead=version,
        en="no git commit is found here; set OPEN_LICENCE_VERSION to it",
        zh="此处找不到 git 提交；请用 OPEN_LICENCE_VERSION 指定",
    )
    return version
