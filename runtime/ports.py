"""Free ports on this machine, and the book in which the servers note theirs."""

import json
import os
import random
import socket
from collections.abc import Iterable
from pathlib import Path

# Below the range from which systems take the ports of outgoing connections: a port up there can be taken by somebody's
# client while our server restarts.
_RANGE = range(15_000, 32_000)


def is_free(port: int) -> bool:
    """Whether a server on 127.0.0.1 could listen on ``port`` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port(preferred: Iterable[int] = ()) -> int:
    """The first of ``preferred`` that is free, else any free one."""
    for port in (*preferred, *random.sample(_RANGE, 200)):
        if is_free(port):
            return port
    raise OSError("no free port on 127.0.0.1")


class PortBook:
    """``ports.json``: the port of each embedded server, kept over restarts so that addresses stay true."""

    def __init__(self, home: Path) -> None:
        self._file = home / "ports.json"

    def read(self) -> dict[str, int]:
        """By the name of the server; empty before the first start."""
        try:
            ports: dict[str, int] = json.loads(self._file.read_text())
        except FileNotFoundError:
            return {}
        return ports

    def note(self, **ports: int) -> None:
        """Adds or changes the ports of one server."""
        draft = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        draft.write_text(json.dumps(self.read() | ports, indent=1) + "\n")
        draft.replace(self._file)

    def choose(self, name: str, usual: int | None = None) -> int:
        """The usual port if asked for and free, else the one noted last, else any free one."""
        noted = self.read().get(name)
        return free_port(port for port in (usual, noted) if port is not None)
