"""``patent``: what the platform knows of a patent in the office's register, and from where."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

import click

from cli.done import note
from cli.files.body import read_value
from cli.ids import given_day, given_id, given_patent
from cli.output import head, json_option, put_json, put_table, sentence
from cli.reading import reading
from cli.typed.commands import worded_group
from client.registering import RegisterRow, register_rows
from database.registers.patents import PatentVersion, put_patents, versions_of
from runtime.settings import Settings
from schemas.values.model import SHANGHAI
from schemas.values.refusal import refuse


@worded_group()
def patent() -> None:
    """Evidence from the patent register."""


@patent.command()
@click.argument("body", metavar="BODY")
@click.option("--by", metavar="PARTY")
@json_option
def add(body: str, by: str | None, as_json: bool) -> None:
    """Adds or replaces register evidence from BODY: one row, or a list of rows.

    A row: patent_number, title, status, source; filed_on, granted_on, ended_on, checked_on where known.
    """
    who = given_id(by, "--by") if by else None
    given = read_value(body)
    rows = register_rows(given if isinstance(given, list) else [given])
    asyncio.run(_put(rows, who))
    if who is None:
        click.echo(sentence("brought_by_nobody"), err=True)
    if as_json:
        put_json([row.model_dump(mode="json") for row in rows])
    else:
        put_table(
            "register_evidence",
            ("patent_number", "title", "status", "source"),
            [(row.patent_number, row.title, row.status, row.source) for row in rows],
        )


@patent.command()
@click.argument("number", metavar="PATENT")
@click.option("--on", metavar="DAY")
@json_option
def show(number: str, on: str | None, as_json: bool) -> None:
    """The evidence of a patent as it was known on a day, and all that was brought until then."""
    wanted = given_patent(number, "PATENT")
    until = given_day(on, "--on") if on else datetime.now(SHANGHAI).date()
    found = asyncio.run(_versions(wanted, until))
    if not found:
        raise refuse("patent_not_in_register", "PATENT", number=wanted)
    if as_json:
        put_json({"patent_number": wanted, "on": until, "versions": [asdict(one) for one in found]})
        return
    put_table(
        f"{head('register_evidence')} {wanted} ({until})",
        ("brought_on", "brought_by", "title", "status", "filed_on", "granted_on", "source"),
        [
            (
                one.brought_on,
                one.brought_by,
                one.evidence.title,
                one.evidence.status,
                one.evidence.filed_on,
                one.evidence.granted_on,
                one.evidence.source,
            )
            for one in found
        ],
    )


async def _versions(number: str, until: date) -> list[PatentVersion]:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        return await versions_of(connection, number, until)


async def _put(rows: Sequence[RegisterRow], who: UUID | None) -> None:
    patents = [row.evidence() for row in rows]
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        await put_patents(connection, patents, who)
    note(sentence("done_evidence", count=len(patents)), sentence("done_again"))
