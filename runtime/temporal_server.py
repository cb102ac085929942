"""The embedded Temporal server, and the path of the time-skipping one for tests."""

import os
import signal
import subprocess
import sysconfig
from pathlib import Path

from runtime.ports import PortBook, free_port
from runtime.process import ServerProcess, not_started, wait_until

NAMESPACE = "open-licence"
USUAL_PORT, USUAL_UI_PORT = 7233, 8233
_RETENTION = "3650d"  # the dev server's default is a day; a filing must still be there when it is audited
_FOUND_BY = "FilingId"  # data that lies there already is not changed by the flag, and new data has it from the first
_SUGGESTED_SIZE = 900_000  # bytes of a history; what is under way then must still fit into a megabyte
_TRIES = 3


def program(name: str) -> Path:
    """The path of ``temporal`` or ``temporal-test-server``: their wheels put them beside the interpreter."""
    return Path(sysconfig.get_path("scripts")) / name


class TemporalServer:
    """One server whose histories lie below ``home``. It outlives this object, like ``PostgresServer``."""

    def __init__(
        self, home: Path, *, usual_ports: bool = False, ui: bool = False, continue_as_new_after: int = 2000
    ) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._usual_ports, self._ui, self._continue_as_new_after = usual_ports, ui, continue_as_new_after
        self._home = home
        self._ports = PortBook(home)
        self.data = home / "temporal.sqlite"
        self._process = ServerProcess(
            "temporal", self.data, record=home / "temporal.pid", log=home / "temporal.log", goodbye=signal.SIGTERM
        )

    @property
    def process_id(self) -> int | None:
        """None when it does not run."""
        found = self._process.find()
        return found.pid if found else None

    @property
    def address(self) -> str:
        """Host and port of the server, running or last run; KeyError before the first start."""
        return f"127.0.0.1:{self._ports.read()['temporal']}"

    @property
    def ui_url(self) -> str | None:
        """The Web UI; None if the running server has none."""
        port = self._ports.read().get("temporal_ui", 0)
        return f"http://127.0.0.1:{port}" if port else None

    def start(self) -> None:
        """Starts the server, or adopts the one that already runs (then with the settings it has)."""
        if self._process.adopt() is None or not wait_until(self._keeps_histories, self._process):
            self._launch()

    def stop(self) -> None:
        """Stops the server; the histories stay."""
        self._process.stop()

    def kill(self) -> None:
        """Kills the server as a crash would."""
        self._process.kill()

    def destroy(self) -> None:
        """Ends the server and removes its histories."""
        self.kill()
        for file in self._home.glob(f"{self.data.name}*"):
            file.unlink()
        self._process.forget()

    def _launch(self) -> None:
        for _ in range(_TRIES):  # another program can take a chosen port before the server does
            port = self._ports.choose("temporal", USUAL_PORT if self._usual_ports else None)
            ui_port = free_port([USUAL_UI_PORT] if self._usual_ports else []) if self._ui else 0
            # Noted before the start: a run that is killed now must leave the port to whoever adopts the server.
            self._ports.note(temporal=port, temporal_ui=ui_port)
            self._process.launch(self._command(port, ui_port), self._environment())
            if wait_until(self._keeps_histories, self._process):
                return
        raise not_started(self._process)

    def _command(self, port: int, ui_port: int) -> list[str | Path]:
        return [
            program("temporal"), "server", "start-dev", "--log-level", "warn",
            "--db-filename", self.data, "--namespace", NAMESPACE, "--ip", "127.0.0.1", "--port", str(port),
            "--search-attribute", f"{_FOUND_BY}=Keyword",
            *(["--ui-port", str(ui_port)] if self._ui else ["--headless"]),
            "--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL",
            "--dynamic-config-value", f"limit.historyCount.suggestContinueAsNew={self._continue_as_new_after}",
            "--dynamic-config-value", f"limit.historySize.suggestContinueAsNew={_SUGGESTED_SIZE}",
            "--dynamic-config-value", "matching.numTaskqueueReadPartitions=1",
            "--dynamic-config-value", "matching.numTaskqueueWritePartitions=1",
        ]  # fmt: skip

    def _keeps_histories(self) -> bool:
        """Sets the retention and what runs are found by; that it succeeds is also the sign that the server is ready."""
        port = self._ports.read()["temporal"]
        # Another clone that starts at the same moment can have been given the same port: its server would answer, and
        # our acts would be recorded by its worker in its database.
        if not self._process.listens_on(port):
            return False
        return self._operates("namespace", "update", "--retention", _RETENTION) and self._operates(
            "search-attribute", "create", "--name", _FOUND_BY, "--type", "Keyword"
        )

    def _operates(self, *command: str) -> bool:
        where = ("--namespace", NAMESPACE, "--address", self.address)
        whole: list[str | Path] = [program("temporal"), "operator", *command, *where]
        return subprocess.run(whole, env=self._environment(), capture_output=True, check=False).returncode == 0

    def _environment(self) -> dict[str, str]:
        # Not the caller's: TEMPORAL_* variables and its configuration file would change what the program does.
        return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(self._home)}
