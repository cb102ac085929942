"""Servers outlive the program that started them."""

import subprocess
import sys
from pathlib import Path

import psutil

from runtime.settings import ROOT

_LAUNCH = """
import signal, sys
from pathlib import Path
from runtime.process import ServerProcess
home = Path(sys.argv[1])
server = ServerProcess("sleep", Path("600"), home / "record", home / "log", signal.SIGTERM)
server.launch(["sleep", "600"], {"PATH": "/bin:/usr/bin"})
"""


def test_a_program_may_end_before_the_server_that_it_started_and_is_not_warned(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _LAUNCH, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True
    )
    server = psutil.Process(int((tmp_path / "record").read_text()))
    server.kill()
    assert done.stderr == ""
