"""Whether what a filter names is there at all, and what is written most like it. Reads only."""

from typing import NamedTuple
from uuid import UUID

from database.pool import Connection
from schemas.standing.identity import IdentityKind

_NEAR = 3
"""How many before and after a number are told as its nearest."""


async def is_patent_known(connection: Connection, number: str) -> bool:
    """Whether the register has the patent, or a declaration offers it."""
    found: bool = await connection.fetchval(
        """SELECT EXISTS (SELECT FROM patents WHERE patent_number = $1)
               OR EXISTS (SELECT FROM offers WHERE patent_number = $1)""",
        number,
    )
    return found


async def patents_near(connection: Connection, number: str) -> list[str]:
    """The patents of the register whose numbers stand next to this one in order."""
    rows = await connection.fetch(
        """(SELECT patent_number FROM patents WHERE patent_number >= $1 ORDER BY patent_number LIMIT $2)
           UNION ALL
           (SELECT patent_number FROM patents WHERE patent_number < $1 ORDER BY patent_number DESC LIMIT $2)""",
        number,
        _NEAR,
    )
    return [row["patent_number"] for row in rows]


async def numbers_near(connection: Connection, what: IdentityKind, number: str) -> list[str]:
    """The numbers of that kind which stand next to this one in order."""
    rows = await connection.fetch(
        """(SELECT value FROM identities WHERE what = $1 AND value >= $2 ORDER BY value LIMIT $3)
           UNION
           (SELECT value FROM identities WHERE what = $1 AND value < $2 ORDER BY value DESC LIMIT $3)""",
        what.value,
        number,
        _NEAR,
    )
    return [row["value"] for row in rows]


async def names_near(connection: Connection, name: str) -> list[str]:
    """Organisations whose names have most in common with this one."""
    rows = await connection.fetch(
        """SELECT public_name FROM parties WHERE searched(public_name) % searched($1)
           ORDER BY similarity(searched(public_name), searched($1)) DESC, public_name LIMIT $2""",
        name,
        _NEAR,
    )
    return [row["public_name"] for row in rows]


async def has_asked(connection: Connection, who: UUID) -> bool:
    """Whether the party is registered, or asked for something in vain without being so."""
    found: bool = await connection.fetchval(
        """SELECT EXISTS (SELECT FROM parties WHERE party_id = $1)
               OR EXISTS (SELECT FROM audit_log WHERE who = $1)""",
        who,
    )
    return found


async def was_asked_of(connection: Connection, filing_id: UUID) -> bool:
    """Whether there is such a filing, or was one asked for in vain."""
    found: bool = await connection.fetchval(
        """SELECT EXISTS (SELECT FROM filings WHERE filing_id = $1)
               OR EXISTS (SELECT FROM audit_log WHERE filing_id = $1)""",
        filing_id,
    )
    return found


class Cited(NamedTuple):
    """A clause that a line of money rests on."""

    provision: str
    instrument: str | None


async def clauses_cited(connection: Connection) -> list[Cited]:
    """Every clause that some line of money rests on."""
    rows = await connection.fetch("SELECT DISTINCT provision, instrument FROM line_clauses ORDER BY 1, 2")
    return [Cited(**row) for row in rows]
