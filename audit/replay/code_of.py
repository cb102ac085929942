"""The code of another version: its commit out of git, with the packages that it was locked to; or its image.

The files are taken out by ``git archive`` and not as a worktree, so that the repository of whoever audits stays as it
is: nothing has to be written there.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.replay.processes import Processes
from runtime.settings import ROOT, SetupError

CHILD = ROOT / "audit" / "replay" / "child.py"
LOCK = "requirements.lock"
_INSTALLING = 1_800
"""Seconds for all packages of a version."""
_SHORT = 12


@dataclass(frozen=True)
class Code:
    """``command`` replays with it, in ``folder``. ``had_by``: where it and its packages come from."""

    version: str
    command: Sequence[str]
    folder: Path
    had_by: str

    def processes(self, count: int) -> Processes:
        """Children with this code."""
        return Processes(self.command, self.folder, count)


def code_of(version: str, var: Path, root: Path = ROOT) -> Code:
    """The code of that commit; SetupError says what is missing where it cannot be had. ``var`` keeps what was made."""
    commit = _commit(version, root)
    folder = var / "code" / commit[:_SHORT]
    if not folder.exists():
        _take_out(commit, root, folder)
    lock = folder / LOCK
    if not lock.is_file():
        raise SetupError(
            f"commit {commit[:_SHORT]} has no {LOCK}: it cannot be said with which packages it ran",
            f"提交 {commit[:_SHORT]} 没有 {LOCK}，无法得知当时所用的软件包",
        )
    if lock.read_bytes() == (root / LOCK).read_bytes():
        python, packages = Path(sys.executable), "packages of this program, which are the same"
    else:
        python, packages = _installed(folder, lock), "packages of its own"
    return Code(commit[:_SHORT], (str(python), str(CHILD)), folder, f"git, {packages}")


def code_in(image: str) -> Code:
    """The code in a container image; SetupError where no program runs containers."""
    program = shutil.which("docker") or shutil.which("podman")
    if program is None:
        raise SetupError(
            f"neither docker nor podman is installed, so the image {image} cannot be run",
            f"未安装 docker 或 podman，无法运行镜像 {image}",
        )
    mounted = f"{CHILD}:/child.py:ro"
    command = (program, "run", "--rm", "--interactive", "--network", "none", "--volume", mounted, image)
    return Code(image, (*command, "python", "/child.py"), ROOT, "image")


def _commit(version: str, root: Path) -> str:
    if shutil.which("git") is None:
        raise SetupError(
            f"git is not installed, so the code of {version} cannot be had; install it, or name its image by --image",
            f"未安装 git，无法取得 {version} 的代码；请安装，或用 --image 指定镜像",
        )
    if _git(root, "rev-parse", "--git-dir").returncode:
        raise SetupError(
            f"this copy has no git repository, so the code of {version} cannot be had; audit from a clone, or name its"
            " image by --image",
            f"此处没有 git 仓库，无法取得 {version} 的代码；请在克隆中审计，或用 --image 指定镜像",
        )
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{version}^{{commit}}")
    if found.returncode:
        raise SetupError(
            f"this repository has no commit {version}; fetch it (git fetch --all), or name its image by --image. A"
            " version that begins with files- was run from a copy without its repository",
            f"仓库中没有提交 {version}；请先取得（git fetch --all），或用 --image 指定镜像。"
            "以 files- 开头的版本运行自没有仓库的副本",
        )
    return found.stdout.decode().strip()


def _take_out(commit: str, root: Path, folder: Path) -> None:
    """All of it or nothing."""
    draft = folder.with_name(f"{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    archive = _git(root, "archive", "--format=tar", commit)
    subprocess.run(["tar", "-x", "-C", draft], input=archive.stdout, check=True)
    draft.rename(folder)


def _installed(folder: Path, lock: Path) -> Path:
    """The Python of an environment with exactly the packages of the lock."""
    place = folder.with_name(f"{folder.name}.venv")
    python, done = place / "bin" / "python", place / ".installed"
    if done.exists():
        return python
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    steps: list[list[str]]
    if uv is not None:
        steps = [
            [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(place)],
            [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(python), str(lock)],
        ]
    else:
        steps = [
            [sys.executable, "-m", "venv", "--clear", str(place)],
            [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", str(lock)],
        ]
    for step in steps:
        ended = subprocess.run(step, capture_output=True, check=False, timeout=_INSTALLING)
        if ended.returncode:
            said = ended.stderr.decode(errors="replace").strip().splitlines()
            raise SetupError(
                f"the packages of {folder.name} cannot be installed: {said[-1] if said else step[0]}; a package index"
                " must be reachable that still has them, or name the version's image by --image",
                f"无法安装 {folder.name} 的软件包（原因见英文）；须能访问仍有这些包的软件源，或用 --image 指定镜像",
            )
    done.touch()
    return python


def _git(root: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(["git", "-C", root, *arguments], capture_output=True, check=False)
