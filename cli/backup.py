"""``backup`` and ``restore``: the embedded servers in one file, and the way back."""

from pathlib import Path

import click

from cli.output import json_option, put_json, put_pairs
from cli.typed.commands import worded_command
from runtime.backup import servers
from runtime.settings import Settings


@worded_command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def backup(file: Path, as_json: bool) -> None:
    """Copies the embedded Postgres, Temporal and the master key into FILE; they may be at work."""
    servers.backup(Settings.read(), file)
    _put("backup", file, as_json)


@worded_command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def restore(file: Path, as_json: bool) -> None:
    """Puts the embedded servers back to what FILE holds; they must be stopped, and what they hold is gone."""
    servers.restore(Settings.read(), file)
    _put("restored", file, as_json)


def _put(title: str, file: Path, as_json: bool) -> None:
    if as_json:
        put_json({"file": str(file), "bytes": file.stat().st_size})
    else:
        put_pairs(title, {"file": file, "bytes": file.stat().st_size})
