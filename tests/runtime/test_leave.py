import os
import subprocess
import sys

import pytest

from runtime.settings import ROOT


def _run(code: str, command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["/bin/sh", "-c", command, sys.executable, code], cwd=ROOT, check=False, capture_output=True, text=True
    )


@pytest.mark.parametrize("code", [0, 1, 2, 64])
def test_what_was_printed_arrives_and_the_exit_code_is_the_given_one(code: int) -> None:
    program = f"import sys; from runtime.leave import leave; print('out'); sys.stderr.write('err'); leave({code})"
    done = _run(program, '"$0" -c "$1"')
    assert (done.returncode, done.stdout, done.stderr) == (code, "out\n", "err")


def test_nothing_that_could_abort_runs_after_leaving() -> None:
    program = "import atexit, os; from runtime.leave import leave; atexit.register(os.abort); leave(0)"
    assert _run(program, '"$0" -c "$1"').returncode == 0


def test_a_reader_that_has_gone_is_no_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    program = [sys.executable, "-E", "-c", "from runtime.leave import leave; print('x'); leave(0)"]
    done = subprocess.run(program, cwd=ROOT, check=False, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_closed_output_is_no_traceback() -> None:
    done = _run("from runtime.leave import leave; print('x'); leave(0)", '"$0" -E -c "$1" >&-')
    assert (done.returncode, done.stderr) == (0, "")
