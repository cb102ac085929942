"""Statistics that anybody may see and take along: open data as CSV and Parquet, with a dictionary of every column.

They are numbers that are kept while acts are recorded; nobody counts filings here, and no row is about anybody.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from fastapi import APIRouter
from starlette.responses import HTMLResponse, JSONResponse, Response

from client.today import today
from database.bulletin.asked import Asked
from database.bulletin.search import Facets, facets
from database.dashboard.counts import Standing, standing
from database.dashboard.opened import Month, monthly
from database.pool import Connection
from schemas.acts.act import FilingKind
from schemas.lifecycle.stages.declaration import DeclarationStage
from schemas.lifecycle.stages.licence import LicenceStage
from schemas.lifecycle.stages.stage import Phase
from web.lists.exports import as_file
from web.lists.listed import at_once
from web.render import render
from web.visit import Anybody, NotFound, Visit
from web.words import word

router = APIRouter(prefix="/statistics")
MONTHS = 36
KINDS = ("declaration:announced", "declaration:withdrawn", "licence:noticed", "licence:paid", "licence:recorded")
"""What is told of every month: facts that the law makes public, or that name nobody when they are counted."""
_ANNOUNCED = frozenset(DeclarationStage.within(Phase.RUNNING, Phase.OVER)) - {
    DeclarationStage.REFUSED,
    DeclarationStage.ABANDONED,
}
_LICENCES = frozenset(LicenceStage.within(Phase.OPEN, Phase.RUNNING, Phase.OVER))
Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Table:
    """One file of open data: its columns in order, each a date, a text or a whole number."""

    columns: tuple[tuple[str, type], ...]

    @property
    def head(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)


TABLES: Mapping[str, Table] = {
    "acts_by_month": Table((("month", date), ("kind", str), ("number", int))),
    "filings_by_region": Table((("kind", str), ("stage", str), ("region", str), ("number", int))),
}


@dataclass(frozen=True)
class Numbers:
    """Everything that the page draws."""

    months: list[Month]
    standing: list[Standing]
    divided: Facets


async def read(connection: Connection, on: date) -> Numbers:
    """The numbers until that day."""
    since = date(on.year - MONTHS // 12, on.month, 1)
    places = [
        one
        for one in await standing(connection, ("kind", "stage", "region"))
        if (one.kind == FilingKind.DECLARATION and one.stage in _ANNOUNCED)
        or (one.kind == FilingKind.LICENCE and one.stage in _LICENCES)
    ]
    return Numbers(await monthly(connection, KINDS, since), places, await facets(connection, Asked()))


def rows_of(name: str, found: Numbers) -> Rows:
    """The rows of one file; raises NotFound for a name that there is not."""
    match name:
        case "acts_by_month":
            return [(one.month, one.kind, one.number) for one in found.months]
        case "filings_by_region":
            return [(one.kind, one.stage, one.region, one.number) for one in found.standing]
    raise NotFound


@router.get("")
async def statistics(visit: Anybody) -> HTMLResponse:
    """The page, each picture with its table."""
    found = await _read(visit)
    months = sorted({one.month for one in found.months})
    by_kind = {kind: {one.month: one.number for one in found.months if one.kind == kind} for kind in KINDS}
    series = [(kind, [by_kind[kind].get(month, 0) for month in months]) for kind in KINDS if by_kind[kind]]
    return render(
        visit,
        "statistics.html",
        months=[f"{month:%Y-%m}" for month in months],
        series=series[:4],
        stages=[(kind, _summed(found.standing, kind, "stage")) for kind in ("declaration", "licence")],
        regions=[(kind, _summed(found.standing, kind, "region")) for kind in ("declaration", "licence")],
        divided=found.divided,
        facets=[(one, list(found.divided.by[one].items())) for one in ("patent_kind", "price_form", "section")],
        files=list(TABLES),
    )


@router.get("/dictionary")
async def dictionary(visit: Anybody) -> HTMLResponse:
    """What every column of every file means."""
    return render(visit, "dictionary.html", tables=[(name, _described(table)) for name, table in TABLES.items()])


@router.get("/dictionary.json")
async def dictionary_file(visit: Anybody) -> JSONResponse:
    """The same for programs, in the shape of a Frictionless data package."""
    resources = [
        {
            "name": name,
            "path": [f"{name}.csv", f"{name}.parquet"],
            "title": word(f"data.{name}", visit.language),
            "schema": {
                "fields": [
                    {"name": column, "type": kind, "description": word(f"data.{name}.{column}", visit.language)}
                    for column, kind in _described(table)
                ]
            },
        }
        for name, table in TABLES.items()
    ]
    return JSONResponse({"name": "open-licences", "resources": resources})


@router.get("/{name}.csv")
async def as_text(visit: Anybody, name: str) -> Response:
    """One file for a spreadsheet."""
    rows = rows_of(name, await _read(visit))
    return as_file("csv", name, TABLES[name].head, at_once(rows))


@router.get("/{name}.parquet")
async def as_parquet(visit: Anybody, name: str) -> Response:
    """One file for programs, with the type of each column in it."""
    rows = rows_of(name, await _read(visit))
    body = await asyncio.to_thread(_parquet, TABLES[name], rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.parquet"'}
    return Response(body, media_type="application/vnd.apache.parquet", headers=headers)


async def _read(visit: Visit) -> Numbers:
    async with visit.console.pool.acquire() as connection:
        return await read(connection, today())


def _summed(found: Sequence[Standing], kind: str, by: str) -> list[tuple[str, int]]:
    sums: dict[str, int] = defaultdict(int)
    for one in found:
        if one.kind == kind:
            sums[getattr(one, by)] += one.number
    return sorted(sums.items(), key=lambda one: (-one[1], one[0]))


def _described(table: Table) -> list[tuple[str, str]]:
    names = {date: "date", str: "string", int: "integer"}
    return [(name, names[kind]) for name, kind in table.columns]


def _parquet(table: Table, rows: Rows) -> bytes:
    import pyarrow as pa  # half a second, which no other page should wait for
    import pyarrow.parquet as pq

    kinds = {date: pa.date32(), str: pa.string(), int: pa.int64()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in table.columns])
    columns = [pa.array([row[place] for row in rows], field.type) for place, field in enumerate(schema)]
    written = BytesIO()
    pq.write_table(pa.table(columns, schema=schema), written)
    return written.getvalue()
