"""A server program that outlives whoever started it, and is found again by its data."""

import asyncio
import atexit
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from runtime.settings import SetupError

PATIENCE = 30.0
"""Seconds a server may take to start or to stop; a busy machine with two cores needs a few."""
_PAUSE = 0.02
_PARENT_PAUSE = 0.5
_CHILDREN: dict[int, "subprocess.Popen[bytes]"] = {}
"""Kept for the life of our process: whoever drops a running child is warned about it, and these are meant to run on."""


@atexit.register
def _let_run_on() -> None:
    for child in _CHILDREN.values():
        child.returncode = 0  # ended, for all that its object needs to know


class ServerProcess:
    """One running program, recorded by its process id.

    A number proves nothing: after a crash it can belong to a stranger. So a process counts as ours only if it is
    ``program`` and has ``mark``, the path of our data, among its arguments.
    """

    def __init__(self, program: str, mark: Path, record: Path, log: Path, goodbye: signal.Signals) -> None:
        self.program, self.mark, self.record, self.log, self.goodbye = program, mark, record, log, goodbye
        self._launched = 0

    def find(self) -> psutil.Process | None:
        """The living process, by the record."""
        try:
            recorded = int(self.record.read_text().split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None
        return self._if_ours(recorded)

    def adopt(self) -> psutil.Process | None:
        """The living process, even if the record of it was lost: an earlier run was killed before it wrote one."""
        found = self.find() or self._search()
        self._launched = found.pid if found else 0
        return found

    def _search(self) -> psutil.Process | None:
        for candidate in psutil.process_iter():
            ours = self._if_ours(candidate.pid)
            if ours is not None:
                self._remember(ours.pid)
                return ours
        return None

    def launch(
        self, command: Sequence[str | Path], environment: Mapping[str, str], user: tuple[int, int] | None = None
    ) -> None:
        """Starts the program detached, as the user (uid, gid) if given, its output going to the log."""
        become = {} if user is None else {"user": user[0], "group": user[1], "extra_groups": []}
        with self.log.open("ab") as log:
            # A session of its own: ctrl-C at the terminal must reach our programs, not the database under them.
            child = subprocess.Popen(
                [*command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(environment),
                cwd="/",
                start_new_session=True,
                umask=0o077,
                **become,  # type: ignore[call-overload]  # mypy cannot see into the dict
            )
        _CHILDREN[child.pid] = child
        self._launched = child.pid
        self._remember(child.pid)

    def has_died(self) -> bool:
        """Whether it has ended since it was launched or found."""
        child = _CHILDREN.get(self._launched)
        # Of a child the system says it exactly; its arguments can still be unreadable in its very first moment.
        return self.find() is None if child is None else child.poll() is not None

    def listens_on(self, port: int) -> bool:
        """Whether it is this process that listens there, and not somebody else's."""
        found = self.find()
        if found is None:
            return False
        try:
            sockets = found.net_connections("tcp")
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False
        return any(one.laddr.port == port and one.status == psutil.CONN_LISTEN for one in sockets)

    def last_words(self) -> str:
        """The end of the log, for the message about a server that does not start."""
        with suppress(FileNotFoundError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        return ""

    def stop(self) -> None:
        """Asks the process to end and waits; after ``PATIENCE`` it is killed."""
        self._end(self.goodbye)

    def kill(self) -> None:
        """Ends the process at once, as a crash would."""
        self._end(signal.SIGKILL)

    def forget(self) -> None:
        """Removes the record and the log."""
        self.record.unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)

    def _end(self, how: signal.Signals) -> None:
        found = self.adopt()
        if found is not None:
            with suppress(psutil.NoSuchProcess):
                found.send_signal(how)
                if not _has_gone(found):
                    found.kill()
                    _has_gone(found)

    def _if_ours(self, pid: int) -> psutil.Process | None:
        try:
            candidate = psutil.Process(pid)
            arguments = candidate.cmdline()
        except (psutil.NoSuchProcess, psutil.AccessDenied):  # a zombie counts as the former
            return None
        is_ours = bool(arguments) and Path(arguments[0]).name == self.program and str(self.mark) in arguments
        return candidate if is_ours else None

    def _remember(self, pid: int) -> None:
        draft = self.record.with_name(f".{self.record.name}.{os.getpid()}")
        draft.write_text(f"{pid}\n")
        draft.replace(self.record)


def _has_gone(process: psutil.Process) -> bool:
    """Waits until the process has ended, at most ``PATIENCE``."""
    child = _CHILDREN.get(process.pid)
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        with suppress(psutil.NoSuchProcess):
            # Where nobody collects ended processes, as in a container without an init, they stay as zombies for ever.
            if (child.poll() is None) if child else (process.status() != psutil.STATUS_ZOMBIE):
                time.sleep(_PAUSE)
                continue
        _CHILDREN.pop(process.pid, None)
        return True
    return False


def wait_until(is_ready: Callable[[], bool], server: ServerProcess) -> bool:
    """Waits for the server's first answer. False if it ended instead; SetupError if it does neither."""
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        if server.has_died():  # asked first: the answer could come from a stranger who took the port
            return False
        if is_ready():
            return True
        time.sleep(_PAUSE)
    raise not_started(server)


def not_started(server: ServerProcess) -> SetupError:
    """The error that shows a person why the server did not come up."""
    return SetupError(
        f"{server.program} did not start; the end of {server.log} says:\n{server.last_words()}",
        f"{server.program} 未能启动；原因见 {server.log} 末尾（如上）。可用 make clean 清除数据后重试",
    )


async def follow(parent: int, stop: asyncio.Event) -> None:
    """Sets ``stop`` once the parent has ended: a killed program cannot end its children, and nobody else would.

    It may be gone before we first look.
    """
    while not stop.is_set():
        if os.getppid() != parent:
            stop.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _PARENT_PAUSE)
