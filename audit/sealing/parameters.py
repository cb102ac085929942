"""The parameter files in the log: each when it is new, when it changed, and when it is gone, by version of the code."""

import json
from hashlib import sha256
from pathlib import Path

from database.evidence.log import LogEntry, NewEntry, entries_of_source
from database.evidence.sources import PARAMETERS as SOURCE
from database.pool import Connection
from rules.law.loader import PARAMETERS
from schemas.values.canonical import canonical

GONE = bytes(32)
"""Stands for the hash of a file that is no longer there."""


async def parameter_entries(connection: Connection, code_version: str) -> list[NewEntry]:
    """What the log has to be told of the files as they are now."""
    known = last_by_path(await entries_of_source(connection, SOURCE))
    now = parameter_hashes()
    changed = {path: now.get(path, GONE) for path in sorted({*known, *now})}
    return [
        NewEntry(SOURCE, canonical([path, code_version]).decode(), found)
        for path, found in changed.items()
        if found != (known[path].hash if path in known else GONE)
    ]


def last_by_path(entries: list[LogEntry]) -> dict[str, LogEntry]:
    """Path -> the last entry of that file."""
    return {json.loads(one.key)[0]: one for one in entries}


def parameter_hashes(folder: Path = PARAMETERS) -> dict[str, bytes]:
    """Path below the folder -> SHA-256 of the file."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).digest()
        for path in sorted(folder.rglob("*.yaml"))
    }
