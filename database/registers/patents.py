"""Register evidence: what the platform knows about a patent, and from where. No row: not in the register as known."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from database.pool import Connection
from database.record.posting import Json
from database.registers.parties import require_parties
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


@dataclass(frozen=True)
class PatentVersion:
    """Evidence as it was brought once; by None where nobody was named."""

    evidence: Patent
    brought_by: UUID | None
    brought_on: date


_NAMES = tuple(field.name for field in fields(Patent))
_COLUMNS = ", ".join(_NAMES)


async def find_patent(connection: Connection, patent_number: str) -> Patent | None:
    """The evidence for a number in its canonical form."""
    row = await connection.fetchrow(f"SELECT {_COLUMNS} FROM patents WHERE patent_number = $1", patent_number)
    return None if row is None else Patent(**row)


async def put_patents(connection: Connection, patents: Sequence[Patent], brought_by: UUID | None) -> None:
    """Adds evidence: the newest reading of the register stands, and every version is kept with who brought it.

    The same evidence again is no new version. Raises Refused ``party_unknown``.
    """
    if brought_by is not None:
        await require_parties(connection, brought_by)
    await connection.execute(
        f"""WITH given AS (SELECT {_COLUMNS} FROM jsonb_populate_recordset(NULL::patents, $1)),
            kept AS (
                INSERT INTO patent_versions ({_COLUMNS}, brought_by)
                SELECT {_COLUMNS}, $2::uuid FROM given EXCEPT SELECT {_COLUMNS}, $2::uuid FROM patents
            )
            INSERT INTO patents ({_COLUMNS}) SELECT {_COLUMNS} FROM given
            ON CONFLICT (patent_number) DO UPDATE SET
                title = EXCLUDED.title, kind = EXCLUDED.kind, filed_on = EXCLUDED.filed_on,
                granted_on = EXCLUDED.granted_on, status = EXCLUDED.status, source = EXCLUDED.source,
                facts = EXCLUDED.facts""",
        [plain(vars(patent)) for patent in patents],
        brought_by,
    )


async def versions_of(connection: Connection, patent_number: str, until: date) -> list[PatentVersion]:
    """What was brought on or before that day, the newest first."""
    rows = await connection.fetch(
        f"""SELECT {_COLUMNS}, brought_by, brought_on FROM patent_versions
            WHERE patent_number = $1 AND brought_on <= $2 ORDER BY brought_on DESC, id DESC""",
        patent_number,
        until,
    )
    return [
        PatentVersion(Patent(**{name: row[name] for name in _NAMES}), row["brought_by"], row["brought_on"])
        for row in rows
    ]
