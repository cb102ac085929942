"""``make test &`` in a script passes as it does at a terminal."""

import subprocess
import sys

from runtime.settings import ROOT

_SESSION = """
import signal, subprocess
signal.signal(signal.SIGINT, signal.SIG_IGN)
from tests.conftest import hear_interrupts
hear_interrupts()
with subprocess.Popen(["sleep", "600"]) as child:
    child.send_signal(signal.SIGINT)
print(child.returncode == -signal.SIGINT)
"""


def test_programs_of_a_session_in_the_background_can_be_interrupted() -> None:
    done = subprocess.run([sys.executable, "-c", _SESSION], cwd=ROOT, check=True, capture_output=True, timeout=60)
    assert done.stdout == b"True\n"
