"""What is to be done in the filings that somebody may see."""

from collections.abc import Sequence

from database.console.whose import Whose, relation
from database.pool import Connection
from database.reads.filters import Filters
from database.reads.lists import Due, list_due
from schemas.values.actor import Role


async def tasks_of_mine(
    connection: Connection, whose: Sequence[Whose], role: Role | None, limit: int = 100
) -> list[Due]:
    """Open tasks of that role, or of all, the earliest day first and those without a day last."""
    if any(one.relation == "all" for one in whose):
        return [one for one in await list_due(connection, role=role, limit=limit) if one.filing_id is not None]
    if not whose:
        return []
    given = Filters("closed_on IS NULL")
    given.given("role = {0}", role)
    theirs = " UNION ".join(f"SELECT f.filing_id {relation(one.relation, given.put(one.who))}" for one in whose)
    rows = await connection.fetch(
        f"""SELECT t.filing_id, t.key, t.what, t.role, t.basis, t.article, t.by_on, t.provisional, true AS is_open,
                   f.kind, l.patent_number, l.title
            FROM (SELECT * FROM tasks {given.where} AND filing_id IN ({theirs})
                  ORDER BY by_on NULLS LAST, filing_id, key LIMIT {given.put(limit)}) t
            JOIN filings f USING (filing_id)
            LEFT JOIN licences above ON f.kind = 'payout' AND above.licence_id = f.parent_id
            LEFT JOIN listings l ON l.declaration_id =
                CASE f.kind WHEN 'declaration' THEN f.filing_id ELSE coalesce(above.declaration_id, f.parent_id) END
            ORDER BY t.by_on NULLS LAST, t.filing_id, t.key""",
        *given.values,
    )
    return [Due(**row) for row in rows]
