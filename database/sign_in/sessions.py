"""Sessions by the hash of their token: found and counted as used in one statement; and the devices of an account."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from database.pool import Connection

EndedAs = Literal["signed_out", "everywhere", "replaced", "idle", "erased"]
_LITTLE = timedelta(seconds=15)
"""A session is written as used at most this often, so that a page of many parts writes once."""


@dataclass(frozen=True)
class SessionRow:
    """One session that holds, with whose it is; ``roles`` are the memberships of the account that count."""

    token_hash: bytes = field(repr=False)
    account_id: UUID
    membership_id: UUID | None
    device_hash: bytes | None = field(repr=False)
    browser: str | None
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    party_id: UUID
    language: Literal["zh", "en"]
    is_demo: bool
    has_second_factor: bool
    sealed: bytes | None = field(repr=False)
    sealed_key: bytes | None = field(repr=False)
    roles: Sequence[dict[str, Any]]
    """membership_id, role, organisation_id, organisation_name, region, platform."""


async def begin_session(
    connection: Connection,
    token_hash: bytes,
    account_id: UUID,
    membership_id: UUID | None,
    *,
    now: datetime,
    ends_at: datetime,
    device_hash: bytes | None = None,
    browser: str | None = None,
) -> bool:
    """Stores a session; False where the account is not active, or the membership is not its own or does not count."""
    status = await connection.execute(
        """INSERT INTO sessions
               (token_hash, account_id, membership_id, device_hash, browser, created_at, seen_at, ends_at)
           SELECT $1, a.account_id, $3, $4, $5, $6, $6, $7 FROM accounts a
           WHERE a.account_id = $2 AND a.state = 'active' AND ($3::uuid IS NULL OR EXISTS (
               SELECT FROM memberships_in_force m WHERE m.membership_id = $3 AND m.account_id = a.account_id))""",
        token_hash,
        account_id,
        membership_id,
        device_hash,
        browser,
        now,
        ends_at,
    )
    return status == "INSERT 0 1"


async def find_session(
    connection: Connection, token_hash: bytes, now: datetime, idle: timedelta, *, is_used: bool
) -> SessionRow | None:
    """The session, if it holds: neither ended nor idle, of an active account. ``is_used``: it is not idle from now."""
    row = await connection.fetchrow(
        """WITH found AS (
               SELECT * FROM sessions
               WHERE token_hash = $1 AND ended_at IS NULL AND ends_at > $2 AND seen_at > $2 - $3::interval
           ), used AS (
               UPDATE sessions SET seen_at = $2 WHERE $4 AND seen_at < $2 - $5::interval
                   AND token_hash = (SELECT token_hash FROM found)
           )
           SELECT s.token_hash, s.account_id, s.membership_id, s.device_hash, s.browser, s.created_at, s.ends_at,
               CASE WHEN $4 THEN greatest(s.seen_at, $2) ELSE s.seen_at END AS seen_at,
               a.party_id, a.language, a.is_demo, a.sealed_totp IS NOT NULL AS has_second_factor,
               p.sealed, k.sealed_key,
               (SELECT coalesce(jsonb_agg(jsonb_build_object('membership_id', m.membership_id, 'role', m.role,
                    'organisation_id', m.organisation_id, 'organisation_name', o.public_name, 'region', m.region,
                    'platform', m.platform) ORDER BY m.granted_at, m.membership_id), '[]')
                FROM memberships_in_force m LEFT JOIN parties o ON o.party_id = m.organisation_id
                WHERE m.account_id = a.account_id) AS roles
           FROM found s JOIN accounts a ON a.account_id = s.account_id AND a.state = 'active'
           JOIN parties p ON p.party_id = a.party_id LEFT JOIN party_keys k ON k.party_id = a.party_id""",
        token_hash,
        now,
        idle,
        is_used,
        _LITTLE,
    )
    return SessionRow(**row) if row else None


async def last_membership(connection: Connection, account_id: UUID) -> UUID | None:
    """The membership that counts and was used last; where none was used yet, the one that was granted first."""
    found: UUID | None = await connection.fetchval(
        """SELECT m.membership_id FROM memberships_in_force m
           LEFT JOIN LATERAL (SELECT max(s.created_at) AS used_at FROM sessions s
                              WHERE s.account_id = $1 AND s.membership_id = m.membership_id) last ON true
           WHERE m.account_id = $1 ORDER BY last.used_at DESC NULLS LAST, m.granted_at, m.membership_id LIMIT 1""",
        account_id,
    )
    return found


async def end_session(connection: Connection, token_hash: bytes, how: EndedAs, now: datetime) -> bool:
    """Ends a session; False where it has ended before, or there is none."""
    status = await connection.execute(
        "UPDATE sessions SET ended_at = $3, ended_as = $2 WHERE token_hash = $1 AND ended_at IS NULL",
        token_hash,
        how,
        now,
    )
    return status == "UPDATE 1"


async def end_all_sessions(connection: Connection, account_id: UUID, now: datetime) -> int:
    """Signs an account out everywhere; how many sessions that were."""
    status = await connection.execute(
        "UPDATE sessions SET ended_at = $2, ended_as = 'everywhere' WHERE account_id = $1 AND ended_at IS NULL",
        account_id,
        now,
    )
    return int(status.removeprefix("UPDATE "))


async def how_it_ended(connection: Connection, token_hash: bytes, now: datetime, idle: timedelta) -> EndedAs | None:
    """Why a token is not taken any more; one that was left idle is written down as such. None: there never was one."""
    ended_as: EndedAs | None = await connection.fetchval(
        """UPDATE sessions SET ended_at = coalesce(ended_at, least(ends_at, seen_at + $3::interval)),
               ended_as = coalesce(ended_as, 'idle')
           WHERE token_hash = $1 AND (ended_at IS NOT NULL OR ends_at <= $2 OR seen_at <= $2 - $3::interval)
           RETURNING ended_as""",
        token_hash,
        now,
        idle,
    )
    return ended_as


async def remember_device(connection: Connection, account_id: UUID, device_hash: bytes) -> None:
    """From here the account signed in: what others do elsewhere does not keep it out."""
    await connection.execute(
        """INSERT INTO known_devices (account_id, device_hash) VALUES ($1, $2)
           ON CONFLICT (account_id, device_hash) DO UPDATE SET last_at = clock_timestamp()""",
        account_id,
        device_hash,
    )


async def is_known_device(connection: Connection, account_id: UUID, device_hash: bytes) -> bool:
    """Whether the account signed in from there before."""
    return bool(
        await connection.fetchval(
            "SELECT EXISTS (SELECT FROM known_devices WHERE account_id = $1 AND device_hash = $2)",
            account_id,
            device_hash,
        )
    )


async def forget_sign_ins(connection: Connection, before: datetime) -> int:
    """Deletes what is kept of signing in from before that instant, at least 180 days ago; how many rows that were."""
    return int(await connection.fetchval("SELECT forget_sign_ins($1)", before))
