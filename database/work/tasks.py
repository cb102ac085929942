"""What is to be done in the filings that somebody may see, and who of an organisation does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from database.bulletin.pages import Direction, Page, Place, page_of, planned
from database.console.whose import Whose, among_theirs
from database.pool import Connection
from database.reads.filters import Filters
from schemas.values.actor import Role

TaskKey = tuple[UUID, str]
"""A task: its filing, and its key within it."""
_DAY = "coalesce(by_on, 'infinity'::date)"


@dataclass(frozen=True)
class NarrowedTasks:
    """Which of them; None narrows nothing.

    ``by``: due on that day or before; ``done_by``: by one of these people; ``is_free``: by nobody of the organisation.
    """

    kind: str | None = None
    by: date | None = None
    basis: Literal["legal", "service"] | None = None
    done_by: tuple[UUID, ...] | None = None
    is_free: bool = False


@dataclass(frozen=True)
class OpenTask:
    """One thing to be done. ``assigned_to``: who of the asking organisation does it; None: nobody yet."""

    filing_id: UUID
    key: str
    what: str
    role: str
    basis: Literal["legal", "service"]
    article: str
    by_on: date | None
    provisional: bool
    opened_on: date
    kind: str
    patent_number: str | None
    title: str | None
    assigned_to: UUID | None


async def tasks_of_mine(
    connection: Connection,
    whose: Sequence[Whose],
    role: Role,
    organisation_id: UUID | None = None,
    narrowed: NarrowedTasks = NarrowedTasks(),
    *,
    place: Place | None = None,
    direction: Direction = "older",
    size: int = 20,
) -> Page[OpenTask]:
    """Open tasks of that role, the earliest day first and those without a day last; ``older`` are those that follow."""
    if not whose:
        return Page([], None, None)
    given = Filters("closed_on IS NULL")
    given.given("role = {0}", role.value)
    given.given("EXISTS (SELECT FROM filings f WHERE f.filing_id = tasks.filing_id AND f.kind = {0})", narrowed.kind)
    given.given("by_on <= {0}", narrowed.by)
    given.given("basis = {0}", narrowed.basis)
    own = f"task_assignments a WHERE a.organisation_id = {given.put(organisation_id)}"
    doing = f"(filing_id, key) IN (SELECT filing_id, key FROM {own} AND assigned_to = ANY({{0}}))"
    given.given(doing, narrowed.done_by)
    if narrowed.is_free:
        given.always(
            f"NOT EXISTS (SELECT FROM {own} AND a.filing_id = tasks.filing_id AND a.key = tasks.key"
            " AND a.assigned_to IS NOT NULL)"
        )
    if (theirs := among_theirs(whose, given)) is not None:
        given.always(theirs)
    sign, order = (">", "ASC") if direction == "older" else ("<", "DESC")
    if place is not None:
        at, filing_id, key = given.put(place.at), given.put(place.id), given.put(place.key)
        given.always(f"({_DAY}, filing_id, key) {sign} ({at}::date, {filing_id}::uuid, {key})")
    in_order = f"ORDER BY {_DAY} {order}, filing_id {order}, key {order}"
    async with planned(connection):
        rows = await connection.fetch(
            f"""SELECT filing_id, t.key, what, role, basis, article, by_on, provisional, opened_on, f.kind,
                       l.patent_number, l.title,
                       (SELECT assigned_to FROM {own} AND a.filing_id = t.filing_id AND a.key = t.key) AS assigned_to
                FROM (SELECT * FROM tasks {given.where} {in_order} LIMIT {given.put(size + 1)}) t
                JOIN filings f USING (filing_id)
                LEFT JOIN listings l ON l.declaration_id = f.declaration_id {in_order}""",
            *given.values,
        )
    return page_of([OpenTask(**row) for row in rows], size, place, direction, _place_of)


def _place_of(task: OpenTask) -> Place:
    return Place(task.by_on or date.max, task.filing_id, task.key)


Way = Literal["take", "give", "give_back"]
"""``take``: only what nobody has; ``give``: to whoever is named, whoever had it; ``give_back``: to nobody."""


async def assign(
    connection: Connection,
    whose: Sequence[Whose],
    role: Role,
    organisation_id: UUID,
    tasks: Sequence[TaskKey],
    way: Way,
    to: UUID | None,
    by: UUID,
) -> list[UUID]:
    """Divides open tasks of that role that they may see; the filings of those whose doer is another one now."""
    given = Filters("t.closed_on IS NULL")
    given.given("t.role = {0}", role.value)
    ids, keys = given.put([one for one, _ in tasks]), given.put([key for _, key in tasks])
    given.always(f"(t.filing_id, t.key) IN (SELECT * FROM unnest({ids}::uuid[], {keys}::text[]))")
    if whose and (theirs := among_theirs(whose, given)) is not None:
        given.always(theirs)
    unit, doer, who = given.put(organisation_id), given.put(to), given.put(by)
    rows = await connection.fetch(
        f"""INSERT INTO task_assignments AS old (organisation_id, filing_id, key, assigned_to, assigned_by)
            SELECT {unit}::uuid, filing_id, key, {doer}::uuid, {who}::uuid FROM tasks t {given.where}
            AND ({doer} IS NOT NULL OR EXISTS (SELECT FROM task_assignments a WHERE a.organisation_id = {unit}
                 AND a.filing_id = t.filing_id AND a.key = t.key))
            ON CONFLICT (organisation_id, filing_id, key) DO UPDATE
                SET assigned_to = excluded.assigned_to, assigned_by = excluded.assigned_by,
                    assigned_at = clock_timestamp()
                WHERE old.assigned_to IS DISTINCT FROM excluded.assigned_to
                  AND ({given.put(way)} <> 'take' OR old.assigned_to IS NULL)
            RETURNING filing_id""",
        *given.values,
    )
    return [row["filing_id"] for row in rows]
