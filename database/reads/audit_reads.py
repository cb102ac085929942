"""What only an audit asks of the database; reads, as any role."""

from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.record.posting import Licence

_LICENCE = ", ".join(field.name for field in fields(Licence))
_BELONGING = {
    "events": "filing_id",
    "acts": "filing_id",
    "tasks": "filing_id",
    "findings": "filing_id",
    "postings": "filing_id",
    "bank_lines": "filing_id",
    "bank_line_parts": "filing_id",
    "identities": "filing_id",
    "offers": "declaration_id",
    "licences": "licence_id",
    "receipts": "licence_id",
    "settlements": "settlement_id",
    "claims": "settlement_id",
    "claimed_receipts": "settlement_id",
    "subsidy_lines": "settlement_id",
    "subsidy_payments": "settlement_id",
    "adjustments": "settlement_id",
    "adjustments_taken": "taken_by",
    "listings": "declaration_id",
    "stated_terms": "filing_id",
    "filing_parties": "filing_id",
}
"""Table -> the column that names the filing its rows belong to."""


@dataclass(frozen=True)
class AnsweredAct:
    """The answer that an act was given."""

    act_id: UUID
    filing_id: UUID
    answer: dict[str, Any]


async def answers_of(connection: Connection, act_ids: list[UUID]) -> dict[UUID, AnsweredAct]:
    """Act id -> its answer, of those that have one."""
    rows = await connection.fetch("SELECT act_id, filing_id, answer FROM acts WHERE act_id = ANY($1)", act_ids)
    return {row["act_id"]: AnsweredAct(**row) for row in rows}


async def find_licence(connection: Connection, licence_id: UUID) -> Licence | None:
    """A licence's line under its declaration."""
    row = await connection.fetchrow(f"SELECT {_LICENCE} FROM licences WHERE licence_id = $1", licence_id)
    return None if row is None else Licence(**row)


async def rows_without_filing(connection: Connection) -> list[tuple[str, UUID]]:
    """(table, filing id) of everything that belongs to a filing which is not there."""
    lost: list[tuple[str, UUID]] = []
    for table, column in _BELONGING.items():
        rows = await connection.fetch(
            f"""SELECT DISTINCT {column} AS filing_id FROM {table} t
                WHERE NOT EXISTS (SELECT FROM filings f WHERE f.filing_id = t.{column}) ORDER BY 1"""
        )
        lost += [(table, row["filing_id"]) for row in rows]
    return lost


async def bank_lines_left(connection: Connection) -> int:
    """How many bank lines have a part that was booked for no licence yet."""
    found: int = await connection.fetchval("SELECT count(*) FROM bank_lines_left")
    return found


async def acts_without_event(connection: Connection) -> list[tuple[UUID, UUID]]:
    """(filing id, act id) of answers for which nothing stands in the log."""
    rows = await connection.fetch(
        """SELECT filing_id, act_id FROM acts a WHERE NOT EXISTS (SELECT FROM events e WHERE e.act_id = a.act_id)
           ORDER BY filing_id, act_id"""
    )
    return [(row["filing_id"], row["act_id"]) for row in rows]


@dataclass(frozen=True)
class Waiting:
    """What has not gone its way: how many, for how long, and how many bear an instant ahead of the clock."""

    count: int
    oldest_seconds: int
    ahead_of_clock: int


_WAITING = """SELECT count(*) AS count,
       coalesce(extract(epoch FROM greatest(clock_timestamp() - min({since}), interval '0')), 0)::bigint
           AS oldest_seconds,
       count(*) FILTER (WHERE {since} > clock_timestamp()) AS ahead_of_clock
FROM {table}"""


async def messages_waiting(connection: Connection) -> Waiting:
    """Messages that nobody has received, quarantined ones too."""
    row = await connection.fetchrow(_WAITING.format(since="created_at", table="outbox WHERE sent_at IS NULL"))
    assert row is not None  # a count is one row
    return Waiting(**row)


async def events_unnumbered(connection: Connection) -> Waiting:
    """Events that have no sequence number."""
    row = await connection.fetchrow(_WAITING.format(since="recorded_at", table="unsequenced"))
    assert row is not None  # a count is one row
    return Waiting(**row)


_LISTING = (
    "declaration_id, patent_number, patent_kind, title, patentees, classification, region, platform, price_form,"
    " status, announced_on"
)


_TERMS = "declaration_id, counted_as, price_form, region, amount, unit_price, rate, years, received"


