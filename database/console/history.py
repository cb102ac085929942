"""What happened in one filing, act by act: where each led, what it says, and the papers that it names. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class Told:
    """An act of a filing; ``was`` and ``stage``: where the filing stood before and after, as known then."""

    version: int
    act_id: UUID
    legal_on: date
    recorded_at: datetime
    act: dict[str, Any]
    was: str | None
    stage: str | None


@dataclass(frozen=True)
class Stood:
    """Where a filing stood after an act, in the order of recording; ``tracks``: those that had begun."""

    version: int
    legal_on: date
    act: str
    stage: str
    tracks: dict[str, str]


@dataclass(frozen=True)
class Recorded:
    """One event with what proves it, but for its bytes."""

    version: int
    act_id: UUID
    kind: str
    legal_on: date
    recorded_at: datetime
    size: int
    """Of the bytes that are hashed."""
    content_hash: str | None
    """SHA-256 of the body, as receipts print it; None where no answer was kept."""
    previous_hash: bytes
    hash: bytes
    code_version: str


@dataclass(frozen=True)
class NamedDocument:
    """A paper that an act of the filing names, with the first act that does."""

    content_hash: str
    name: str
    media_type: str
    size: int
    added_at: datetime
    version: int
    act_id: UUID
    act: str
    legal_on: date


async def told_of(
    connection: Connection,
    filing_id: UUID,
    before_on: date | None = None,
    before_version: int | None = None,
    limit: int = 100,
) -> list[Told]:
    """The acts of a filing by their legal days, the last first; ``before_on``, ``before_version``: the last shown."""
    rows = await connection.fetch(
        """SELECT * FROM (
               SELECT e.version, e.act_id, e.legal_on, e.recorded_at, e.body -> 'act' AS act,
                      lag(a.answer #>> '{head,stage}') OVER (ORDER BY e.version) AS was,
                      a.answer #>> '{head,stage}' AS stage
               FROM events e LEFT JOIN acts a ON a.act_id = e.act_id WHERE e.filing_id = $1) told
           WHERE $2::date IS NULL OR (legal_on, version) < ($2, $3::int)
           ORDER BY legal_on DESC, version DESC LIMIT $4""",
        filing_id,
        before_on,
        before_version,
        limit,
    )
    return [Told(**row) for row in rows]


async def stood_at(connection: Connection, filing_id: UUID) -> list[Stood]:
    """Where it stood after each act, as it was known then."""
    rows = await connection.fetch(
        """SELECT e.version, e.legal_on, e.body #>> '{act,kind}' AS act, a.answer #>> '{head,stage}' AS stage,
                  a.answer #> '{head,tracks}' AS tracks
           FROM events e JOIN acts a ON a.act_id = e.act_id WHERE e.filing_id = $1 ORDER BY e.version""",
        filing_id,
    )
    return [Stood(**row) for row in rows]


_RECORDED = """SELECT e.version, e.act_id, e.kind, e.legal_on, e.recorded_at, octet_length(e.canonical) AS size,
       a.answer ->> 'content_hash' AS content_hash, e.previous_hash, e.hash, e.code_version
FROM events e LEFT JOIN acts a ON a.act_id = e.act_id"""


async def recorded_of(connection: Connection, filing_id: UUID, after: int = 0, limit: int = 50) -> list[Recorded]:
    """The events of a filing with their hashes, in the order of their chain; ``after``: the last version shown."""
    rows = await connection.fetch(
        f"{_RECORDED} WHERE e.filing_id = $1 AND e.version > $2 ORDER BY e.version LIMIT $3", filing_id, after, limit
    )
    return [Recorded(**row) for row in rows]


async def find_recorded(
    connection: Connection, filing_id: UUID, version: int
) -> tuple[Recorded, dict[str, Any], bytes] | None:
    """One event with its body and the bytes that are hashed; None where the filing has none of that version."""
    row = await connection.fetchrow(f"{_RECORDED} WHERE e.filing_id = $1 AND e.version = $2", filing_id, version)
    if row is None:
        return None
    kept = await connection.fetchrow(
        "SELECT body, canonical FROM events WHERE filing_id = $1 AND version = $2", filing_id, version
    )
    assert kept is not None  # no event goes
    return Recorded(**row), kept["body"], kept["canonical"]


async def documents_of(
    connection: Connection, filing_id: UUID, after_version: int = 0, after_hash: str = "", limit: int = 100
) -> list[NamedDocument]:
    """The papers that acts of the filing name, in the order of recording; ``after_…``: the last one shown."""
    rows = await connection.fetch(
        """WITH named AS (
               SELECT DISTINCT ON (content_hash) content_hash, version, act_id, act, legal_on FROM (
                   SELECT found[1] AS content_hash, version, act_id, body #>> '{act,kind}' AS act, legal_on
                   FROM events, regexp_matches((body -> 'act')::text, '"([0-9a-f]{64})"', 'g') found
                   WHERE filing_id = $1) every
               ORDER BY content_hash, version)
           SELECT d.content_hash, d.name, d.media_type, d.size, d.added_at, n.version, n.act_id, n.act, n.legal_on
           FROM named n JOIN documents d ON d.content_hash = n.content_hash
           WHERE (n.version, n.content_hash) > ($2, $3) ORDER BY n.version, n.content_hash LIMIT $4""",
        filing_id,
        after_version,
        after_hash,
        limit,
    )
    return [NamedDocument(**row) for row in rows]
