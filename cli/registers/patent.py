"""``patent``: what the platform knows of a patent in the office's register, and from where."""

import asyncio
from collections.abc import Sequence
from typing import Literal

import click

from cli.done import SAME_AGAIN, note
from cli.files.body import read_value
from cli.output import json_option, put_json, put_table
from cli.reading import reading
from cli.typed.commands import worded_group
from database.registers.patents import Patent, put_patents
from runtime.settings import Settings
from schemas.values.model import Day, Model, ShortText
from schemas.values.patent_number import PatentNumber
from schemas.values.refusal import refuse
from schemas.wire.form import filled


class RegisterRow(Model):
    """One reading of the register; a day that the source does not give is left out, never guessed."""

    patent_number: PatentNumber
    title: ShortText
    status: Literal["granted", "pending", "refused", "lapsed", "invalidated", "unknown"]
    source: ShortText
    filed_on: Day | None = None
    granted_on: Day | None = None
    ended_on: Day | None = None
    checked_on: Day | None = None


class RegisterRows(Model):
    """Rows of one file."""

    patents: tuple[RegisterRow, ...]


@worded_group()
def patent() -> None:
    """Evidence from the patent register."""


@patent.command()
@click.argument("body", metavar="BODY")
@json_option
def add(body: str, as_json: bool) -> None:
    """Adds or replaces register evidence from BODY: one row, or a list of rows.

    A row: patent_number, title, status, source; filed_on, granted_on, ended_on, checked_on where known.
    """
    given = read_value(body)
    rows = filled(RegisterRows, {"patents": given if isinstance(given, list) else [given]}).patents
    first: dict[str, int] = {}
    for n, row in enumerate(rows):
        before = first.setdefault(row.patent_number, n)
        if before != n:
            raise refuse("register_row_twice", f"patents.{n}", number=row.patent_number, first=f"patents.{before}")
    asyncio.run(_put(rows))
    if as_json:
        put_json([row.model_dump(mode="json") for row in rows])
    else:
        put_table(
            "登记簿证据 register evidence",
            ("专利号 number", "名称 title", "状态 status", "来源 source"),
            [(row.patent_number, row.title, row.status, row.source) for row in rows],
        )


async def _put(rows: Sequence[RegisterRow]) -> None:
    patents = [
        Patent(
            patent_number=row.patent_number,
            title=row.title,
            kind=row.patent_number.kind.value,
            filed_on=row.filed_on,
            granted_on=row.granted_on,
            status=row.status,
            source=row.source,
            facts=row.model_dump(mode="json", include={"ended_on", "checked_on"}, exclude_none=True),
        )
        for row in rows
    ]
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        await put_patents(connection, patents)
    note(f"登记簿证据 register evidence: {len(patents)}", SAME_AGAIN)
