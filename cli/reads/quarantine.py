"""``quarantine``: messages between filings that were refused again and again, and wait for a person."""

import asyncio
from dataclasses import asdict

import click

from cli.output import json_option, put_json, put_table
from cli.reading import reading
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from database.standing.outbox import Quarantined, list_quarantined, resume
from runtime.settings import Settings
from schemas.values.refusal import refuse


@worded_command()
@click.option("--resume", "resumed", type=Whole(min=1), metavar="N")
@json_option
def quarantine(resumed: int | None, as_json: bool) -> None:
    """Messages that hold back their filing until the cause is mended."""

    async def asked() -> list[Quarantined]:
        async with reading(Settings.read()) as pool, pool.acquire() as connection:
            if resumed is not None and not await resume(connection, resumed):
                raise refuse("message_not_quarantined", "resume", message=resumed)
            return await list_quarantined(connection)

    found = asyncio.run(asked())
    if as_json:
        put_json([asdict(one) for one in found])
        return
    put_table(
        f"隔离的消息 quarantined messages ({len(found)})",
        ("序号 n", "主题 topic", "事项 filing", "次数 tries", "原因 last error"),
        [(one.id, one.topic, one.filing_id, one.attempts, one.last_error) for one in found],
    )
