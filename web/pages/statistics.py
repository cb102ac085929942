"""Statistics that anybody may see: pictures of the open data, each with its table."""

from collections import defaultdict
from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from client.today import today
from database.bulletin.asked import Asked
from database.bulletin.search import facets
from database.dashboard.counts import Standing
from database.dashboard.prices import FEWEST, Band, bands, prices, received
from web.pages.open_data import KINDS, TABLES, in_units, read
from web.render import render
from web.visit import Anybody

router = APIRouter(prefix="/statistics")
_MOST_REGIONS = 34
_STEPS = (1, 1, 2, 2, 2, 5, 5, 5, 5, 5)
"""First digit -> the first digit of the wider band that is drawn: 1, 2 and 5, as prices are made."""


@router.get("")
async def statistics(visit: Anybody) -> HTMLResponse:
    """The page, each picture with its table."""
    async with visit.console.pool.acquire() as connection:
        found, divided = await read(connection, today()), await facets(connection, Asked())
        everywhere, quartiles = await bands(connection, by_region=False), await prices(connection, by_region=False)
        places = [
            one
            for one in await prices(connection, by_region=True)
            if (one.counted_as, one.price_form) == ("offered", "lump_sum")
        ]
        arrived = await received(connection)
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
        facets=[(one, list(divided.by[one].items())) for one in ("patent_kind", "price_form", "section")],
        quartiles=[
            (one, [_plain(one.measure, price) for price in (one.lower_quartile, one.median, one.upper_quartile)])
            for one in quartiles
            if one.counted_as != "ended"
        ],
        places=[
            (one.region, one.number, _plain(one.measure, one.median))
            for one in sorted(places, key=lambda one: (-one.number, one.region))[:_MOST_REGIONS]
        ],
        divided=[
            (counted_as, measure, drawn)
            for counted_as, measure in (
                ("offered", "amount"),
                ("offered", "rate"),
                ("offered", "years"),
                ("offered", "licences"),
                ("licensed", "amount"),
                ("licensed", "years"),
            )
            if (drawn := _drawn(everywhere, counted_as, measure))
        ],
        arrived=[(one.price_form, _plain("amount", one.at_least), one.number) for one in arrived],
        fewest=FEWEST,
        files=list(TABLES),
    )


def _drawn(found: Sequence[Band], counted_as: str, measure: str) -> list[tuple[str, int]]:
    """How many lie in each band that is drawn, over all forms of price; the lowest first."""
    sums: dict[int, int] = defaultdict(int)
    for one in found:
        if (one.counted_as, one.measure) == (counted_as, measure):
            sums[_wide(measure, one.at_least)] += one.number
    return [(_plain(measure, band), many) for band, many in sorted(sums.items())]


def _wide(measure: str, band: int) -> int:
    if measure in ("years", "licences"):
        return band
    first, rest = str(band)[0], str(band)[1:]
    return int(f"{_STEPS[int(first)]}{rest}") if band else 0


def _plain(measure: str, number: int) -> str:
    """With no more decimals than it has; years and licences from ten on as the first and the last of their band."""
    plain = f"{in_units(measure, number).normalize():,f}"
    if measure in ("years", "licences") and number >= 10:
        return f"{plain}–{number + 10 ** (len(str(number)) - 1) - 1:,}"
    return plain


def _summed(found: Sequence[Standing], kind: str, by: str) -> list[tuple[str, int]]:
    sums: dict[str, int] = defaultdict(int)
    for one in found:
        if one.kind == kind:
            sums[getattr(one, by)] += one.number
    return sorted(sums.items(), key=lambda one: (-one[1], one[0]))
