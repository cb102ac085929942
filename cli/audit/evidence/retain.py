"""``audit retain``: removes what may go after its period, and lists what only people may decide about."""

import asyncio
from datetime import date

import click

from audit.evidence.retention import Retained
from audit.evidence.retention import retain as retain_as_of
from cli.ids import given_day
from cli.output import json_option, named, put_json, put_pairs, put_table
from cli.reading import pooled, reading
from cli.typed.commands import worded_command
from cli.typed.mistakes import only_with
from client.today import today
from runtime.settings import Settings
from runtime.stack import audit_database_url
from schemas.values.canonical import plain


@worded_command()
@click.option("--dry-run", "is_dry", is_flag=True)
@click.option("--as-of", metavar="DAY")
@json_option
def retain(is_dry: bool, as_of: str | None, as_json: bool) -> None:
    """Removes what may go after its period; a legal hold wins."""
    only_with(("--dry-run",), "--as-of")
    on = given_day(as_of, "--as-of") if as_of else today()
    found = asyncio.run(_retained(on, is_dry=is_dry))
    if as_json:
        put_json({**plain({**vars(found), "outlived": [vars(one) for one in found.outlived]}), "dry_run": is_dry})
        return
    told = {
        "logs_kept_since": found.logs_before,
        "evidence_kept_since": found.evidence_before,
        "replays_that_would_go" if is_dry else "replays_removed": found.removed,
        "replays_held": found.held,
        "filings_outlived": len(found.outlived),
    }
    put_pairs("retention", told)
    if found.outlived:
        put_table(
            "filings_outlived",
            ("filing", "kind", "recorded_at", "legal_hold"),
            [
                (one.filing_id, named("kinds", one.kind), f"{one.last_recorded_at:%Y-%m-%dT%H:%M:%SZ}", one.is_held)
                for one in found.outlived
            ],
        )


async def _retained(on: date, *, is_dry: bool) -> Retained:
    settings = Settings.read()
    if is_dry:
        async with pooled(audit_database_url(settings), "AUDIT_DATABASE_URL") as pool:
            return await retain_as_of(pool, on, is_dry=True)
    async with reading(settings) as pool:
        return await retain_as_of(pool, on, is_dry=False)
