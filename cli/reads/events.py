"""``events``: every fact of every filing in the one order of the sequencer."""

import asyncio
from dataclasses import asdict
from uuid import UUID

import click
import structlog

from cli.ids import given_id
from cli.output import console, json_option, json_text, named, put_json
from cli.reading import reading
from cli.screen.table import width_of
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from cli.typed.language import spoken
from cli.typed.mistakes import mistyped
from database.pool import AWAY
from database.reads.canonical_bytes import bytes_of_act, bytes_of_filing
from database.reads.read_model import StreamedEvent, events_since
from runtime.settings import Settings
from schemas.values.refusal import refuse

_KIND = 36
"""Columns of the kind of an event."""
_LAST = 2**63 - 1  # what a sequence number can be
_PAUSE, _PAUSE_WITHOUT = 0.5, 2.0
log = structlog.get_logger()


@worded_command()
@click.option("--since", type=Whole(0, _LAST), default=0)
@click.option("--limit", type=Whole(1, 100_000), default=500, show_default=True)
@click.option("--follow", is_flag=True)
@click.option("--canonical", is_flag=True)
@click.option("--act", "act_id", metavar="ACT")
@click.option("--filing", "filing_id", metavar="FILING")
@json_option
def events(
    since: int, limit: int, follow: bool, canonical: bool, act_id: str | None, filing_id: str | None, as_json: bool
) -> None:
    """Events by sequence number; money in their bodies is whole fen."""
    if canonical != ((act_id is None) != (filing_id is None)):
        raise mistyped("option_needs", "--canonical", one="--canonical", other="--act | --filing")
    if act_id is not None:
        asyncio.run(_bytes_of_act(given_id(act_id, "--act")))
        return
    if filing_id is not None:
        asyncio.run(_bytes_of_filing(given_id(filing_id, "--filing")))
        return
    try:
        asyncio.run(_events(since, limit, follow, as_json))
    except KeyboardInterrupt:
        if not follow:
            raise


async def _events(since: int, limit: int, follow: bool, as_json: bool) -> None:
    async with reading(Settings.read()) as pool:
        while True:
            try:
                async with pool.acquire() as connection:
                    found = await events_since(connection, since, limit)
            except AWAY as error:
                if not follow:
                    raise
                log.warning("database_away", error=repr(error))
                await asyncio.sleep(_PAUSE_WITHOUT)
                continue
            if as_json and not follow:
                put_json([asdict(event) for event in found])
            else:
                for event in found:
                    _put_line(event, as_json)
            if not follow:
                return
            if found:
                since = found[-1].sequence_number
            else:
                await asyncio.sleep(_PAUSE)


async def _bytes_of_act(act_id: UUID) -> None:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        found = await bytes_of_act(connection, act_id)
    if found is None:
        raise refuse("act_not_recorded", "act", act_id=act_id)
    click.echo(found, nl=False)  # a line's end would be hashed with them


async def _bytes_of_filing(filing_id: UUID) -> None:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        found = await bytes_of_filing(connection, filing_id)
    if not found:
        raise refuse("filing_unknown", "filing", filing_id=filing_id)
    for one in found:
        click.echo(one)


def _put_line(event: StreamedEvent, as_json: bool) -> None:
    if as_json:
        print(json_text(asdict(event)), flush=True)
        return
    act = event.body["act"]
    role, kind = act["by"]["role"], event.kind
    if spoken() == "zh":
        of = kind.partition(":")[0]
        act_name = named("acts", f"{of}.{act['kind']}")
        role, kind = named("roles", role), f"{named('kinds', of)}：{act_name}"
    kind += " " * (_KIND - width_of(kind))
    console().print(
        f"{event.sequence_number:>8}  {event.legal_on}  {kind} {event.filing_id} v{event.version}  "
        f"{role} {act['by']['party_id']}"
    )
