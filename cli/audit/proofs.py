"""``audit rebuild`` and ``audit reconcile``: they only read, as the auditor; a difference exits with 1."""

import asyncio
from collections.abc import Awaitable, Callable

import click
from temporalio.client import Client

from audit.rebuild import rebuild_and_compare
from audit.reconcile import reconcile as reconcile_all
from audit.report import Report
from audit.sides.table import by_side
from cli.audit.shown import put_report
from cli.output import json_option
from cli.screen.waiting import Waiting
from cli.terminal import sentence
from cli.typed.commands import worded_command
from database.pool import Pool, open_pool
from runtime.connection import connect
from runtime.settings import Settings
from runtime.stack import addresses

_CONNECTIONS = 4


@worded_command()
@json_option
def rebuild(as_json: bool) -> int:
    """Derives the read model and the ledger again from the events and compares."""
    report = asyncio.run(_proved(lambda pool, _: rebuild_and_compare(pool), without_temporal=True))
    return put_report(report, as_json=as_json)


@worded_command()
@click.option("--without-temporal", is_flag=True)
@json_option
def reconcile(without_temporal: bool, as_json: bool) -> int:
    """What each side has alone: history, event log, read model, ledger, outbox."""
    report = asyncio.run(_proved(reconcile_all, without_temporal=without_temporal))
    return put_report(report, as_json=as_json, sides=by_side(report.differences))


async def _proved(proof: Callable[[Pool, Client | None], Awaitable[Report]], *, without_temporal: bool) -> Report:
    settings = Settings.read()
    known = addresses(settings)
    pool = await open_pool(known.for_audit(), _CONNECTIONS, "open-licence-audit", "AUDIT_DATABASE_URL")
    try:
        client = None if without_temporal else await connect(settings, known)
        with Waiting().told(sentence("audit_goes_on")):
            return await proof(pool, client)
    finally:
        await pool.close()
