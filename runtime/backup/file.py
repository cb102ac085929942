"""The file of a backup: a tar of the database, Temporal's histories and the master key, proved by the last member."""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.settings import Settings, SetupError, usable

POSTGRES, TEMPORAL, MASTER_KEY = "postgres.dump", "temporal.sqlite", "master.key"
_MEMBERS = (TEMPORAL, POSTGRES, MASTER_KEY)
_PROOF = "manifest.json"
_FORM = "open-licence backup 1"
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
    """A folder that only its owner can read, on the same disk; gone afterwards."""
    with usable(place):
        draft = Path(tempfile.mkdtemp(prefix=".backup-", dir=place))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


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
            for name in (*_MEMBERS, _PROOF):
                body = archive.extractfile(name)
                if body is None:
                    raise KeyError(name)
                with (draft / name).open("xb") as file:
                    shutil.copyfileobj(body, file, _CHUNK)
        proof = json.loads((draft / _PROOF).read_text(encoding="utf-8"))
        is_whole = proof == {"form": _FORM, "members": {name: _hash(draft / name) for name in _MEMBERS}}
    except FileNotFoundError:
        raise SetupError(f"there is no file {source}", f"没有文件 {source}") from None
    except (tarfile.TarError, KeyError, ValueError, EOFError):
        is_whole = False
    if not is_whole:
        raise SetupError(
            f"{source} is no whole backup of this program: cut off, changed, or something else; nothing was touched",
            f"{source} 不是本程序的完整备份（被截断、被改动或另有来源）；未改动任何数据",
        )


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
