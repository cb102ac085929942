"""The search of the bulletin: a page of offers, how many there are, and how they divide."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from database.bulletin.asked import Asked, Meant, meant
from database.bulletin.pages import Direction, Page, Place, page_of, planned
from database.pool import Connection
from schemas.standing.identity import IdentityKind

COUNTED = 1_000
"""No search counts further; what is more is told as *1,000+*."""
DIVIDED = 2_000
"""Facets are those of any so many matches, and say so where there are more."""
_COLUMNS = (
    "declaration_id, patent_number, patent_kind, title, patentees, classification, region, platform, price_form,"
    " status, announced_on"
)
_NUMBER = IdentityKind.DECLARATION_NUMBER.value
_WALKING = "SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"


@dataclass(frozen=True)
class Listed:
    """An offer as the bulletin shows it; ``terms``: royalty and term as announced last, money in fen."""

    declaration_id: UUID
    patent_number: str
    patent_kind: str
    title: str
    patentees: str
    classification: str | None
    region: str | None
    platform: str | None
    price_form: str
    status: str
    announced_on: date
    declaration_number: str | None
    terms: dict[str, Any]
    warnings: list[str]


async def search(
    connection: Connection, asked: Asked, *, place: Place | None = None, direction: Direction = "older", size: int = 20
) -> Page[Listed]:
    """The announced offers that are asked for, the newest first. Raises Refused ``search_too_short``."""
    async with planned(connection):
        wanted = await meant(connection, asked)
        if wanted.walks:
            await connection.execute(_WALKING)
        rows = await connection.fetch(_page(wanted, place, direction, size), *wanted.given.values)
    listed = [Listed(**{**row, "terms": row["terms"] or {}, "warnings": row["warnings"] or []}) for row in rows]
    return page_of(listed, size, place, direction, lambda row: Place(row.announced_on, row.declaration_id))


def _page(wanted: Meant, place: Place | None, direction: Direction, size: int) -> str:
    given, (sign, order) = wanted.given, ("<", "DESC") if direction == "older" else (">", "ASC")
    if place is not None:
        given.always(f"(announced_on, declaration_id) {sign} ({given.put(place.at)}, {given.put(place.id)})")
    return f"""
        SELECT l.*, o.terms #> '{{terms,-1}}' AS terms, o.warnings,
               (SELECT value FROM identities i WHERE i.filing_id = l.declaration_id
                AND i.what = '{_NUMBER}' ORDER BY held_order LIMIT 1) AS declaration_number
        FROM (SELECT {_COLUMNS} FROM listings {given.where}
              ORDER BY announced_on {order}, declaration_id {order} LIMIT {given.put(size + 1)}) l
        LEFT JOIN offers o USING (declaration_id) ORDER BY announced_on {order}, declaration_id {order}"""


@dataclass(frozen=True)
class Count:
    """So many; ``is_more``: at least one more, and nobody counted how many."""

    number: int
    is_more: bool


async def counted(connection: Connection, asked: Asked) -> Count:
    """How many there are, up to ``COUNTED``."""
    async with planned(connection):
        given = (await meant(connection, asked)).given
        number: int = await connection.fetchval(
            f"SELECT count(*) FROM (SELECT FROM listings {given.where} LIMIT {given.put(COUNTED + 1)}) some",
            *given.values,
        )
    return Count(min(number, COUNTED), number > COUNTED)


@dataclass(frozen=True)
class Facets:
    """By facet each value with its number, the most first; ``is_part``: of any ``DIVIDED`` matches, and not of all."""

    of: int
    is_part: bool
    by: dict[str, dict[str, int]]


_DIVIDE = """
    WITH some AS MATERIALIZED (SELECT region, price_form, patent_kind, left(subclass, 1) AS section, subclass
                               FROM listings {where} LIMIT {limit})
    SELECT CASE GROUPING(region, price_form, patent_kind, section, subclass)
               WHEN 15 THEN 'region' WHEN 23 THEN 'price_form' WHEN 27 THEN 'patent_kind' WHEN 29 THEN 'section'
               WHEN 30 THEN 'subclass' ELSE 'all' END AS facet,
           coalesce(region, price_form, patent_kind, section, subclass) AS value, count(*) AS number
    FROM some GROUP BY GROUPING SETS ((region), (price_form), (patent_kind), (section), (subclass), ())
    ORDER BY number DESC, value"""


async def facets(connection: Connection, asked: Asked) -> Facets:
    """How what is asked for divides by region, price form, kind of patent, section and subclass."""
    async with planned(connection):
        given = (await meant(connection, asked)).given
        limit = given.put(DIVIDED)
        rows = await connection.fetch(_DIVIDE.format(where=given.where, limit=limit), *given.values)
    by: dict[str, dict[str, int]] = {
        name: {} for name in ("region", "price_form", "patent_kind", "section", "subclass")
    }
    of = 0
    for row in rows:
        if row["facet"] == "all":
            of = row["number"]
        elif row["value"] is not None:
            by[row["facet"]][row["value"]] = row["number"]
    return Facets(of, of == DIVIDED, by)
