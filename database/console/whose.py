"""Whose a filing is: one piece of SQL per relation, which lists select from and the check of a single filing asks.

So a list never shows what a page refuses. What somebody may see *of* a filing that is his, the table of rights says.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args
from uuid import UUID

from database.pool import Connection
from database.reads.filters import Filters

Relation = Literal[
    "licensor", "co_owner", "agent", "licensee", "unit", "inventor", "authority", "claimant", "platform", "all"
]
"""What somebody is to a filing. ``unit``: owes a payout; ``platform``: runs the sub-platform that the filing names;
``all``: runs the whole, or audits it. The others are those of ``filing_parties``."""
OF_PARTIES = tuple(one for one in get_args(Relation) if one not in ("platform", "all"))


class Whose(NamedTuple):
    """A relation and who has it: a party's id, the name of a sub-platform, or None for ``all``."""

    relation: Relation
    who: UUID | str | None = None


def relation(name: Relation, party: str) -> str:
    """``FROM … WHERE …`` of the filings ``f`` to which ``party``, a place such as ``$1``, has this relation."""
    if name == "all":
        return f"FROM filings f WHERE {party}::text IS NULL"
    if name == "platform":
        return f"FROM filings f WHERE f.platform = {party}::text"
    if name not in OF_PARTIES:
        raise ValueError(f"nobody is {name} of a filing")
    return (
        "FROM filing_parties w JOIN filings f ON f.filing_id = w.filing_id"
        f" WHERE w.party_id = {party}::uuid AND w.relation = '{name}'"
    )


def among_theirs(whose: Sequence[Whose], given: Filters) -> str | None:
    """The condition that ``filing_id`` is one of theirs; None for whoever sees all."""
    if any(one.relation == "all" for one in whose):
        return None
    found = " UNION ".join(f"SELECT f.filing_id {relation(one.relation, given.put(one.who))}" for one in whose)
    return f"filing_id IN ({found})"


def ordered_in(name: Relation) -> Literal["f", "w"]:
    """Whose ``begun_at`` and ``filing_id`` an index keeps in order for that relation; both say the same."""
    return "w" if name in OF_PARTIES else "f"


async def may_see(connection: Connection, filing_id: UUID, whose: Sequence[Whose]) -> bool:
    """Whether the filing is theirs by any of the relations; a filing that does not exist is nobody's."""
    if not whose:
        return False
    any_of = " OR ".join(
        f"EXISTS (SELECT {relation(one.relation, f'${place}')} AND f.filing_id = $1)"
        for place, one in enumerate(whose, start=2)
    )
    found: bool = await connection.fetchval(f"SELECT {any_of}", filing_id, *(one.who for one in whose))
    return found


async def busiest(connection: Connection, name: Relation, *, person: bool) -> UUID | None:
    """The person, or the organisation, to whom most filings are of that relation; None where there is none."""
    found: UUID | None = await connection.fetchval(
        """SELECT w.party_id FROM filing_parties w JOIN parties p USING (party_id)
           WHERE w.relation = $1 AND p.kind = $2
           GROUP BY w.party_id ORDER BY count(*) DESC, w.party_id LIMIT 1""",
        name,
        "person" if person else "organisation",
    )
    return found
