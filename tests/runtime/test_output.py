import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from runtime.settings import ROOT

FULL = Path("/dev/full")
_PROGRAM = """
import os, sys
from runtime.leave import NotWritten, take_streams
take_streams()
try:
    print("受理")
    sys.stdout.flush()
except NotWritten as lost:
    print(f"{lost.why} {lost.has_no_reader}", file=sys.stderr)
os._exit(0)
"""


def _said(program: str, out: "IO[bytes] | int | None" = None, closed: str = "") -> tuple[int, str]:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -c "$1" {closed}', sys.executable, program],
        cwd=ROOT,
        check=False,
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
    )
    return done.returncode, done.stderr


def test_a_full_disk_a_reader_that_has_gone_and_a_closed_output_are_known_as_such() -> None:
    with FULL.open("wb") as full:
        assert _said(_PROGRAM, full) == (0, "No space left on device False\n")
    reader, writer = os.pipe()
    os.close(reader)
    assert _said(_PROGRAM, writer) == (0, "Broken pipe True\n")
    os.close(writer)
    assert _said(_PROGRAM, closed=">&-") == (0, "Bad file descriptor False\n")


@pytest.mark.parametrize("lost", [f"2>{FULL}", "2>&-"])
def test_a_log_that_takes_no_more_ends_nothing(lost: str) -> None:
    program = """
import sys
from runtime.logs import configure
from runtime.leave import take_streams
import structlog
take_streams()
configure()
structlog.get_logger().info("worker_ready")
print("said", file=sys.stderr)
print("done")
"""
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -c "$1" {lost}', sys.executable, program], cwd=ROOT, check=False, capture_output=True
    )
    assert (done.returncode, done.stdout) == (0, b"done\n")


def test_letters_that_the_output_has_not_are_printed_as_escapes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        cwd=ROOT,
        check=False,
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii:strict", "PYTHONPATH": str(ROOT)},
    )
    assert (done.stdout, done.stderr) == (b"\\u53d7\\u7406\n", b"")
