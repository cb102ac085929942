"""Removes the servers of a test session, also when the session was killed and could not do it itself."""

import shutil
import sys
import time
from pathlib import Path

import psutil

from runtime.stack import Stack


def remove_all(folder: Path) -> None:
    """Ends every stack below ``folder`` and removes the folder."""
    for ports in folder.glob("*/ports.json"):
        Stack(ports.parent).destroy()
    shutil.rmtree(folder, ignore_errors=True)


def guard(folder: Path, owner: int) -> None:
    """Waits until the session removes ``folder`` or its process ``owner`` is gone."""
    sys.stdout.write("watching\n" if psutil.pid_exists(owner) else "")
    sys.stdout.flush()
    while psutil.pid_exists(owner) and folder.exists():
        time.sleep(0.2)
    remove_all(folder)


if __name__ == "__main__":
    guard(Path(sys.argv[1]), int(sys.argv[2]))
