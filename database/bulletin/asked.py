"""What is asked of the bulletin, and the conditions that it means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from database.pool import Connection
from database.reads.filters import Filters, part_of
from schemas.standing.identity import IdentityKind
from schemas.values.outside import normal
from schemas.values.patent_number import parse_patent_number
from schemas.values.refusal import refuse

Status = Literal["offered", "ended"]
_COMMON = "0.01"
"""Of all titles; two characters that a larger share of them have find too many to be looked up."""
_PART_OF_NUMBER = re.compile(r"(?:ZL|CN)?([0-9]{4,12})(?:\.[0-9X]?)?")
_SUBCLASS = 4


@dataclass(frozen=True)
class Asked:
    """What is asked for; None asks for nothing.

    ``text``: parts of title and patentees, two characters or more, or a number in any printed form. ``patentee``: parts
    of the patentees' names. ``classification``: as far as it is known, ``H``, ``H01``, ``H01M`` or ``H01M10/05``.
    ``region``: of the first patentee. ``status``: offers that stand, or that have ended.
    """

    text: str | None = None
    patentee: str | None = None
    classification: str | None = None
    region: str | None = None
    price_form: str | None = None
    patent_kind: str | None = None
    platform: str | None = None
    status: Status = "offered"


@dataclass(frozen=True)
class Sought:
    """Parts of title or names that are looked for, as they are stored, and each two characters of them.

    ``is_common``: even the rarest two are in many titles, so that an index finds too many of them.
    """

    parts: tuple[str, ...]
    names: tuple[str, ...]
    pairs: tuple[str, ...]
    is_common: bool

    def look_up(self, given: Filters) -> None:
        """The conditions for which an index knows the rows."""
        if self.pairs:
            given.given("grams @> {0}::text[]", list(self.pairs))
        self._see(given, tuple(part for part in self.parts if len(part) != 2))

    def see_each(self, given: Filters) -> None:
        """The same conditions for rows that are looked at one by one."""
        self._see(given, self.parts)

    def _see(self, given: Filters, parts: tuple[str, ...]) -> None:
        for part in parts:
            pattern = given.put(part_of(part))
            given.always(f"(found_title LIKE {pattern} OR found_patentees LIKE {pattern})")
        for name in self.names:
            given.given("found_patentees LIKE {0}", part_of(name))


@dataclass(frozen=True)
class Meant:
    """What is asked for: by value, and by text."""

    asked: Asked
    by_number: tuple[str, object] | None
    sought: Sought

    def narrow(self, given: Filters) -> None:
        """The conditions by value."""
        asked = self.asked
        given.given("status = {0}", asked.status)
        given.given("region = {0}", asked.region)
        given.given("price_form = {0}", asked.price_form)
        given.given("patent_kind = {0}", asked.patent_kind)
        given.given("platform = {0}", asked.platform)
        plain = normal("patent", asked.classification or "")
        if len(plain) == _SUBCLASS:
            given.given("subclass = {0}", plain)
        elif plain:
            given.given("classification LIKE {0}", f"{plain}%" if plain.isalnum() else part_of(plain)[1:])
        if self.by_number is not None:
            given.given(*self.by_number)

    def looked_up(self) -> Filters:
        """All conditions."""
        given = Filters()
        self.narrow(given)
        self.sought.look_up(given)
        return given


async def meant(connection: Connection, asked: Asked) -> Meant:
    """Reads what is asked for. Raises Refused ``search_too_short``: one character alone is in half of all titles."""
    by_number = await _numbered(connection, asked.text) if asked.text else None
    return Meant(asked, by_number, await sought(connection, None if by_number else asked.text, asked.patentee))


async def sought(connection: Connection, text: str | None, patentee: str | None = None) -> Sought:
    """What is looked for in titles and names. Raises Refused ``search_too_short``."""
    parts, names = await _parts(connection, "text", text), await _parts(connection, "patentee", patentee)
    pairs = tuple(dict.fromkeys(pair for part in (*parts, *names) for pair in _pairs(part)))
    # Of one pair alone the statistics know how many have it, and the planner by them which way is shorter.
    return Sought(parts, names, pairs, len(pairs) > 1 and await are_frequent(connection, pairs, _COMMON))


def _pairs(part: str) -> list[str]:
    return [part[place : place + 2] for place in range(len(part) - 1)]


async def _parts(connection: Connection, field: str, text: str | None) -> tuple[str, ...]:
    """The parts in the form in which they are stored; letters and digits alone are looked for."""
    if text is None or not text.strip():
        return ()
    parts: list[str] = await connection.fetchval("SELECT looked_for($1)", text)
    if all(len(part) < 2 for part in parts):
        raise refuse("search_too_short", field, given=text)
    return tuple(dict.fromkeys(parts))


async def are_frequent(connection: Connection, pairs: Sequence[str], share: str) -> bool:
    """Whether even the rarest of these two characters is in more than that share of all titles, as far as is known."""
    common: int = await connection.fetchval(
        """SELECT count(*)
            FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) common (gram, share)
            WHERE schemaname = 'public' AND tablename = 'listings' AND attname = 'grams'
              AND gram = ANY($1) AND share > $2::text::real""",
        list(pairs),
        share,
    )
    return common == len(pairs)


async def _numbered(connection: Connection, text: str) -> tuple[str, object] | None:
    """The condition that a number means, whole or its beginning, of a patent or of a declaration that is known."""
    if not any(one.isdigit() for one in text):
        return None
    try:
        return "patent_number = {0}", parse_patent_number(text)
    except ValueError:
        beginning = _PART_OF_NUMBER.fullmatch(normal("patent", text))
    declaration_id = await connection.fetchval(
        "SELECT filing_id FROM identities WHERE what = $1 AND value = $2 ORDER BY held_order LIMIT 1",
        IdentityKind.DECLARATION_NUMBER.value,
        normal("office_number", text),
    )
    if declaration_id is not None:
        return "declaration_id = {0}", declaration_id
    return None if beginning is None else ("patent_number LIKE {0}", f"{beginning[1]}%")
