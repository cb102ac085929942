"""The lists of filings and of what is to be done: by id or by day, a bounded number at a time."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from database.pool import Connection
from database.reads.filters import Filters, among, part_of
from database.reads.read_model import FilingSummary
from schemas.standing.identity import IdentityKind
from schemas.values.actor import Role

_COLUMNS = ("filing_id", "kind", "workflow_id", "parent_id", "head", "stage", "due_by", "legal_clock", "updated_at")
_SUMMARY = ", ".join(f"f.{column}" for column in _COLUMNS)
_TASK = "filing_id, key, what, role, basis, article, by_on, provisional"
_NUMBER = IdentityKind.DECLARATION_NUMBER.value


@dataclass(frozen=True)
class ListedFiling(FilingSummary):
    """A filing with the names that people know it by, and what is due next: an open task before any deadline."""

    patent_number: str | None
    title: str | None
    declaration_number: str | None
    party: UUID | None
    """Licensor, licensee, the payout's unit, or the authority of a settlement."""
    party_name: str | None
    next_what: str | None
    next_role: str | None
    next_by: date | None
    next_is_open: bool | None


_NAMED = """
    SELECT {summary}, o.patent_number, p.title, named.value AS declaration_number, party.party_id AS party,
           party.public_name AS party_name, next.what AS next_what, next.role AS next_role, next.by_on AS next_by,
           next.is_open AS next_is_open
    FROM (SELECT * FROM filings {where} ORDER BY filing_id LIMIT {limit}) f
    LEFT JOIN licences l ON l.licence_id = f.filing_id
    LEFT JOIN licences above ON f.kind = 'payout' AND above.licence_id = f.parent_id
    LEFT JOIN offers o ON o.declaration_id =
        CASE f.kind WHEN 'declaration' THEN f.filing_id ELSE coalesce(above.declaration_id, f.parent_id) END
    LEFT JOIN patents p ON p.patent_number = o.patent_number
    LEFT JOIN LATERAL (SELECT value FROM identities i
                       WHERE i.filing_id = o.declaration_id AND i.what = '{number}' ORDER BY i.held_order LIMIT 1)
        named ON true
    LEFT JOIN parties party ON party.party_id = CASE f.kind
        WHEN 'declaration' THEN o.licensor WHEN 'licence' THEN l.licensee
        WHEN 'payout' THEN (f.position ->> 'unit')::uuid ELSE (f.position ->> 'authority')::uuid END
    LEFT JOIN LATERAL (
        SELECT * FROM (
            SELECT t.what, t.role, t.by_on, true AS is_open FROM tasks t
            WHERE t.filing_id = f.filing_id AND t.closed_on IS NULL
            UNION ALL
            SELECT d ->> 'what', d ->> 'role', (d ->> 'by')::date, false
            FROM jsonb_array_elements(f.position -> 'deadlines') d
        ) waits ORDER BY by_on NULLS LAST, what LIMIT 1
    ) next ON true
    ORDER BY f.filing_id"""


async def list_filings(
    connection: Connection,
    *,
    filing_id: UUID | None = None,
    kind: str | None = None,
    stage: str | None = None,
    parent_id: UUID | None = None,
    after: UUID | None = None,
    patent_number: str | None = None,
    title: str | None = None,
    party: UUID | None = None,
    declaration_number: str | None = None,
    limit: int = 100,
) -> list[ListedFiling]:
    """Filings by id; ``after``: the last id of the batch before.

    ``patent_number``, ``title`` (a part of it) and ``declaration_number``: only declarations. ``party``: only the
    declarations of that licensor and the licences of that licensee.
    """
    given = Filters()
    given.given("filing_id = {0}", filing_id)
    given.given("kind = {0}", kind)
    given.given("stage = {0}", stage)
    given.given("parent_id = {0}", parent_id)
    given.given("filing_id > {0}", after)
    given.given(among("SELECT declaration_id FROM offers WHERE patent_number = {0}"), patent_number)
    given.given(
        among(
            "SELECT declaration_id FROM offers WHERE patent_number = ANY"
            " (ARRAY(SELECT patent_number FROM patents WHERE searched(title) LIKE searched({0})))"
        ),
        None if title is None else part_of(title),
    )
    given.given(
        among(
            "SELECT declaration_id FROM offers WHERE licensor = {0}",
            "SELECT licence_id FROM licences WHERE licensee = {0}",
        ),
        party,
    )
    given.given(
        among(f"SELECT filing_id FROM identities WHERE what = '{_NUMBER}' AND value = {{0}}"), declaration_number
    )
    place = given.put(limit)
    rows = await connection.fetch(
        _NAMED.format(summary=_SUMMARY, where=given.where, limit=place, number=_NUMBER), *given.values
    )
    return [ListedFiling(**row) for row in rows]


class KnownPatent(NamedTuple):
    """A patent as people know it."""

    patent_number: str
    title: str | None