async def lists_that_differ(connection: Connection, filing_id: UUID) -> list[str]:
    """The tables of lists and searches in which a filing is not what its position says it is."""
    rows = await connection.fetch(
        f"""WITH filing AS (SELECT f FROM filings f WHERE filing_id = $1),
                 listed AS (SELECT l.* FROM filing CROSS JOIN LATERAL listing_of(f) l),
                 theirs AS (SELECT p.* FROM filing CROSS JOIN LATERAL parties_of(f) p),
                 stated AS (SELECT t.* FROM filing CROSS JOIN LATERAL terms_of(f) t)
            SELECT 'listings' AS name WHERE EXISTS (
                (SELECT {_LISTING} FROM listed EXCEPT SELECT {_LISTING} FROM listings WHERE declaration_id = $1)
                UNION ALL
                (SELECT {_LISTING} FROM listings WHERE declaration_id = $1 EXCEPT SELECT {_LISTING} FROM listed))
            UNION ALL
            SELECT 'filing_parties' WHERE EXISTS (
                (SELECT relation, party_id FROM theirs
                 EXCEPT SELECT relation, party_id FROM filing_parties WHERE filing_id = $1)
                UNION ALL
                (SELECT relation, party_id FROM filing_parties WHERE filing_id = $1
                 EXCEPT SELECT relation, party_id FROM theirs))
            UNION ALL
            SELECT 'stated_terms' WHERE EXISTS (
                (SELECT {_TERMS} FROM stated EXCEPT SELECT {_TERMS} FROM stated_terms WHERE filing_id = $1)
                UNION ALL
                (SELECT {_TERMS} FROM stated_terms WHERE filing_id = $1 EXCEPT SELECT {_TERMS} FROM stated))
            OR EXISTS (SELECT FROM stated_terms WHERE filing_id = $1 AND licences <> (
                SELECT count(*) FROM stated_terms WHERE declaration_id = $1 AND counted_as = 'licensed'))""",
        filing_id,
    )
    return [row["name"] for row in rows]


_STATED = """(SELECT t.*, measure, number, place, band_of(number) AS band FROM stated_terms t
    CROSS JOIN LATERAL (VALUES ('amount', amount), ('unit_price', unit_price), ('rate', rate), ('years', years),
                               ('licences', licences), ('received', received)) part (measure, number)
    CROSS JOIN LATERAL unnest(ARRAY['*', region]) place WHERE counted_as IS NOT NULL AND number IS NOT NULL) stated"""
_COUNTED = f"""
    SELECT concat_ws('.', kind, stage, region, platform) AS name, count(*) AS number FROM filings GROUP BY 1
    UNION ALL SELECT 'acts', count(*) FROM events
    UNION ALL SELECT concat_ws('.', status, coalesce(region, ''), price_form, patent_kind,
                               coalesce(left(classification, 1), '')), count(*)
              FROM listings WHERE status IS NOT NULL GROUP BY 1
    UNION ALL SELECT concat_ws('.', counted_as, measure, price_form, place, band), count(*) FROM {_STATED} GROUP BY 1
    UNION ALL SELECT concat_ws('.', 'exactly', counted_as, measure, price_form, place, number), count(*) FROM {_STATED}
              WHERE measure IN ('amount', 'unit_price', 'rate') GROUP BY 1"""
_KEPT = """
    SELECT concat_ws('.', kind, stage, nullif(region, ''), nullif(platform, '')) AS name, sum(count)::bigint AS number
    FROM filing_counts GROUP BY 1
    UNION ALL SELECT 'acts', sum(count)::bigint FROM act_counts
    UNION ALL SELECT concat_ws('.', status, region, price_form, patent_kind, section), sum(count)::bigint
              FROM listing_counts GROUP BY 1
    UNION ALL SELECT concat_ws('.', counted_as, measure, price_form, region, band), sum(count)::bigint
              FROM band_counts GROUP BY 1
    UNION ALL SELECT concat_ws('.', 'exactly', counted_as, measure, price_form, region, price), sum(count)::bigint
              FROM price_counts GROUP BY 1"""


async def counts_that_differ(connection: Connection) -> list[tuple[str, int, int]]:
    """(number, as counted, as kept) of the numbers of the dashboard and of statistics; of acts all together."""
    rows = await connection.fetch(
        f"""SELECT name, coalesce(c.number, 0) AS counted, coalesce(k.number, 0) AS kept
           FROM ({_COUNTED}) c FULL JOIN ({_KEPT}) k USING (name)
           WHERE coalesce(c.number, 0) <> coalesce(k.number, 0) ORDER BY name"""
    )
    return [(row["name"], row["counted"], row["kept"]) for row in rows]
