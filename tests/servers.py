"""Which tests need servers, and that no others start any: ``make check`` runs those without."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_FIXTURE = "server_folder"
"""Every server of the tests keeps its data there, so who needs a server needs this fixture, by whatever way."""
_SERVERS = {"initdb", "postgres", "temporal", "temporal-test-server"}
_STARTERS = {"up", "demo"}
"""Commands of ``starter.py`` that start servers."""


class Watch:
    """Stops a test that begins a server without the fixture: it would be slow, or hang, where none is expected."""

    def __init__(self) -> None:
        self._test: str | None = None
        self.started: list[str] = []
        sys.addaudithook(self._hear)

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

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "subprocess.Popen" and self._test is not None:
            words = arguments[1]
            command = [str(word) for word in words] if isinstance(words, list | tuple) else [str(words)]
            if starts_server(command):
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
    """Gives the marker ``server`` to every test that needs one."""
    for item in items:
        if needs_server(item):
            item.add_marker("server")
