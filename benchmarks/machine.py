"""What a run was measured on, and what each process cost."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

import psutil


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
