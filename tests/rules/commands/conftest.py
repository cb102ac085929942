"""The command line of the rules, run inside the test's own process."""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

import pytest

from rules.commands.program import run


@dataclass(frozen=True)
class Ended:
    """A command that ended: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Rules = Callable[..., Ended]


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Rules:
    """Runs a command as ``python -m rules`` does."""

    def ask(*arguments: object, stdin: bytes | str = b"") -> Ended:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
            patched.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
            code = run([str(one) for one in arguments])
        return Ended(code, out.getvalue(), err.getvalue())

    return ask
