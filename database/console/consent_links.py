"""Links by which co-owners consent: each for one co-owner and one content, for a few days, and once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from database.bulletin.pages import Place, Portion, portion_of
from database.pool import Connection
from database.reads.filters import Filters

Ended = Literal["consented", "declined", "withdrawn"]
LASTS, CODE_LASTS, MOST_TRIES = timedelta(days=14), timedelta(minutes=30), 5


@dataclass(frozen=True)
class ConsentLink:
    """One link; ``holds``: neither used nor withdrawn nor out of its time, and nobody has guessed at its code."""

    link_id: UUID
    draft_id: UUID
    account_id: UUID
    organisation_id: UUID | None
    made_by: UUID
    party_id: UUID
    content_hash: str
    made_at: datetime
    ends_at: datetime
    code_asked_at: datetime | None
    code_by: UUID | None
    proof_hash: bytes | None
    proved_at: datetime | None
    ended_as: Ended | None
    document_hash: str | None
    holds: bool
    has_code: bool
    """A code was handed over, and still holds."""


_COLUMNS = f"""link_id, draft_id, account_id, organisation_id, made_by, party_id, content_hash, made_at, ends_at,
    code_asked_at, code_by, proof_hash, proved_at, ended_as, document_hash,
    ended_at IS NULL AND ends_at > clock_timestamp() AND tries < {MOST_TRIES} AS holds,
    code_hash IS NOT NULL AND code_ends_at > clock_timestamp() AS has_code"""
_HOLDS = f"ended_at IS NULL AND ends_at > clock_timestamp() AND tries < {MOST_TRIES}"
_WAITS = f"""code_asked_at > now() - interval '{LASTS.days} days' AND proved_at IS NULL AND {_HOLDS}"""
"""For a code; whoever asked longer ago than a link lasts asked at one that is over, and is not looked at."""


async def add_link(
    connection: Connection,
    link_id: UUID,
    draft_id: UUID,
    account_id: UUID,
    organisation_id: UUID | None,
    made_by: UUID,
    party_id: UUID,
    content_hash: str,
    secret_hash: bytes,
) -> None:
    """A new link for that co-owner; earlier ones of this draft for the same co-owner that were not used end."""
    await connection.execute(
        """UPDATE consent_links SET ended_at = clock_timestamp(), ended_as = 'withdrawn'
           WHERE draft_id = $1 AND party_id = $2 AND ended_at IS NULL""",
        draft_id,
        party_id,
    )
    await connection.execute(
        """INSERT INTO consent_links
               (link_id, draft_id, account_id, organisation_id, made_by, party_id, content_hash, secret_hash, ends_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp() + $9::interval)""",
        link_id,
        draft_id,
        account_id,
        organisation_id,
        made_by,
        party_id,
        content_hash,
        secret_hash,
        LASTS,
    )


async def links_of_draft(connection: Connection, draft_id: UUID) -> list[ConsentLink]:
    """Its links, the last made first; a draft has few."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM consent_links WHERE draft_id = $1 ORDER BY made_at DESC LIMIT 200", draft_id
    )
    return [ConsentLink(**row) for row in rows]


async def find_link(connection: Connection, secret_hash: bytes) -> ConsentLink | None:
    """The link of a secret, whether it holds or not."""
    row = await connection.fetchrow(f"SELECT {_COLUMNS} FROM consent_links WHERE secret_hash = $1", secret_hash)
    return ConsentLink(**row) if row else None


async def lock_link(connection: Connection, link_id: UUID) -> ConsentLink:
    """The link, which nobody else changes until the transaction ends."""
    row = await connection.fetchrow(f"SELECT {_COLUMNS} FROM consent_links WHERE link_id = $1 FOR UPDATE", link_id)
    assert row is not None
    return ConsentLink(**row)


async def ask_code(connection: Connection, link_id: UUID) -> None:
    """Whoever has the link asks for a code; asked again, the first asking stays."""
    await connection.execute(
        f"""UPDATE consent_links SET code_asked_at = coalesce(code_asked_at, clock_timestamp())
            WHERE link_id = $1 AND {_HOLDS}""",
        link_id,
    )


