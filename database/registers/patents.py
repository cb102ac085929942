"""Register evidence: what the platform knows about a patent, and from where. No row: not in the register as known."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from database.pool import Connection
from database.record.posting import Json
from schemas.values.canonical import plain


@dataclass(frozen=True)
class Patent:
    """A patent as a source printed it; days that the source does not give are None, never guessed."""

    patent_number: str
    title: str
    kind: str
    filed_on: date | None
    granted_on: date | None
    status: str
    source: str
    facts: Json


_COLUMNS = ", ".join(field.name for field in fields(Patent))


async def find_patent(connection: Connection, patent_number: str) -> Patent | None:
    """The evidence for a number in its canonical form."""
    row = await connection.fetchrow(f"SELECT {_COLUMNS} FROM patents WHERE patent_number = $1", patent_number)
    return None if row is None else Patent(**row)


async def put_patents(connection: Connection, patents: Sequence[Patent]) -> None:
    """Adds or replaces evidence; the newest reading of the register stands, what acts relied on is in their facts."""
    await connection.execute(
        f"""INSERT INTO patents ({_COLUMNS})
            SELECT {_COLUMNS} FROM jsonb_populate_recordset(NULL::patents, $1)
            ON CONFLICT (patent_number) DO UPDATE SET
                title = EXCLUDED.title, kind = EXCLUDED.kind, filed_on = EXCLUDED.filed_on,
                granted_on = EXCLUDED.granted_on, status = EXCLUDED.status, source = EXCLUDED.source,
                facts = EXCLUDED.facts""",
        [plain(vars(patent)) for patent in patents],
    )
