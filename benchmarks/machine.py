"""What a run was measured on, the programs that take part in it, and what each of them cost."""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from runtime.settings import ROOT

WORKER = (sys.executable, "worker.py")


def machine() -> str:
    """Cores, memory, processor and system, in one line."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    memory = psutil.virtual_memory().total / 2**30
    processor = names[0] if names else platform.processor()
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {processor}, {platform.release()}"


@dataclass
class Processes:
    """The processes of a run by role; each role is a process with its children."""

    roots: dict[str, int]

    def cpu_seconds(self) -> dict[str, float]:
        """User and system seconds since each process began."""
        return {role: sum(self._cpu(one) for one in self._all(root)) for role, root in self.roots.items()}

    def resident_mib(self, role: str) -> float:
        """Memory of one role's own process."""
        resident: int = psutil.Process(self.roots[role]).memory_info().rss
        return resident / 2**20

    @staticmethod
    def _all(root: int) -> list[psutil.Process]:
        try:
            parent = psutil.Process(root)
            return [parent, *parent.children(recursive=True)] if root != os.getpid() else [parent]
        except psutil.NoSuchProcess:
            return []

    @staticmethod
    def _cpu(process: psutil.Process) -> float:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            return 0.0
        # Ended children count too: Postgres has a process for each connection.
        return float(times.user + times.system + times.children_user + times.children_system)


@contextmanager
def program(command: Sequence[str], home: Path, log: str = "worker.log") -> Iterator[subprocess.Popen[bytes]]:
    """A program beside the servers of ``home``, whose days pass by acts; its process is ended by its id."""
    # Without compiled modules every run would compile what the sandbox imports; no worker is set up like that.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with (home / log).open("ab") as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=file,
            stderr=file,
            env={**kept, "OPEN_LICENCE_VAR": str(home), "OPEN_LICENCE_LEGAL_CLOCK": "acts", "PYTHONPATH": str(ROOT)},
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)
