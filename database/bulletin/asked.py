"""What is asked of the bulletin, and the conditions that it means."""

import re
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
_SUBCLASS = re.compile(r"[A-H][0-9]{2}[A-Z]")


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
class Meant:
    """The conditions. ``walks``: what is asked for is so common that to walk from the newest finds it sooner."""

    given: Filters
    walks: bool = False


async def meant(connection: Connection, asked: Asked) -> Meant:
    """Reads what is asked for. Raises Refused ``search_too_short``: one character alone is in half of all titles."""
    given = Filters()
    given.given("status = {0}", asked.status)
    given.given("region = {0}", asked.region)
    given.given("price_form = {0}", asked.price_form)
    given.given("patent_kind = {0}", asked.patent_kind)
    given.given("platform = {0}", asked.platform)
    _classified(given, asked.classification)
    text = asked.text
    if text is not None and await _numbered(connection, given, text):
        text = None
    return Meant(given, await searched(connection, given, text, asked.patentee))


async def searched(connection: Connection, given: Filters, text: str | None, patentee: str | None = None) -> bool:
    """Adds what the text, and the patentees' names, have to have in them; whether walking finds it sooner."""
    parts, names = await _parts(connection, "text", text), await _parts(connection, "patentee", patentee)
    pairs = list(dict.fromkeys(pair for part in (*parts, *names) for pair in _pairs(part)))
    if not pairs:
        return False
    rarest, is_common = await _rarest(connection, pairs)
    walks = is_common and pairs != parts  # pairs alone are what the statistics are about: the planner knows best
    given.given("grams @> {0}::text[]", [rarest] if walks else pairs)
    for part in parts:
        if len(part) != 2 or (walks and part != rarest):
            pattern = given.put(part_of(part))
            given.always(f"(found_title LIKE {pattern} OR found_patentees LIKE {pattern})")
    for name in names:
        given.given("found_patentees LIKE {0}", part_of(name))
    return walks


def _pairs(part: str) -> list[str]:
    return [part[place : place + 2] for place in range(len(part) - 1)]


async def _parts(connection: Connection, field: str, text: str | None) -> list[str]:
    """The parts in the form in which they are stored; letters and digits alone are looked for."""
    if text is None or not text.strip():
        return []
    parts: list[str] = await connection.fetchval("SELECT looked_for($1)", text)
    if all(len(part) < 2 for part in parts):
        raise refuse("search_too_short", field, given=text)
    return list(dict.fromkeys(parts))


async def _rarest(connection: Connection, pairs: list[str]) -> tuple[str, bool]:
    """The pair that the fewest titles have, and whether even that one is common."""
    rows = await connection.fetch(
        f"""SELECT gram, share > {_COMMON} AS is_common
            FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) common (gram, share)
            WHERE schemaname = 'public' AND tablename = 'listings' AND attname = 'grams' AND gram = ANY($1)
            ORDER BY share""",
        pairs,
    )
    known = {row["gram"]: bool(row["is_common"]) for row in rows}
    return next(((pair, False) for pair in pairs if pair not in known), None) or next(iter(known.items()))


def _classified(given: Filters, classification: str | None) -> None:
    if not classification or not (plain := normal("patent", classification)):
        return
    if _SUBCLASS.match(plain):
        given.given("subclass = {0}", plain[:4])
    if len(plain) != 4 or not _SUBCLASS.match(plain):
        given.given("classification LIKE {0}", part_of(plain)[1:])


async def _numbered(connection: Connection, given: Filters, text: str) -> bool:
    """Whether the text is a number, whole or its beginning, of a patent or of a declaration that is known."""
    try:
        given.given("patent_number = {0}", parse_patent_number(text))
        return True
    except ValueError:
        beginning = _PART_OF_NUMBER.fullmatch(normal("patent", text))
    if not any(one.isdigit() for one in text):
        return False
    declaration_id = await connection.fetchval(
        "SELECT filing_id FROM identities WHERE what = $1 AND value = $2 ORDER BY held_order LIMIT 1",
        IdentityKind.DECLARATION_NUMBER.value,
        normal("office_number", text),
    )
    if declaration_id is not None:
        given.given("declaration_id = {0}", declaration_id)
    elif beginning is not None:
        given.given("patent_number LIKE {0}", f"{beginning[1]}%")
    return declaration_id is not None or beginning is not None
