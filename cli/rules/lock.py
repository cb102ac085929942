"""``starter.py rules lock``: the lock of past values is written anew, or with ``--check`` only compared."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from cli.terminal import head, sentence
from cli.typed.commands import worded_command
from rules.law.loader import PARAMETERS, bundled_parameters
from rules.law.parameter_lock import lock_breaks, lock_of, read_lock, write_lock

LOCK = PARAMETERS.parent / "parameters.lock"


def main(argv: Sequence[str], path: Path = LOCK) -> int:
    """0 when no locked value is broken; 1 with a line for each that is, and then nothing is written."""
    is_check = "--check" in argv
    contents = bundled_parameters().contents
    text = path.read_text(encoding="utf-8") if path.exists() else "{}"
    breaks = lock_breaks(read_lock(text), contents)
    for line in breaks:
        print(f"{head('locked_value_changed')}: {line}", file=sys.stderr)
    if breaks:
        return 1
    written = write_lock(lock_of(contents))
    if is_check:
        if written != text:
            print(sentence("not_locked_yet"), file=sys.stderr)
        return int(written != text)
    path.write_text(written, encoding="utf-8")
    print(f"{path.name}: {sum(len(entries) for entries in lock_of(contents).values())}")
    return 0


@worded_command()
@click.option("--check", is_flag=True)
def command(check: bool) -> int:
    """Locks the past: writes the lock of all values anew, unless a locked one was changed."""
    return main(["--check"] if check else [])
