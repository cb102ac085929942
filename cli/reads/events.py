"""``events``: every fact of every filing in the one order of the sequencer."""

import asyncio
from dataclasses import asdict
from uuid import UUID

import click
import structlog

from cli.ids import given_id
from cli.output import console, json_option, json_text, put_json
from cli.reading import reading
from database.pool import AWAY
from database.reads.canonical_bytes import bytes_of_act, bytes_of_filing
from database.reads.read_model import StreamedEvent, events_since
from runtime.settings import Settings
from schemas.values.refusal import refuse

_LAST = 2**63 - 1  # what a sequence number can be
_PAUSE, _PAUSE_WITHOUT = 0.5, 2.0
log = structlog.get_logger()


@click.command()
@click.option(
    "--since", type=click.IntRange(0, _LAST), default=0, help="The sequence number of the last event already seen."
)
@click.option("--limit", type=click.IntRange(1, 100_000), default=500, show_default=True)
@click.option("--follow", is_flag=True, help="Goes on until ctrl-C; --json then prints one object a line.")
@click.option(
    "--canonical",
    is_flag=True,
    help="The bytes that are hashed, as docs/receipts.md says: of --act exactly those, of --filing one event a line."
    " 被哈希的字节。",
)
@click.option("--act", "act_id", metavar="ACT", help="With --canonical: the event of this act. 该行为的事件。")
@click.option(
    "--filing", "filing_id", metavar="FILING", help="With --canonical: all events of this filing. 该事项的全部事件。"
)
@json_option
def events(
    since: int, limit: int, follow: bool, canonical: bool, act_id: str | None, filing_id: str | None, as_json: bool
) -> None:
    """Events by sequence number; money in their bodies is whole fen. 事件（金额以分计）。"""
    if canonical != ((act_id is None) != (filing_id is None)):
        raise click.UsageError(
            "--canonical goes with one of --act and --filing; --canonical 须与 --act 或 --filing 之一同用"
        )
    if act_id is not None:
        asyncio.run(_bytes_of_act(given_id(act_id, "act")))
        return
    if filing_id is not None:
        asyncio.run(_bytes_of_filing(given_id(filing_id, "filing")))
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
    by = event.body["act"]["by"]
    console().print(
        f"{event.sequence_number:>8}  {event.legal_on}  {event.kind:<36} {event.filing_id} v{event.version}  "
        f"{by['role']} {by['party_id']}"
    )
