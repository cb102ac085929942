"""What offers and licences cost, how long they last, how many licences an offer has: kept while acts are recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from database.pool import Connection

EVERYWHERE = "*"
"""The region that stands for all."""
FEWEST = 5
"""So many licences a band of what arrived has at least: what one licensee paid is nobody's business."""


@dataclass(frozen=True)
class Band:
    """So many that lie between ``at_least`` and the next band.

    ``counted_as``: offers that stand are offered, others ended; licences that took effect, by their terms, licensed.
    ``measure``: amount, unit_price and received in fen, rate in millionths of a percent, years (nought: until the
    patent ends), licences of an offer. A band has one first digit, so the one of 2,000 ends before 3,000. ``region``:
    "" where none is known.
    """

    counted_as: str
    measure: str
    price_form: str
    region: str
    at_least: int
    number: int


_PUBLISHED = ("amount", "unit_price", "rate", "years", "licences")


async def bands(connection: Connection, *, by_region: bool) -> list[Band]:
    """How what was announced divides, each region apart or over all of them; no band that has none."""
    rows = await connection.fetch(
        f"""SELECT counted_as, measure, price_form, region, band AS at_least, sum(count)::bigint AS number
            FROM band_counts
            WHERE counted_as = ANY($1) AND measure = ANY($2) AND region {"<>" if by_region else "="} $3
            GROUP BY counted_as, measure, region, price_form, band HAVING sum(count) > 0
            ORDER BY counted_as, measure, region, price_form, band""",
        ["offered", "ended", "licensed"],
        list(_PUBLISHED),
        EVERYWHERE,
    )
    return [Band(**row) for row in rows]


async def received(connection: Connection) -> list[Band]:
    """How much royalty has arrived of licences, by price form, over all regions; what has not begun to arrive is in it.

    What arrives of a running royalty is published nowhere. So bands lie together until each has ``FEWEST`` licences,
    and a price form that has fewer is not told at all.
    """
    rows = await connection.fetch(
        """SELECT counted_as, measure, price_form, region, band AS at_least, sum(count)::bigint AS number
           FROM band_counts WHERE counted_as = 'licensed' AND measure = 'received' AND region = $1
           GROUP BY counted_as, measure, region, price_form, band HAVING sum(count) > 0 ORDER BY price_form, band""",
        EVERYWHERE,
    )
    forms = groupby((Band(**row) for row in rows), key=lambda band: band.price_form)
    return [band for _, of_form in forms for band in together(list(of_form))]


def together(narrow: list[Band]) -> Iterator[Band]:
    """The same in as many bands as have ``FEWEST`` each; what is left at the upper end lies in the last one."""
    wide: list[list[Band]] = []
    for band in narrow:
        if wide and sum(one.number for one in wide[-1]) < FEWEST:
            wide[-1].append(band)
        else:
            wide.append([band])
    if len(wide) > 1 and sum(one.number for one in wide[-1]) < FEWEST:
        last = wide.pop()
        wide[-1] += last
    for parts in wide:
        if (number := sum(one.number for one in parts)) >= FEWEST:
            first = parts[0]
            yield Band(first.counted_as, first.measure, first.price_form, first.region, first.at_least, number)


@dataclass(frozen=True)
class Prices:
    """The quartiles of announced prices, each one of them; units as of ``Band``. ``number``: of how many."""

    counted_as: str
    measure: str
    price_form: str
    region: str
    number: int
    lower_quartile: int
    median: int
    upper_quartile: int


async def prices(connection: Connection, *, by_region: bool) -> list[Prices]:
    """Of amounts, unit prices and rates, each region apart or over all of them.

    A quartile is the price at the place that its quarter begins or ends, rounded up: of ten the third, the fifth, the
    eighth. The bands say in which one it lies, so that only its prices are looked at.
    """
    rows = await connection.fetch(
        f"""WITH counts AS (
                SELECT counted_as, measure, region, price_form, band, sum(count)::bigint AS number FROM band_counts
                WHERE counted_as = ANY($1) AND measure = ANY($2) AND region {"<>" if by_region else "="} $3
                GROUP BY 1, 2, 3, 4, 5 HAVING sum(count) > 0),
            places AS (
                SELECT *, sum(number) OVER upto - number AS before, sum(number) OVER whole AS total FROM counts
                WINDOW whole AS (PARTITION BY counted_as, measure, region, price_form), upto AS (whole ORDER BY band)),
            wanted AS (
                SELECT p.*, quarter, ceil(total * quarter / 4.0) - before AS place
                FROM places p, generate_series(1, 3) quarter
                WHERE ceil(total * quarter / 4.0) > before AND ceil(total * quarter / 4.0) <= before + number),
            found AS (
                SELECT w.*, (SELECT price FROM (
                        SELECT price, sum(sum(count)) OVER (ORDER BY price) AS upto FROM price_counts c
                        WHERE (c.counted_as, c.measure, c.region, c.price_form, c.band)
                            = (w.counted_as, w.measure, w.region, w.price_form, w.band) GROUP BY price) prices
                    WHERE upto >= place ORDER BY price LIMIT 1) AS price
                FROM wanted w)
            SELECT counted_as, measure, price_form, region, total::bigint AS number,
                   max(price) FILTER (WHERE quarter = 1) AS lower_quartile,
                   max(price) FILTER (WHERE quarter = 2) AS median,
                   max(price) FILTER (WHERE quarter = 3) AS upper_quartile
            FROM found GROUP BY counted_as, measure, region, price_form, total
            ORDER BY counted_as, measure, region, price_form""",
        ["offered", "ended", "licensed"],
        ["amount", "unit_price", "rate"],
        EVERYWHERE,
    )
    return [Prices(**row) for row in rows]
