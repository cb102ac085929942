"""The file of a backup: a tar of all that belongs to one installation, proved by the last member.

The key of the Merkle log is in it, or the log could not go on under its name; what the log has published is not: set
back together with the database it would show nothing (docs/decisions/0180-the-log.md).
"""

import fcntl
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from runtime.settings import LOG_KEY, Settings, SetupError, usable, write_secret

POSTGRES, TEMPORAL, MASTER_KEY = "postgres.dump", "temporal.sqlite", "master.key"
LINES = "audit-lines.json"
_BEFORE_THE_LOG = (LINES, TEMPORAL, POSTGRES, MASTER_KEY)
_MEMBERS = (*_BEFORE_THE_LOG, LOG_KEY)
_PROOF = "manifest.json"
_KIND = "open-licence backup"
_FORM = f"{_KIND} 3"
_FORMS = {f"{_KIND} 1": (TEMPORAL, POSTGRES, MASTER_KEY), f"{_KIND} 2": _BEFORE_THE_LOG, _FORM: _MEMBERS}
"""What has been written once can always be read."""
_DRAFT = ".open-licence-backup-"
_CHUNK = 1 << 20


def only_embedded(settings: Settings) -> None:
    """SetupError where a server is the reader's own: it has a backup of its own kind."""
    if settings.database_url is not None or settings.given_temporal:
        raise SetupError(
            "this copies the embedded servers alone; back up your own ones with their own means, as README.md says",
            "此命令只备份内置服务器；自备的服务器请按 README.zh-CN.md 用其自身的方式备份",
        )


@contextmanager
def draft_beside(place: Path) -> Iterator[Path]:
    """A folder that only its owner can read, on the same disk; gone afterwards, at the latest with the next one."""
    with usable(place):
        for left in place.glob(f"{_DRAFT}*"):
            with suppress(OSError), _held(left):
                shutil.rmtree(left, ignore_errors=True)
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=place))
    with _held(draft):
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _held(draft: Path) -> Iterator[None]:
    """While its program lives; OSError where it is another's. It ends with its process, so what was killed is free."""
    folder = os.open(draft, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(folder)


def copy_lines(folder: Path, to: Path) -> None:
    """What still waits for the audit log; what is delivered meanwhile stands in the log."""
    lines = {}
    for file in sorted(folder.glob("*.json")):
        with suppress(FileNotFoundError):
            lines[file.name] = file.read_text(encoding="utf-8")
    to.write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")


def put_lines(lines: Path, folder: Path) -> None:
    """Beside those that wait there: whoever was refused was refused, also while the servers were away."""
    folder.mkdir(exist_ok=True, mode=0o700)
    for name, line in json.loads(lines.read_text(encoding="utf-8")).items():
        with suppress(FileExistsError):
            write_secret(folder / Path(name).name, line)


def copy_log_key(key: Path, to: Path) -> None:
    """Nothing, where nothing was sealed yet."""
    to.write_bytes(key.read_bytes() if key.exists() else b"")


def put_log_key(copy: Path, key: Path) -> None:
    """In the place of another one, which cannot go on with what the database has; earlier backups have none."""
    if copy.exists() and copy.stat().st_size:
        copy.replace(key)


def pack(draft: Path, target: Path) -> None:
    """The members in ``draft`` as one file, which is there whole or not at all; SetupError if it is there already."""
    proof = {"form": _FORM, "members": {name: _hash(draft / name) for name in _MEMBERS}}
    (draft / _PROOF).write_text(json.dumps(proof, indent=1), encoding="utf-8")
    whole = draft / "whole.tar"
    with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as archive:
            for name in (*_MEMBERS, _PROOF):
                archive.add(draft / name, arcname=name)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(whole, target)
    except FileExistsError:
        raise SetupError(f"{target} is there already; name another file", f"{target} 已存在；请换一个文件名") from None


def unpack(source: Path, draft: Path) -> None:
    """The members into ``draft``, each proved; SetupError for what is no whole backup of ours."""
    try:
        with tarfile.open(source, mode="r:") as archive:
            _extract(archive, _PROOF, draft)
            proof = json.loads((draft / _PROOF).read_text(encoding="utf-8"))
            _see_form(proof["form"])
            members = _FORMS[proof["form"]]
            for name in members:
                _extract(archive, name, draft)
        is_whole = proof["members"] == {name: _hash(draft / name) for name in members}
    except FileNotFoundError:
        raise SetupError(f"there is no file {source}", f"没有文件 {source}") from None
    except (tarfile.TarError, KeyError, TypeError, ValueError, EOFError):
        is_whole = False
    if not is_whole:
        raise SetupError(
            f"{source} is no whole backup of this program: cut off, changed, or something else; nothing was touched",
            f"{source} 不是本程序的完整备份（被截断、被改动或另有来源）；未改动任何数据",
        )
    if not (draft / LINES).exists():
        (draft / LINES).write_text("{}", encoding="utf-8")


def _extract(archive: tarfile.TarFile, name: str, draft: Path) -> None:
    body = archive.extractfile(name)
    if body is None:
        raise KeyError(name)
    with os.fdopen(os.open(draft / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(body, file, _CHUNK)


def _see_form(form: str) -> None:
    if form not in _FORMS and form.startswith(_KIND):
        raise SetupError(
            f"a newer version of this program made the backup ({form}); restore it with that version or a later one;"
            " nothing was touched",
            f"备份由本程序的较新版本制作（{form}）；请用该版本或更新的版本恢复；未改动任何数据",
        )


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
