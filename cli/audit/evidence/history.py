"""``audit history``: the stored histories of a filing, without Temporal; ``--json`` for Temporal's own tools."""

import asyncio
import json

import click

from audit.evidence.reading import Stored, histories_of
from cli.ids import given_id
from cli.output import head, json_option, put_json, put_table
from cli.reading import pooled
from cli.typed.commands import worded_command
from database.record.event_log import head_of_known
from runtime.settings import Settings
from runtime.stack import audit_database_url
from schemas.values.canonical import plain
from schemas.values.refusal import refuse


@worded_command()
@click.argument("filing")
@json_option
def history(filing: str, as_json: bool) -> int:
    """What each run of a filing went through, as Temporal had it."""
    filing_id = given_id(filing, "FILING")

    async def read() -> list[Stored]:
        async with (
            pooled(audit_database_url(Settings.read()), "AUDIT_DATABASE_URL") as pool,
            pool.acquire() as connection,
        ):
            await head_of_known(connection, filing_id, "FILING")
            found = await histories_of(connection, filing_id)
            if not found:
                raise refuse("no_history_kept", "FILING", filing_id=filing_id)
            return found

    found = asyncio.run(read())
    if as_json:
        put_json(
            [
                {
                    "workflow_id": one.kept.workflow_id,
                    "run_id": str(one.kept.run_id),
                    "closed_as": one.kept.closed_as,
                    "history_hash": one.kept.history_hash.hex(),
                    "code_versions": one.kept.code_versions,
                    "sdk_version": one.kept.sdk_version,
                    "copied_at": plain(one.kept.copied_at),
                    "fault": one.fault,
                    "history": json.loads(one.as_history().to_json()),
                }
                for one in found
            ]
        )
    else:
        for one in found:
            put_table(
                f"{head('run_2')} {one.kept.run_id} ({one.kept.closed_as or head('goes_on')})",
                ("n", "at", "history_event"),
                [
                    (
                        event["eventId"],
                        event["eventTime"],
                        event["eventType"].removeprefix("EVENT_TYPE_").lower().replace("_", " "),
                    )
                    for event in json.loads(one.as_history().to_json())["events"]
                ],
            )
            if one.fault is not None:
                print(f"{head('differs')}: {one.fault}")
    return 0 if all(one.fault is None for one in found) else 1