async def links_waiting(connection: Connection, after: Place | None = None, limit: int = 100) -> Portion[ConsentLink]:
    """Links for which a code was asked and not typed yet, the longest waiting first."""
    given = Filters(_WAITS)
    given.beyond("code_asked_at, link_id", ">", after)
    rows = await connection.fetch(
        f"""SELECT {_COLUMNS} FROM consent_links {given.where}
            ORDER BY code_asked_at, link_id LIMIT {given.put(limit + 1)}""",
        *given.values,
    )
    return portion_of([ConsentLink(**row) for row in rows], limit, _place)


async def link_waiting(connection: Connection, link_id: UUID) -> ConsentLink | None:
    """One of them."""
    row = await connection.fetchrow(f"SELECT {_COLUMNS} FROM consent_links WHERE link_id = $1 AND {_WAITS}", link_id)
    return ConsentLink(**row) if row else None


def _place(link: ConsentLink) -> Place:
    assert link.code_asked_at is not None
    return Place(link.code_asked_at, link.link_id)


async def set_code(connection: Connection, link_id: UUID, code_hash: bytes, by: UUID) -> bool:
    """The code that an operator hands over, instead of an earlier one; False where none was asked or it is over.

    Whoever made the link hands no code over.
    """
    status = await connection.execute(
        f"""UPDATE consent_links SET code_hash = $2, code_by = $3, code_ends_at = clock_timestamp() + $4::interval
            WHERE link_id = $1 AND made_by <> $3
              AND {_WAITS}""",
        link_id,
        code_hash,
        by,
        CODE_LASTS,
    )
    return status == "UPDATE 1"


async def ends_by_code(connection: Connection, link_id: UUID) -> bool:
    """Whether a code would open that link: one was asked for, and it is not over."""
    found: bool = await connection.fetchval(
        f"""SELECT EXISTS (SELECT FROM consent_links
                WHERE link_id = $1 AND {_WAITS})""",
        link_id,
    )
    return found


async def try_code(connection: Connection, link_id: UUID, code_hash: bytes, proof_hash: bytes) -> bool:
    """Whether it is the code; it counts as a try in any case, and a right one is used up by this."""
    found: bool | None = await connection.fetchval(
        f"""WITH tried AS (
                SELECT code_hash IS NOT DISTINCT FROM $2 AND code_ends_at > clock_timestamp() AS is_right
                FROM consent_links WHERE link_id = $1 FOR UPDATE)
            UPDATE consent_links SET tries = tries + CASE WHEN is_right THEN 0 ELSE 1 END,
                proof_hash = CASE WHEN is_right THEN $3 ELSE proof_hash END,
                proved_at = CASE WHEN is_right THEN clock_timestamp() ELSE proved_at END,
                code_ends_at = CASE WHEN is_right THEN clock_timestamp() + $4::interval ELSE code_ends_at END,
                code_hash = CASE WHEN is_right THEN NULL ELSE code_hash END
            FROM tried WHERE link_id = $1 AND code_hash IS NOT NULL AND {_HOLDS} RETURNING is_right""",
        link_id,
        code_hash,
        proof_hash,
        CODE_LASTS,
    )
    return bool(found)


async def proof_holds(connection: Connection, link_id: UUID, proof_hash: bytes) -> bool:
    """Whether that browser has typed the right code, not long ago."""
    found: bool = await connection.fetchval(
        f"""SELECT EXISTS (SELECT FROM consent_links WHERE link_id = $1 AND proof_hash = $2
                AND code_ends_at > clock_timestamp() AND {_HOLDS})""",
        link_id,
        proof_hash,
    )
    return found


async def end_link(connection: Connection, link_id: UUID, ended_as: Ended, document_hash: str | None = None) -> bool:
    """It was used or withdrawn; False where it was over."""
    status = await connection.execute(
        """UPDATE consent_links SET ended_at = clock_timestamp(), ended_as = $2, document_hash = $3
           WHERE link_id = $1 AND ended_at IS NULL""",
        link_id,
        ended_as,
        document_hash,
    )
    return status == "UPDATE 1"


async def consented_by(connection: Connection, document_hashes: list[str]) -> list[ConsentLink]:
    """The links whose papers these are; papers that came by no link have none."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM consent_links WHERE document_hash = ANY($1) AND document_hash IS NOT NULL",
        document_hashes,
    )
    return [ConsentLink(**row) for row in rows]
