"""The search of the bulletin: a page of offers, how many there are, and how they divide."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from database.bulletin.asked import Asked, Meant, meant
from database.bulletin.pages import Direction, Page, Place, page_of, planned
from database.pool import Connection
from database.reads.filters import Filters
from schemas.standing.identity import IdentityKind
from schemas.values.outside import normal

COUNTED = 1_000
"""No search by text counts further; what is more is told as *1,000+*."""
WALKED = 10_000
DIVIDED = 2_000
"""Facets of what is searched by text are those of any so many matches, and say so where there are more."""
_COLUMNS = (
    "declaration_id, patent_number, patent_kind, title, patentees, classification, region, platform, price_form,"
    " status, announced_on"
)
_NUMBER = IdentityKind.DECLARATION_NUMBER.value


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
        rows = list[Any]()
        if wanted.sought.is_common:
            rows = await _fetch(connection, _walked(wanted, place, direction, size), direction)
        if len(rows) <= size:  # too rare for the walk, or nothing to walk for
            given = wanted.looked_up()
            _beyond(given, place, direction)
            # How many have several pairs at once no statistics know: to walk for them can mean to read everything.
            fence = "OFFSET 0" if len(wanted.sought.pairs) > 1 else ""
            found = f"SELECT {_COLUMNS} FROM listings {given.where} {fence}"
            chosen = f"SELECT * FROM ({found}) found {_newest(direction)} LIMIT {given.put(size + 1)}"
            rows = await _fetch(connection, (chosen, given), direction)
    listed = [Listed(**{**row, "terms": row["terms"] or {}, "warnings": row["warnings"] or []}) for row in rows]
    return page_of(listed, size, place, direction, lambda row: Place(row.announced_on, row.declaration_id))


def _walked(wanted: Meant, place: Place | None, direction: Direction, size: int) -> tuple[str, Filters]:
    """What is common is found soonest among the next ones, looked at one by one; so many, and no more."""
    given, seen = Filters(), Filters()
    wanted.narrow(given)
    _beyond(given, place, direction)
    seen.values = given.values
    wanted.sought.see_each(seen)
    next_ones = f"SELECT * FROM listings {given.where} {_newest(direction)} LIMIT {given.put(WALKED)}"
    chosen = f"SELECT {_COLUMNS} FROM ({next_ones}) next {seen.where} {_newest(direction)} LIMIT {given.put(size + 1)}"
    return chosen, given


def _beyond(given: Filters, place: Place | None, direction: Direction) -> None:
    given.beyond("announced_on, declaration_id", "<" if direction == "older" else ">", place)


def _newest(direction: Direction) -> str:
    order = "DESC" if direction == "older" else "ASC"
    return f"ORDER BY announced_on {order}, declaration_id {order}"


async def _fetch(connection: Connection, chosen: tuple[str, Filters], direction: Direction) -> list[Any]:
    query, given = chosen
    return await connection.fetch(
        f"""SELECT l.*, o.terms #> '{{terms,-1}}' AS terms, o.warnings,
                   (SELECT value FROM identities i WHERE i.filing_id = l.declaration_id
                    AND i.what = '{_NUMBER}' ORDER BY held_order LIMIT 1) AS declaration_number
            FROM ({query}) l LEFT JOIN offers o USING (declaration_id) {_newest(direction)}""",
        *given.values,
    )


@dataclass(frozen=True)
class Count:
    """So many; ``is_more``: at least one more, and nobody counted how many."""

    number: int
    is_more: bool


async def counted(connection: Connection, asked: Asked) -> Count:
    """How many there are: all of them where the number is kept, else up to ``COUNTED``."""
    if (kept := _kept(asked)) is not None:
        found: int = await connection.fetchval(
            f"SELECT coalesce(sum(count), 0)::bigint FROM listing_counts {kept.where}", *kept.values
        )
        return Count(found, is_more=False)
    async with planned(connection):
        given = (await meant(connection, asked)).looked_up()
        number: int = await connection.fetchval(
            f"SELECT count(*) FROM (SELECT FROM listings {given.where} LIMIT {given.put(COUNTED + 1)}) part",
            *given.values,
        )
    return Count(min(number, COUNTED), number > COUNTED)


def _kept(asked: Asked) -> Filters | None:
    """The rows of kept numbers that are asked for; None where only looking at the offers can tell."""
    section = asked.classification or ""
    if asked.text or asked.patentee or asked.platform or len(section) > 1:
        return None
    given = Filters()
    for name in ("status", "region", "price_form", "patent_kind"):
        given.given(f"{name} = {{0}}", getattr(asked, name))
    given.given("section = {0}", normal("patent", section) or None)
    return given


@dataclass(frozen=True)
class Facets:
    """By facet each value with its number, the most first.

    ``is_part``: of any ``DIVIDED`` matches, and not of all; only where offers had to be looked at.
    """

    of: int
    is_part: bool
    by: dict[str, dict[str, int]]


FACETS = ("region", "price_form", "patent_kind", "section")
_ANY = """SELECT region, price_form, patent_kind, left(subclass, 1) AS section, 1 AS count
          FROM listings {where} LIMIT {limit}"""
_KEPT = "SELECT region, price_form, patent_kind, section, count FROM listing_counts {where}"
_DIVIDE = """
    WITH one AS MATERIALIZED ({chosen})
    SELECT CASE GROUPING(region, price_form, patent_kind, section)
               WHEN 7 THEN 'region' WHEN 11 THEN 'price_form' WHEN 13 THEN 'patent_kind' WHEN 14 THEN 'section'
               ELSE 'all' END AS facet,
           coalesce(region, price_form, patent_kind, section) AS value, coalesce(sum(count), 0)::bigint AS number
    FROM one GROUP BY GROUPING SETS ((region), (price_form), (patent_kind), (section), ())
    ORDER BY number DESC, value"""


async def facets(connection: Connection, asked: Asked) -> Facets:
    """How what is asked for divides by region, price form, kind of patent and section of the classification."""
    if (kept := _kept(asked)) is not None:
        rows = await connection.fetch(_DIVIDE.format(chosen=_KEPT.format(where=kept.where)), *kept.values)
    else:
        async with planned(connection):
            given = (await meant(connection, asked)).looked_up()
            chosen = _ANY.format(where=given.where, limit=given.put(DIVIDED))
            rows = await connection.fetch(_DIVIDE.format(chosen=chosen), *given.values)
    by: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    of = 0
    for row in rows:
        if row["facet"] == "all":
            of = row["number"]
        elif row["value"] and row["number"]:
            by[row["facet"]][row["value"]] = row["number"]
    return Facets(of, kept is None and of == DIVIDED, by)
