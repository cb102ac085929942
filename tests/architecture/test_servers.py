"""Tests that need no server start none, so that ``make check`` is quick and true."""

import subprocess

import pytest

from tests.servers import Watch, starts_server


@pytest.mark.parametrize(
    "command",
    [
        ["/venv/bin/postgres", "-D", "data"],
        ["temporal", "server"],
        ["python", "starter.py", "up"],
        ["python", "worker.py"],
    ],
    ids=" ".join,
)
def test_servers_and_what_starts_them_are_known(command: list[str]) -> None:
    assert starts_server(command)


@pytest.mark.parametrize("command", [["python", "starter.py", "list"], ["git", "log"], ["sleep", "600"]], ids=" ".join)
def test_other_programs_are_none(command: list[str]) -> None:
    assert not starts_server(command)


def test_a_server_is_not_started_where_no_fixture_of_one_is_taken(pytestconfig: pytest.Config) -> None:
    (watch,) = [one for one in pytestconfig.pluginmanager.get_plugins() if isinstance(one, Watch)]
    with pytest.raises(AssertionError, match="takes no fixture of a server"):
        subprocess.Popen(["temporal", "server"])
    assert watch.started.pop() == "temporal server", "what a test swallows would be told at its end"
