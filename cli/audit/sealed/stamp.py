"""``audit stamp``: has the published checkpoint stamped by an authority of RFC 3161."""

import asyncio
from dataclasses import replace
from pathlib import Path

import click

from audit.sealing.folder import LogFolder
from audit.sealing.stamping import authority_of, stamp_published
from audit.verify.everything import verifier_known
from cli.output import json_option, put_json, put_pairs
from cli.typed.commands import worded_command
from cli.typed.mistakes import mistyped
from runtime.settings import Settings
from schemas.values.canonical import plain
from schemas.values.refusal import refuse


@worded_command()
@click.option("--authority", metavar="TEXT")
@click.option("--roots", type=click.Path(path_type=Path))
@json_option
def stamp(authority: str | None, roots: Path | None, as_json: bool) -> None:
    """Has the published checkpoint stamped: one token proves the age of everything before it."""
    known = Settings.read()
    settings = replace(
        known,
        timestamp_authority=authority or known.timestamp_authority,
        timestamp_roots=roots or known.timestamp_roots,
    )
    asked = authority_of(settings)
    if asked is None:
        raise mistyped("option_needs", "--authority", one="audit stamp", other="--authority")
    folder, verifier = LogFolder(settings.log_folder), verifier_known(settings)
    if verifier is None:
        raise refuse("log_key_unknown", "key", folder=folder.place)
    done = asyncio.run(stamp_published(folder, verifier, asked))
    told = {"log_size": done.size, "stamped_at": done.at, "stamped_anew": done.is_new, "log_folder": str(folder.place)}
    if as_json:
        put_json(plain(told))
    else:
        put_pairs("stamped", told)
