"""Copies the embedded servers, which may be at work, and puts a copy in their place."""

import base64
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from runtime.backup.file import (
    LINES,
    MASTER_KEY,
    POSTGRES,
    TEMPORAL,
    copy_lines,
    copy_log_key,
    draft_beside,
    only_embedded,
    pack,
    put_lines,
    put_log_key,
    unpack,
)
from runtime.leave import undisturbed
from runtime.settings import AUDIT_LINES, LOG_KEY, ROOT, Settings, SetupError, usable
from runtime.stack import LOADING, RESTORING, Stack
from runtime.up import alone

_MIGRATIONS = ROOT / "database" / "migrations"


def backup(settings: Settings, target: Path) -> None:
    """Everything of one installation into ``target``; SetupError when that is not possible, and then it is not there.

    What waits for the audit log is copied first: what is written there meanwhile is in the database's copy, once. Then
    Temporal: it then knows of no act that the database has not, and a run that is behind is woken.
    """
    only_embedded(settings)
    target = target.resolve()
    with Stack(settings.var, given=settings).running(), draft_beside(target.parent) as draft, usable(target.parent):
        stack = Stack(settings.var, given=settings)
        copy_lines(settings.var / AUDIT_LINES, draft / LINES)
        with (
            closing(sqlite3.connect(f"file:{stack.temporal.data}?mode=ro", uri=True)) as histories,
            closing(sqlite3.connect(draft / TEMPORAL)) as copy,
        ):
            histories.backup(copy)
        stack.postgres.dump(draft / POSTGRES)
        (draft / MASTER_KEY).write_text(base64.b64encode(settings.master_key()).decode(), encoding="ascii")
        copy_log_key(settings.var / LOG_KEY, draft / LOG_KEY)
        pack(draft, target)


def restore(settings: Settings, source: Path) -> None:
    """The installation as it was when ``source`` was made; SetupError, and nothing touched, where that cannot be.

    What the servers held is gone then. Cut off in the middle, what was there is still there, until parts of the backup
    take its place: from then on nothing starts before the same command, given again, has put in the others.
    """
    only_embedded(settings)
    with alone(settings), draft_beside(settings.var) as draft:
        with usable(settings.var):
            unpack(source, draft)
        _see_key(settings, draft / MASTER_KEY)
        stack = Stack(settings.var, given=settings)
        with stack.untouched():
            _see_stopped(stack)
            with _postgres_of(stack):
                _load(stack, draft / POSTGRES)
                _mark(settings.var / RESTORING)
                stack.postgres.take_over()
            with usable(settings.var):
                for left in settings.var.glob(f"{stack.temporal.data.name}-*"):
                    left.unlink()
                (draft / TEMPORAL).replace(stack.temporal.data)
                (draft / MASTER_KEY).replace(settings.var / MASTER_KEY)
                put_log_key(draft / LOG_KEY, settings.var / LOG_KEY)
                put_lines(draft / LINES, settings.var / AUDIT_LINES)
                os.sync()  # else a power failure could leave the end of the restore without its parts
                (settings.var / RESTORING).unlink()


def _see_stopped(stack: Stack) -> None:
    """A Postgres that a restore left behind is ours; whatever else runs is at work."""
    is_ours = (stack.home / LOADING).exists()
    if stack.temporal.process_id is not None or (stack.postgres.process_id is not None and not is_ours):
        raise SetupError(
            f"the servers of {stack.home} are running; stop them with make down, then restore",
            f"{stack.home} 的服务器正在运行；请先用 make down 停止，再恢复",
        )


@contextmanager
def _postgres_of(stack: Stack) -> Iterator[None]:
    """Runs for the restore alone."""
    _mark(stack.home / LOADING)
    try:
        stack.postgres.start()
        yield
    finally:
        with undisturbed():
            stack.postgres.stop()
            (stack.home / LOADING).unlink()


def _load(stack: Stack, dumped: Path) -> None:
    """The copy beside what is there; SetupError, and it is gone at once, where it cannot take its place."""
    try:
        stack.postgres.load(dumped)
        _see_known(stack.postgres.loaded_migration())
    except BaseException:
        with undisturbed():
            stack.postgres.unload()
        raise


def _mark(file: Path) -> None:
    with usable(file.parent):
        file.touch()
        os.sync()  # it stands there before anything that it warns of, also after a power failure


def _see_key(settings: Settings, key: Path) -> None:
    if settings.given_master_key is not None and key.read_bytes() != base64.b64encode(settings.master_key()):
        raise SetupError(
            "OPEN_LICENCE_MASTER_KEY is another key than the backup's, which would then be unreadable; leave it out",
            "OPEN_LICENCE_MASTER_KEY 与备份中的密钥不同，恢复后将无法读取个人信息；请不要设置它",
        )


def _see_known(migration: str) -> None:
    """What a program does not know of its tables, it would break without a word."""
    if migration > max(file.stem for file in _MIGRATIONS.glob("*.sql")):
        raise SetupError(
            f"a newer version of this program made the backup ({migration} is not known here);"
            " restore it with that version or a later one; nothing was touched",
            f"备份由本程序的较新版本制作（此处没有 {migration}）；请用该版本或更新的版本恢复；未改动任何数据",
        )
