"""A restore that is killed, as by kill -9, at a named place: ``python -m tests.cli.killed_restore VAR FILE PLACE``."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from runtime.backup import servers
from runtime.postgres import PostgresServer
from runtime.settings import Settings
from runtime.stack import RESTORING

Seen = Callable[..., bool]
PLACES: dict[str, tuple[Any, str, Seen, bool]] = {
    "a copy is loaded": (PostgresServer, "loaded_migration", lambda *_: True, False),
    "nothing is replaced": (PostgresServer, "take_over", lambda *_: True, False),
    "names are changed": (PostgresServer, "_as_superuser", lambda *given: "RENAME" in str(given), True),
    "the database is replaced": (Path, "replace", lambda _, target: target.name == "temporal.sqlite", False),
    "the histories are replaced": (Path, "replace", lambda _, target: target.name == "master.key", False),
    "all is replaced": (Path, "unlink", lambda file, *_: file.name == RESTORING, False),
}
"""Name -> what is called there, by which arguments it is known, and whether it is done before the end."""


def kill_at(place: str) -> None:
    owner, name, is_here, is_done = PLACES[place]
    really = getattr(owner, name)

    def called(*given: Any, **options: Any) -> Any:
        if is_here(*given):
            if is_done:
                really(*given, **options)
            os.kill(os.getpid(), signal.SIGKILL)
        return really(*given, **options)

    setattr(owner, name, called)


if __name__ == "__main__":
    var, file, at = sys.argv[1:]
    kill_at(at)
    servers.restore(Settings(var=Path(var)), Path(file))
