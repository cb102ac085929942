"""``calendar``: the rest days of a year that was announced after this version was built, loaded by two people."""

import asyncio
from uuid import UUID

import click

from cli.files.body import read_body
from cli.ids import given_id
from cli.output import json_option, put_json, put_pairs
from cli.registers.writing import role_option, writing
from database.registers.calendar_tables import approve_calendar, propose_calendar
from schemas.values.actor import Actor, Role
from schemas.values.calendar import YearTable
from schemas.wire.form import filled

_WORKERS_FOLLOW = "工作进程将在半分钟内采用 workers follow within half a minute"


@click.group()
def calendar() -> None:
    """Holiday tables; one person proposes, another approves. 节假日表。"""


@calendar.command()
@click.argument("body", metavar="BODY")
@click.option("--by", required=True, metavar="PARTY", help="Who loads it.")
@role_option
@json_option
def propose(body: str, by: str, role: str, as_json: bool) -> None:
    """Loads the table of one year from BODY: year, rest, worked, tax_record_days, cite, tax_cite, mark, checked_on."""
    who = given_id(by, "by")
    table = filled(YearTable, read_body(body))
    asyncio.run(_propose(table, Actor(role=Role(role), party_id=who)))
    _put({"year": table.year, "loaded_by": str(who), "approved_by": None}, as_json, "待批准 waits for approval")


@calendar.command()
@click.argument("year", type=click.IntRange(1985, 2199))
@click.option("--by", required=True, metavar="PARTY", help="Who approves it: another person.")
@role_option
@json_option
def approve(year: int, by: str, role: str, as_json: bool) -> None:
    """Puts the proposed table of YEAR in use."""
    who = given_id(by, "by")
    loaded_by = asyncio.run(_approve(year, Actor(role=Role(role), party_id=who)))
    _put({"year": year, "loaded_by": str(loaded_by), "approved_by": str(who)}, as_json, _WORKERS_FOLLOW)


def _put(found: dict[str, object], as_json: bool, note: str) -> None:
    if as_json:
        put_json(found)
    else:
        put_pairs("节假日表 calendar table", {**found, "说明 note": note})


async def _propose(table: YearTable, by: Actor) -> None:
    async with writing("propose_calendar", by) as connection:
        await propose_calendar(connection, table.year, table.model_dump(mode="json"), by.party_id)


async def _approve(year: int, by: Actor) -> UUID:
    async with writing("approve_calendar", by) as connection:
        return (await approve_calendar(connection, year, by.party_id)).loaded_by
