"""Numbers that are kept while acts are recorded, so that no page counts filings."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from database.pool import Connection
from database.reads.filters import Filters
from schemas.lifecycle.all import LIFECYCLES

By = Literal["kind", "stage", "region", "platform"]
AGES = (7, 30, 90, 365)
"""Days by which ages are told apart; a week is kept as one day."""


@dataclass(frozen=True)
class Standing:
    """So many filings with these values; what was not asked for apart is empty, like what a filing does not have."""

    kind: str
    stage: str
    region: str
    platform: str
    number: int


async def standing(
    connection: Connection,
    by: tuple[By, ...] = ("kind", "stage"),
    *,
    kind: str | None = None,
    stage: str | None = None,
    region: str | None = None,
    platform: str | None = None,
) -> list[Standing]:
    """How many filings stand where, told apart by these; the most first. "" is without a region or a platform."""
    given = Filters()
    for name, value in (("kind", kind), ("stage", stage), ("region", region), ("platform", platform)):
        given.given(f"{name} = {{0}}", value)
    names: tuple[By, ...] = ("kind", "stage", "region", "platform")
    shown = ", ".join(name if name in by else f"'' AS {name}" for name in names)
    apart = ", ".join(name for name in names if name in by)
    rows = await connection.fetch(
        f"""SELECT {shown}, sum(count)::bigint AS number FROM filing_counts {given.where}
            {f"GROUP BY {apart}" if apart else ""} HAVING sum(count) > 0 ORDER BY number DESC, 1, 2, 3, 4""",
        *given.values,
    )
    return [Standing(**row) for row in rows]


@dataclass(frozen=True)
class Aged:
    """So many filings of a kind that have stood in a stage for ``days`` and for less than the next of them."""

    kind: str
    stage: str
    days: int
    number: int


async def ageing(connection: Connection, today: date) -> list[Aged]:
    """How long filings of which more is expected have stood where they stand: from 0 days, from each of ``AGES``."""
    over = {(one.kind.value, stage.value) for one in LIFECYCLES.values() for stage in one.terminal}
    rows = await connection.fetch(
        """SELECT kind, stage, (ARRAY[0, 7, 30, 90, 365])[1 + width_bucket($1::date - since_on, $2::int[])] AS days,
                  sum(count)::bigint AS number
           FROM filing_ages GROUP BY 1, 2, 3 HAVING sum(count) > 0 ORDER BY 1, 2, 3""",
        today,
        list(AGES),
    )
    return [Aged(**row) for row in rows if (row["kind"], row["stage"]) not in over]


@dataclass(frozen=True)
class Done:
    """So many acts that were granted on a day."""

    on: date
    number: int


async def throughput(connection: Connection, until: date, days: int = 30, kind: str | None = None) -> list[Done]:
    """Granted acts of each of the last days, the earliest first, also where there is none; ``kind``: of one event."""
    rows = await connection.fetch(
        """SELECT day::date AS on, coalesce(sum(count), 0)::bigint AS number
           FROM generate_series($1::date, $2::date, interval '1 day') day
           LEFT JOIN act_counts ON recorded_on = day AND ($3::text IS NULL OR kind = $3) GROUP BY day ORDER BY day""",
        until - timedelta(days=days - 1),
        until,
        kind,
    )
    return [Done(**row) for row in rows]
