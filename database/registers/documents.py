"""The evidence store: documents by content hash, inserted once, never changed. They do not travel; their hashes do."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from database.pool import Connection
from database.registers.parties import require_parties
from schemas.values.refusal import Fault, refuse

LARGEST_DOCUMENT = 10 * 1024 * 1024


@dataclass(frozen=True)
class DocumentCard:
    """What is known of a document without reading it."""

    content_hash: str
    name: str
    media_type: str
    size: int
    added_at: datetime
    added_by: UUID


async def add_document(
    connection: Connection, body: bytes, *, name: str, media_type: str, added_by: UUID, content_hash: str | None = None
) -> str:
    """Stores a document and returns its SHA-256 in hex; the same bytes again change nothing.

    ``content_hash``: what the sender says it is. Raises Refused ``document_too_large`` (over 10 MB), ``document_empty``
    or ``document_hash_differs`` before anything reaches the database, and ``party_unknown``.
    """
    if len(body) > LARGEST_DOCUMENT:
        raise refuse("document_too_large", name, size=len(body), largest=LARGEST_DOCUMENT)
    if not body:
        raise refuse("document_empty", name)
    computed = sha256(body).hexdigest()
    if content_hash is not None and content_hash != computed:
        raise refuse("document_hash_differs", name, stated=content_hash, computed=computed)
    await require_parties(connection, added_by)
    await connection.execute(
        """INSERT INTO documents (content_hash, name, media_type, size, body, added_by) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (content_hash) DO NOTHING""",
        computed,
        name,
        media_type,
        len(body),
        body,
        added_by,
    )
    return computed


async def read_document(connection: Connection, content_hash: str) -> bytes | None:
    """The bytes, compared with their hash; a Fault when they are not what was stored."""
    body = await body_of(connection, content_hash)
    if body is not None and sha256(body).hexdigest() != content_hash:
        raise Fault("database", f"document {content_hash} has other bytes than were stored", retry=False)
    return body


async def document_hashes(connection: Connection) -> AsyncIterator[str]:
    """The hashes of all documents, as they stand there."""
    async for row in connection.cursor("SELECT content_hash FROM documents ORDER BY content_hash"):
        yield row["content_hash"]


async def body_of(connection: Connection, content_hash: str) -> bytes | None:
    """The bytes as they stand there; whoever asks compares them with the hash."""
    body: bytes | None = await connection.fetchval("SELECT body FROM documents WHERE content_hash = $1", content_hash)
    return body


async def find_document(connection: Connection, content_hash: str) -> DocumentCard | None:
    """A document's card."""
    row = await connection.fetchrow(
        "SELECT content_hash, name, media_type, size, added_at, added_by FROM documents WHERE content_hash = $1",
        content_hash,
    )
    return None if row is None else DocumentCard(**row)


async def missing_names(
    connection: Connection, content_hashes: Sequence[str], party_ids: Sequence[UUID]
) -> frozenset[str | UUID]:
    """Those of the hashes that no document has, and of the ids that no party has; an act that names one is refused.

    One statement, since every act asks.
    """
    rows = await connection.fetch(
        """SELECT content_hash, NULL::uuid AS party_id FROM unnest($1::text[]) asked(content_hash)
           WHERE NOT EXISTS (SELECT FROM documents d WHERE d.content_hash = asked.content_hash)
           UNION ALL
           SELECT NULL, party_id FROM unnest($2::uuid[]) asked(party_id)
           WHERE NOT EXISTS (SELECT FROM parties p WHERE p.party_id = asked.party_id)""",
        content_hashes,
        party_ids,
    )
    return frozenset(row["content_hash"] or row["party_id"] for row in rows)
