"""Open data as CSV and Parquet, with a dictionary of every column: numbers that are kept, and that name nobody."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Literal

from fastapi import APIRouter
from starlette.responses import HTMLResponse, JSONResponse, Response

from client.today import today
from database.dashboard.counts import Standing, standing
from database.dashboard.opened import Month, monthly
from database.dashboard.prices import Band, Prices, bands, prices, received
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
Kind = Literal["date", "string", "integer", "yuan", "number"]
Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Table:
    """One file of open data: its columns in order, each with its kind; ``words``: whose words tell what they mean.

    Yuan have two decimals, percent and numbers of several kinds six.
    """

    words: str
    columns: tuple[tuple[str, Kind], ...]

    @property
    def head(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)


_GROUP: tuple[tuple[str, Kind], ...] = (
    ("counted_as", "string"),
    ("measure", "string"),
    ("price_form", "string"),
    ("region", "string"),
)


def _quartiles(kind: Kind) -> Table:
    quartiles = tuple((name, kind) for name in ("lower_quartile", "median", "upper_quartile"))
    return Table("terms", (*_GROUP, ("number", "integer"), *quartiles))


TABLES: Mapping[str, Table] = {
    "acts_by_month": Table("acts_by_month", (("month", "date"), ("kind", "string"), ("number", "integer"))),
    "filings_by_region": Table(
        "filings_by_region", (("kind", "string"), ("stage", "string"), ("region", "string"), ("number", "integer"))
    ),
    "terms_by_band": Table("terms", (*_GROUP, ("at_least", "number"), ("number", "integer"))),
    "prices": _quartiles("yuan"),
    "rates": _quartiles("number"),
    "royalties_received": Table(
        "royalties_received", (("price_form", "string"), ("at_least", "yuan"), ("number", "integer"))
    ),
}


@dataclass(frozen=True)
class Numbers:
    """Everything that is told of months and regions."""

    months: list[Month]
    standing: list[Standing]


async def read(connection: Connection, on: date) -> Numbers:
    """The numbers until that day."""
    since = date(on.year - MONTHS // 12, on.month, 1)
    places = [
        one
        for one in await standing(connection, ("kind", "stage", "region"))
        if (one.kind == FilingKind.DECLARATION and one.stage in _ANNOUNCED)
        or (one.kind == FilingKind.LICENCE and one.stage in _LICENCES)
    ]
    return Numbers(await monthly(connection, KINDS, since), places)


async def rows_of(connection: Connection, name: str, on: date) -> Rows:
    """The rows of one file; raises NotFound for a name that there is not."""
    match name:
        case "acts_by_month":
            return [(one.month, one.kind, one.number) for one in (await read(connection, on)).months]
        case "filings_by_region":
            return [(one.kind, one.stage, one.region, one.number) for one in (await read(connection, on)).standing]
        case "terms_by_band":
            return [
                (
                    one.counted_as,
                    one.measure,
                    one.price_form,
                    one.region,
                    in_units(one.measure, one.at_least),
                    one.number,
                )
                for one in await bands(connection, by_region=True)
            ]
        case "prices":
            return [_row(one) for one in await _prices(connection) if one.measure != "rate"]
        case "rates":
            return [_row(one) for one in await _prices(connection) if one.measure == "rate"]
        case "royalties_received":
            return [(one.price_form, _yuan(one.at_least), one.number) for one in await received(connection)]
    raise NotFound


def in_units(measure: str, number: int) -> Decimal:
    """A kept number as people say it: of yuan, of percent, of years, of licences; always six decimals."""
    of = 100 if measure in ("amount", "unit_price") else 1_000_000 if measure == "rate" else 1
    return (Decimal(number) / of).quantize(Decimal("0.000001"))


def _yuan(fen: int) -> Decimal:
    return (Decimal(fen) / 100).quantize(Decimal("0.01"))


def _group(one: Band | Prices) -> tuple[str, ...]:
    return (one.counted_as, one.measure, one.price_form, one.region)


async def _prices(connection: Connection) -> list[Prices]:
    return [*await prices(connection, by_region=False), *await prices(connection, by_region=True)]


def _row(one: Prices) -> tuple[object, ...]:
    told = [
        in_units(one.measure, price) if one.measure == "rate" else _yuan(price)
        for price in (one.lower_quartile, one.median, one.upper_quartile)
    ]
    return (*_group(one), one.number, *told)


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
                    {"name": column, "type": kind, "description": word(meaning, visit.language)}
                    for column, kind, meaning in _described(table)
                ]
            },
        }
        for name, table in TABLES.items()
    ]
    return JSONResponse({"name": "open-licences", "resources": resources})


@router.get("/{name}.csv")
async def as_text(visit: Anybody, name: str) -> Response:
    """One file for a spreadsheet."""
    rows = await _read(visit, name)
    return as_file("csv", name, TABLES[name].head, at_once(rows))


@router.get("/{name}.parquet")
async def as_parquet(visit: Anybody, name: str) -> Response:
    """One file for programs, with the type of each column in it."""
    rows = await _read(visit, name)
    body = await asyncio.to_thread(_parquet, TABLES[name], rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.parquet"'}
    return Response(body, media_type="application/vnd.apache.parquet", headers=headers)


async def _read(visit: Visit, name: str) -> Rows:
    async with visit.console.pool.acquire() as connection:
        return await rows_of(connection, name, today())


def _described(table: Table) -> list[tuple[str, str, str]]:
    """Each column's name, its kind as a Frictionless data package calls it, and the word that says what it means."""
    return [(name, "number" if kind == "yuan" else kind, f"data.{table.words}.{name}") for name, kind in table.columns]


def _parquet(table: Table, rows: Rows) -> bytes:
    import pyarrow as pa  # half a second, which no other page should wait for
    import pyarrow.parquet as pq

    kinds = {
        "date": pa.date32(),
        "string": pa.string(),
        "integer": pa.int64(),
        "yuan": pa.decimal128(20, 2),
        "number": pa.decimal128(24, 6),
    }
    schema = pa.schema([(name, kinds[kind]) for name, kind in table.columns])
    columns = [pa.array([row[place] for row in rows], field.type) for place, field in enumerate(schema)]
    written = BytesIO()
    pq.write_table(pa.table(columns, schema=schema), written)
    return written.getvalue()
