"""Lists of filings for people who have signed in: theirs, narrowed and paged, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from database.bulletin.asked import Sought, are_frequent, sought
from database.bulletin.pages import Direction, Page, Place, page_of, planned
from database.console.whose import OF_PARTIES, Whose, ordered_in, relation
from database.pool import Connection
from database.reads.filters import Filters
from schemas.standing.identity import IdentityKind

COUNTED = 1_000
WALKED = 4_000
_RARE = "0.007"
"""Of all titles: of words that no more of them have, a walk would often meet too few for a page, and be for nothing."""
_LISTED = "f.declaration_id IN (SELECT declaration_id FROM listings WHERE {})"


@dataclass(frozen=True)
class Narrowed:
    """Which of them; None narrows nothing.

    ``text``: two characters or more of title or patentees, of declarations and of what is below them; ``due_on``: whose
    earliest open deadline is that day; ``region``, ``platform``: where the filing belongs.
    """

    kind: str | None = None
    stage: str | None = None
    region: str | None = None
    platform: str | None = None
    due_on: date | None = None
    text: str | None = None
    patent_number: str | None = None
    below: UUID | None = None


@dataclass(frozen=True)
class Mine:
    """A filing in a list: what people know it by, where it stands, and what is due next of whom."""

    filing_id: UUID
    kind: str
    stage: str
    begun_at: datetime
    stage_since: datetime
    updated_at: datetime
    parent_id: UUID | None
    region: str | None
    platform: str | None
    patent_number: str | None
    title: str | None
    declaration_number: str | None
    party: UUID | None
    """Licensor, licensee, the payout's unit, or the authority of a settlement."""
    party_name: str | None
    next_what: str | None
    next_role: str | None
    next_by: date | None
    next_basis: Literal["legal", "service"] | None
    next_is_open: bool | None
    """An open task, rather than a deadline that is still to come."""


_OWN = "filing_id, kind, stage, begun_at, stage_since, updated_at, parent_id, region, platform"
_SHOWN = """
    SELECT {own}, l.patent_number, l.title, party.party_id AS party, party.public_name AS party_name,
           (SELECT value FROM identities i WHERE i.filing_id = l.declaration_id AND i.what = '{number}'
            ORDER BY held_order LIMIT 1) AS declaration_number,
           next.what AS next_what, next.role AS next_role, next.by_on AS next_by, next.basis AS next_basis,
           next.is_open AS next_is_open
    FROM ({page}) page JOIN filings f ON f.filing_id = page.filing_id
    LEFT JOIN listings l ON l.declaration_id = f.declaration_id
    LEFT JOIN LATERAL (SELECT party_id FROM filing_parties w
                       WHERE w.filing_id = f.filing_id AND w.relation = CASE f.kind
                           WHEN 'declaration' THEN 'licensor' WHEN 'licence' THEN 'licensee'
                           WHEN 'payout' THEN 'unit' ELSE 'authority' END LIMIT 1) named ON true
    LEFT JOIN parties party ON party.party_id = named.party_id
    LEFT JOIN LATERAL (
        SELECT * FROM (
            SELECT t.what, t.role, t.by_on, t.basis, true AS is_open FROM tasks t
            WHERE t.filing_id = f.filing_id AND t.closed_on IS NULL
            UNION ALL
            SELECT d ->> 'what', d ->> 'role', (d ->> 'by')::date, d ->> 'basis', false
            FROM jsonb_array_elements(f.position -> 'deadlines') d
        ) waits ORDER BY by_on NULLS LAST, what LIMIT 1
    ) next ON true
    ORDER BY f.begun_at {order}, f.filing_id {order}"""


async def mine(
    connection: Connection,
    whose: Sequence[Whose],
    narrowed: Narrowed = Narrowed(),
    *,
    place: Place | None = None,
    direction: Direction = "older",
    size: int = 20,
) -> Page[Mine]:
    """Filings that are theirs by any of the relations, the newest first. Raises Refused ``search_too_short``."""
    if not whose:
        return Page([], None, None)
    async with planned(connection):
        sought_for = await sought(connection, narrowed.text)
        rows = list[Any]()
        page = _Page(whose, narrowed, sought_for, place, direction, size)
        # What is frequent is found soonest among the next ones; what is rare has few titles, and is found from them. Of
        # those that are due on one day a walk would have to look at all filings to meet so many.
        may_walk = bool(sought_for.parts) and narrowed.due_on is None
        walks = may_walk and await are_frequent(connection, sought_for.pairs, _RARE)
        if walks:
            rows = await _fetch(connection, replace(page, walks=True))
        if not walks or (len(rows) <= size and await _goes_on(connection, page)):
            rows = await _fetch(connection, page)
    return page_of(
        [Mine(**row) for row in rows], size, place, direction, lambda row: Place(row.begun_at, row.filing_id)
    )


async def counted_of(connection: Connection, whose: Sequence[Whose], narrowed: Narrowed) -> tuple[int, bool]:
    """How many they are, up to ``COUNTED``, and whether there are more."""
    if not whose:
        return 0, False
    async with planned(connection):
        given = Filters()
        conditions = _conditions(given, narrowed)
        _look_up(await sought(connection, narrowed.text), given, conditions)
        most = given.put(COUNTED + 1)
        found = " UNION ".join(f"({_found(one, given, conditions)} LIMIT {most})" for one in dict.fromkeys(whose))
        number: int = await connection.fetchval(
            f"SELECT count(*) FROM (SELECT * FROM ({found}) either LIMIT {most}) part", *given.values
        )
    return min(number, COUNTED), number > COUNTED


