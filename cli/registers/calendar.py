"""``calendar``: the rest days of a year that was announced after this version was built, loaded by two people."""

import asyncio
from typing import Any
from uuid import UUID

import click

from cli.files.body import read_body
from cli.ids import given_id
from cli.output import head, json_option, put_json, put_pairs, put_table, sentence
from cli.reading import reading
from cli.registers.writing import role_option, writing
from cli.typed.commands import worded_group
from cli.typed.kinds import Whole
from database.reads.calendar_reads import Moved, moved_by, tells_left
from database.registers.calendar_tables import (
    approve_calendar,
    list_calendars,
    list_withdrawn,
    propose_calendar,
    withdraw_calendar,
)
from runtime.settings import Settings
from schemas.values.actor import Actor, Role
from schemas.values.calendar import YearTable
from schemas.values.canonical import plain
from schemas.values.refusal import refuse
from schemas.wire.form import filled

_WORKERS_FOLLOW = "in_use_at_once_filings"


@worded_group()
def calendar() -> None:
    """Holiday tables; one person proposes, another approves."""


@calendar.command()
@click.argument("body", metavar="BODY")
@click.option("--by", required=True, metavar="PARTY")
@role_option
@json_option
def propose(body: str, by: str, role: str, as_json: bool) -> None:
    """Loads the table of one year from BODY: year, rest, worked, tax_record_days, cite, tax_cite, mark, checked_on."""
    who = given_id(by, "--by")
    table = filled(YearTable, read_body(body))
    asyncio.run(_propose(table, Actor(role=Role(role), party_id=who)))
    _put({"year": table.year, "loaded_by": str(who), "approved_by": None}, as_json, "waits_for_approval")


@calendar.command()
@click.argument("year", type=Whole(1985, 2199))
@click.option("--by", required=True, metavar="PARTY")
@role_option
@json_option
def approve(year: int, by: str, role: str, as_json: bool) -> None:
    """Puts the proposed table of YEAR in use."""
    who = given_id(by, "--by")
    loaded_by = asyncio.run(_approve(year, Actor(role=Role(role), party_id=who)))
    _put({"year": year, "loaded_by": str(loaded_by), "approved_by": str(who)}, as_json, _WORKERS_FOLLOW)


@calendar.command()
@click.argument("year", type=Whole(1985, 2199))
@click.option("--by", required=True, metavar="PARTY")
@role_option
@json_option
def withdraw(year: int, by: str, role: str, as_json: bool) -> None:
    """Takes the proposed table of YEAR back before it is approved, so that the right one can be proposed."""
    who = given_id(by, "--by")
    loaded_by = asyncio.run(_withdraw(year, Actor(role=Role(role), party_id=who)))
    found = {"year": year, "loaded_by": str(loaded_by), "withdrawn_by": str(who)}
    _put(found, as_json, "propose_again")


@calendar.command("list")
@json_option
def list_(as_json: bool) -> None:
    """The tables that were loaded at run time: in use, waiting for approval, withdrawn."""
    found = asyncio.run(_listed())
    if as_json:
        put_json({"tables": found})
        return
    names = ("year", "state", "loaded_by", "approved_or_withdrawn_by", "number_2")
    put_table("calendar_tables", names, [tuple(one[name] for name in _LISTED) for one in found])


@calendar.command()
@click.argument("year", type=Whole(1985, 2199))
@click.option("--confirmed", is_flag=True)
@json_option
def moved(year: int, confirmed: bool, as_json: bool) -> None:
    """What the table of YEAR moved: filing, deadline, from what to what; and whether every filing has been told."""
    found = asyncio.run(_moved(year, with_confirmed=confirmed))
    if as_json:
        put_json(found)
        return
    names = ("filing", "deadline", "was", "now", "how")
    rows = [(one["filing_id"], one["key"], _day(one, "was"), _day(one, "now"), one["how"]) for one in found["moved"]]
    put_table(f"{year} {head('moved_by_table')}", names, rows)
    if found["messages_left"]:
        print(sentence("messages_left", count=found["messages_left"]))


_LISTED = ("year", "state", "loaded_by", "decided_by", "number")


def _day(one: dict[str, Any], name: str) -> str:
    if one[name] is None:
        return "-"
    return f"{one[name]} ({sentence('provisional')})" if one[f"{name}_provisional"] else str(one[name])


def _how(one: Moved) -> str:
    if one.was is None or one.now is None:
        return "met" if one.now is None else "not_met"
    return "later" if one.now > one.was else "earlier" if one.now < one.was else "confirmed"


def _put(found: dict[str, object], as_json: bool, note: str) -> None:
    if as_json:
        put_json(found)
    else:
        put_pairs("calendar_table", {**found, "note": head(note)})


async def _propose(table: YearTable, by: Actor) -> None:
    async with writing("propose_calendar", by) as connection:
        await propose_calendar(connection, table.year, table.model_dump(mode="json"), by.party_id)


async def _withdraw(year: int, by: Actor) -> UUID:
    async with writing("withdraw_calendar", by) as connection:
        return await withdraw_calendar(connection, year, by.party_id)


async def _listed() -> list[dict[str, Any]]:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        tables, withdrawn = await list_calendars(connection), await list_withdrawn(connection)
    found = [
        {
            "year": one.year,
            "state": "in_use" if one.approved_by else "proposed",
            "loaded_by": str(one.loaded_by),
            "decided_by": str(one.approved_by) if one.approved_by else None,
            "number": one.number or None,
            "table": one.body,
        }
        for one in tables
    ]
    found += [
        {
            "year": one.year,
            "state": "withdrawn",
            "loaded_by": str(one.loaded_by),
            "decided_by": str(one.withdrawn_by),
            "number": None,
            "table": one.body,
        }
        for one in withdrawn
    ]
    return found


async def _moved(year: int, *, with_confirmed: bool) -> dict[str, Any]:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        table = next((one for one in await list_calendars(connection) if one.year == year and one.approved_by), None)
        if table is None:
            raise refuse("calendar_table_not_in_use", "year", year=year)
        days, left = await moved_by(connection, table.number), await tells_left(connection, table.number)
    shown = [one for one in days if with_confirmed or one.was != one.now]
    return {
        "year": year,
        "messages_left": left,
        "confirmed": sum(one.was == one.now for one in days),
        "moved": [{**plain(one._asdict()), "how": _how(one)} for one in shown],
    }


async def _approve(year: int, by: Actor) -> UUID:
    async with writing("approve_calendar", by) as connection:
        return (await approve_calendar(connection, year, by.party_id)).loaded_by