async def patent_of(connection: Connection, filing_ids: list[UUID]) -> KnownPatent | None:
    """The patent of the first of these filings that has one: declarations, licences under them."""
    row = await connection.fetchrow(
        """SELECT o.patent_number, p.title FROM offers o LEFT JOIN patents p USING (patent_number)
           WHERE o.declaration_id = ANY
               ($1::uuid[] || ARRAY(SELECT declaration_id FROM licences WHERE licence_id = ANY($1))) LIMIT 1""",
        filing_ids,
    )
    return None if row is None else KnownPatent(*row)


@dataclass(frozen=True)
class Due:
    """Something to be done: an open task, or a deadline that becomes one when its day has passed undone.

    ``filing_id`` and ``kind`` are None where it belongs to no filing: what an audit of the night found.
    """

    filing_id: UUID | None
    key: str
    what: str
    role: str
    basis: str
    article: str
    by_on: date | None
    provisional: bool
    is_open: bool
    kind: str | None
    patent_number: str | None
    title: str | None


_DUE = """
    SELECT waits.*, f.kind, p.patent_number, p.title FROM ({waits}) waits
    JOIN filings f USING (filing_id)
    LEFT JOIN licences above ON f.kind = 'payout' AND above.licence_id = f.parent_id
    LEFT JOIN offers o ON o.declaration_id =
        CASE f.kind WHEN 'declaration' THEN f.filing_id ELSE coalesce(above.declaration_id, f.parent_id) END
    LEFT JOIN patents p ON p.patent_number = o.patent_number
    ORDER BY waits.by_on NULLS LAST, waits.filing_id, waits.key"""
_DEADLINES = """
    SELECT f.filing_id, d.key, d.what, d.role, d.basis, d.article, d.by AS by_on, d.provisional, false AS is_open
    FROM unnest(ARRAY['timer', 'acts']) clock
    CROSS JOIN LATERAL (SELECT filing_id, position FROM filings
                        WHERE legal_clock = clock AND due_by <= {until} ORDER BY due_by, filing_id {limit}) f,
         jsonb_to_recordset(f.position -> 'deadlines')
             AS d(key text, what text, role text, basis text, article text, by date, provisional boolean)
    WHERE d.by <= {until}"""


_RECENT_RESULTS = 200
"""Among so many the last result of every audit is, which are done each night; an audit that is not is done no more."""


async def list_due(
    connection: Connection,
    *,
    role: str | None = None,
    by: date | None = None,
    upcoming_until: date | None = None,
    limit: int = 200,
) -> list[Due]:
    """Open tasks, the earliest day first, those without a day last; ``by``: only those of that day or before.

    ``upcoming_until``: also deadlines up to that day. Of a filing with one of them the earliest is in its row, so that
    the first filings have the first deadlines; only with a role all of the window are looked through.
    """
    given = Filters("closed_on IS NULL")
    given.given("role = {0}", role)
    given.given("by_on <= {0}", by)
    most = given.put(limit)
    tasks = f"SELECT {_TASK}, true AS is_open FROM tasks {given.where}"
    waits = f"({tasks} ORDER BY by_on, filing_id, key LIMIT {most})"
    if upcoming_until is not None:
        until = given.put(upcoming_until)
        deadlines = _DEADLINES.format(until=until, limit="" if role else f"LIMIT {most}")
        if role is not None:
            deadlines += f" AND d.role = {given.put(role)}"
        waits = f"{waits} UNION ALL ({deadlines})"
    waits = f"SELECT * FROM ({waits}) either ORDER BY by_on NULLS LAST, filing_id, key LIMIT {most}"
    of_filings = [Due(**row) for row in await connection.fetch(_DUE.format(waits=waits), *given.values)]
    of_nights = await _of_nights(connection, by) if role in (None, Role.OPERATOR) else []
    return [*of_nights, *of_filings][:limit]


async def _of_nights(connection: Connection, by: date | None) -> list[Due]:
    """What the audits of the last night found and nobody has mended: a night that agrees closes it."""
    rows = await connection.fetch(
        """SELECT * FROM (
               SELECT DISTINCT ON (step) step, outcome, (ended_at AT TIME ZONE 'Asia/Shanghai')::date AS found_on
               FROM (SELECT * FROM audit_results ORDER BY result_number DESC LIMIT $2) recent
               ORDER BY step, result_number DESC) last
           WHERE outcome <> 'agrees' AND ($1::date IS NULL OR found_on <= $1) ORDER BY found_on, step""",
        by,
        _RECENT_RESULTS,
    )
    return [
        Due(
            filing_id=None,
            key=f"audit:{row['step']}",
            what="audit_differs" if row["outcome"] == "differs" else "audit_not_done",
            role=Role.OPERATOR,
            basis="service",
            article="",
            by_on=row["found_on"],
            provisional=False,
            is_open=True,
            kind=None,
            patent_number=None,
            title=f"audit {row['step']}",
        )
        for row in rows
    ]
