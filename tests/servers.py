"""Which tests need servers, and that no others start any: ``make check`` runs those without."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

_FIXTURE = "server_folder"
"""Every server of the tests keeps its data there, so who needs a server needs this fixture, by whatever way."""
_BROWSER = "browser"
_SERVERS = {"initdb", "postgres", "temporal", "temporal-test-server"}
_STARTERS = {"up", "demo"}
"""Commands of ``starter.py`` that start servers."""


class Watch:
    """Stops a test that begins a server without the fixture: it would be slow, or hang, where none is expected."""

    def __init__(self) -> None:
        self._test: str | None = None
        self.started: list[str] = []
        begin = subprocess.Popen.__init__

        def heard(child: "subprocess.Popen[bytes]", args: Any, *rest: Any, **options: Any) -> None:
            self._hear(args)
            begin(child, args, *rest, **options)

        # An audit hook would hear the same, and be called for every file and frame besides.
        patch.object(subprocess.Popen, "__init__", heard).start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._test, self.started = (None if needs_server(item) else item.nodeid), []
        try:
            return (yield)
        finally:
            self._test = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[None]:
        result = yield
        assert not self.started, f"starts {self.started} and takes no fixture of a server"
        return result

    def _hear(self, words: Any) -> None:
        command = [os.fsdecode(word) for word in words] if isinstance(words, list | tuple) else [os.fsdecode(words)]
        if self._test is not None and starts_server(command):
            self.started.append(" ".join(command))
            raise AssertionError(f"{self._test} starts {self.started[-1]} and takes no fixture of a server")


def needs_server(item: pytest.Item) -> bool:
    """Whether the test takes ``server_folder``, itself or through its other fixtures."""
    return _FIXTURE in getattr(item, "fixturenames", ())


def starts_server(command: list[str]) -> bool:
    """Whether the command is a server of ours, or a program of ours that begins with starting some."""
    names = [Path(word).name for word in command]
    begins = "starter.py" in names and bool(_STARTERS & set(names))
    return names[0] in _SERVERS or begins or "worker.py" in names


def mark(items: list[pytest.Item]) -> None:
    """Gives the marker ``server`` to every test that needs one, and ``browser`` to those that look at pages."""
    for item in items:
        if needs_server(item):
            item.add_marker("server")
        if _BROWSER in getattr(item, "fixturenames", ()):
            item.add_marker(_BROWSER)
