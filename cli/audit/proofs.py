"""``audit rebuild`` and ``audit reconcile``: they only read, as the auditor; a difference exits with 1."""

import asyncio
from collections.abc import Awaitable, Callable

from temporalio.client import Client

from audit.rebuild import rebuild_and_compare
from audit.reconcile import reconcile as reconcile_all
from audit.report import Report
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

    async def proof(pool: Pool, client: Client) -> Report:
        del client
        return await rebuild_and_compare(pool)

    return put_report(asyncio.run(_proved(proof)), as_json=as_json)


@worded_command()
@json_option
def reconcile(as_json: bool) -> int:
    """Facts derived again = read model = ledger = what each workflow says, for every filing."""

    return put_report(asyncio.run(_proved(reconcile_all)), as_json=as_json)


async def _proved(proof: Callable[[Pool, Client], Awaitable[Report]]) -> Report:
    settings = Settings.read()
    known = addresses(settings)
    pool = await open_pool(known.for_audit(), _CONNECTIONS, "open-licence-audit", "AUDIT_DATABASE_URL")
    try:
        client = await connect(settings, known)
        with Waiting().told(sentence("audit_goes_on")):
            return await proof(pool, client)
    finally:
        await pool.close()