@dataclass(frozen=True)
class _Page:
    """One page as it is asked for; ``walks``: only among the next ``WALKED`` ones, looked at one by one."""

    whose: Sequence[Whose]
    narrowed: Narrowed
    sought: Sought
    place: Place | None
    direction: Direction
    size: int
    walks: bool = False

    @property
    def _order(self) -> str:
        return "DESC" if self.direction == "older" else "ASC"

    def _beyond(self, given: Filters) -> str | None:
        sign = "<" if self.direction == "older" else ">"
        return None if self.place is None else f"{sign} ({given.put(self.place.at)}, {given.put(self.place.id)})"

    def beyond_the_walk(self) -> tuple[str, list[object]]:
        """Whether any relation has one more than a walk looks at."""
        given = Filters()
        conditions = _conditions(given, self.narrowed)
        beyond, walked = self._beyond(given), given.put(WALKED)
        more = (
            f"EXISTS ({_found(one, given, conditions, beyond)}"
            f" ORDER BY {_placed(one, self._order)} OFFSET {walked} LIMIT 1)"
            for one in dict.fromkeys(self.whose)
        )
        return f"SELECT {' OR '.join(more)}", given.values

    def query(self) -> tuple[str, list[object]]:
        """The query with its values."""
        order = self._order
        newest = f"ORDER BY begun_at {order}, filing_id {order}"
        given = Filters()
        conditions = _conditions(given, self.narrowed)
        beyond = self._beyond(given)
        looks_up = (bool(self.sought.parts) or self.narrowed.due_on is not None) and not self.walks
        if looks_up:
            _look_up(self.sought, given, conditions)
        most = given.put(WALKED if self.walks else self.size + 1)
        # What is too rare for the walk is found from titles or the day: to look for the newest would read everything.
        found = " UNION ".join(
            f"(SELECT * FROM ({_found(one, given, conditions, beyond)} OFFSET 0) told {newest} LIMIT {most})"
            if looks_up
            else f"({_found(one, given, conditions, beyond)} ORDER BY {_placed(one, order)} LIMIT {most})"
            for one in dict.fromkeys(self.whose)
        )
        page = f"SELECT * FROM ({found}) either {newest} LIMIT {most}"
        if self.walks:
            seen = Filters()
            seen.values = given.values
            self.sought.see_each(seen)
            page = (
                f"SELECT * FROM ({page}) next JOIN listings USING (declaration_id) {seen.where} {newest}"
                f" LIMIT {given.put(self.size + 1)}"
            )
        own = ", ".join(f"f.{column}" for column in _OWN.split(", "))
        number = IdentityKind.DECLARATION_NUMBER.value
        return _SHOWN.format(own=own, page=page, order=order, number=number), given.values


async def _goes_on(connection: Connection, page: _Page) -> bool:
    """Whether there are more than were walked: what a walk to the end did not find is not there.

    Of a whole platform there are always taken to be more: to see whether there are would be a walk again.
    """
    if any(one.relation not in OF_PARTIES for one in page.whose):
        return True
    query, values = page.beyond_the_walk()
    return bool(await connection.fetchval(query, *values))


async def _fetch(connection: Connection, page: _Page) -> list[Any]:
    query, values = page.query()
    return await connection.fetch(query, *values)


def _found(one: Whose, given: Filters, conditions: Sequence[str], beyond: str | None = None) -> str:
    """The ids and instants of one relation's filings; ``beyond``: of those before or after a place."""
    ordered = ordered_in(one.relation)
    paged = () if beyond is None else (f"({ordered}.begun_at, {ordered}.filing_id) {beyond}",)
    theirs = " AND ".join((relation(one.relation, given.put(one.who)), *conditions, *paged))
    return f"SELECT {ordered}.filing_id, {ordered}.begun_at, f.declaration_id {theirs}"


def _placed(one: Whose, order: str) -> str:
    ordered = ordered_in(one.relation)
    return f"{ordered}.begun_at {order}, {ordered}.filing_id {order}"


def _conditions(given: Filters, narrowed: Narrowed) -> list[str]:
    asked = (
        ("f.kind = {0}", narrowed.kind),
        ("f.stage = {0}", narrowed.stage),
        ("f.region = {0}", narrowed.region),
        ("f.platform = {0}", narrowed.platform),
        ("f.legal_clock IN ('timer', 'acts') AND f.due_by = {0}", narrowed.due_on),
        ("f.parent_id = {0}", narrowed.below),
        (_LISTED.format("patent_number = {0}"), narrowed.patent_number),
    )
    return [condition.format(given.put(value)) for condition, value in asked if value is not None]


def _look_up(sought_for: Sought, given: Filters, conditions: list[str]) -> None:
    if sought_for.parts:
        looking = Filters()
        looking.values = given.values
        sought_for.look_up(looking)
        conditions.append(_LISTED.format(looking.where.removeprefix("WHERE ")))
