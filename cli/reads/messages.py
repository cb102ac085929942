"""``messages``: messages between filings that were refused again and again, and wait for a person."""

import asyncio
from dataclasses import asdict

import click

from cli.ids import given_id
from cli.output import head, json_option, put_json, put_table
from cli.reading import reading
from cli.registers.writing import role_option, writing
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from cli.typed.mistakes import mistyped, only_with
from database.standing.outbox import Quarantined, list_quarantined, resume
from runtime.settings import Settings
from schemas.values.actor import Actor, Role
from schemas.values.refusal import refuse


@worded_command()
@click.option("--resume", "resumed", type=Whole(min=1), metavar="N")
@click.option("--by", metavar="PARTY")
@role_option
@json_option
def messages(resumed: int | None, by: str | None, role: str, as_json: bool) -> None:
    """Messages that hold back their filing until the cause is mended, and what they wait for."""
    only_with(("--resume",), "--by", "--role")
    if resumed is not None and by is None:
        raise mistyped("option_needs", "--resume", one="--resume", other="--by")
    found = asyncio.run(_asked(resumed, Actor(role=Role(role), party_id=given_id(by, "--by")) if by else None))
    if as_json:
        put_json([asdict(one) for one in found])
        return
    put_table(
        f"{head('quarantined_messages')} ({len(found)})",
        ("n", "since", "topic", "filing", "tries", "why"),
        [
            (one.id, f"{one.created_at:%Y-%m-%dT%H:%M:%SZ}", one.topic, one.filing_id, one.attempts, one.last_error)
            for one in found
        ],
    )


async def _asked(resumed: int | None, by: Actor | None) -> list[Quarantined]:
    if resumed is not None and by is not None:
        async with writing("resume_message", by) as connection:
            if not await resume(connection, resumed):
                raise refuse("message_not_quarantined", "resume", message=resumed)
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        return await list_quarantined(connection)
