"""A worker does not outlive the program that keeps it, however early that program was killed."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from runtime.settings import ROOT
from runtime.stack import Stack
from tests.conftest import Database

_WITHIN = 60.0
_BEGIN = """
import os, subprocess, sys
log = open(sys.argv[1], "wb")
worker = subprocess.Popen(
    [sys.executable, "worker.py", "--loops-only", "--with-parent", str(os.getpid())],
    stdin=subprocess.DEVNULL, stdout=log, stderr=log,
)
print(worker.pid, flush=True)
os._exit(0)
"""


def test_a_worker_whose_program_was_killed_before_the_worker_could_look_ends_too(
    stack: Stack, fresh_database: Database, tmp_path: Path
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")}
    begun = subprocess.run(
        [sys.executable, "-c", _BEGIN, tmp_path / "log"],
        cwd=ROOT,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        env=kept | {"OPEN_LICENCE_VAR": str(stack.home), "DATABASE_URL": fresh_database.engine},
    )
    worker, give_up_at = int(begun.stdout), time.monotonic() + _WITHIN
    try:
        while _is_alive(worker):
            assert time.monotonic() < give_up_at, "a worker of nobody stays"
            time.sleep(0.1)
    finally:
        if _is_alive(worker):
            os.kill(worker, 9)
    assert "worker_stopped" in (tmp_path / "log").read_text()


def _is_alive(process_id: int) -> bool:
    try:
        return psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
