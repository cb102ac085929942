"""Sessions of people who have signed in: a random token in a cookie, its hash in the database.

A sign-in and a change of role make a new token and end the old one, so a token that somebody else knew is
worth nothing. What a form needs besides the cookie is made from it and never kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from secrets import token_urlsafe
from typing import Any, Literal
from uuid import UUID

from database.pool import Connection, Pool
from database.registers.parties import opened
from database.sign_in import sessions
from database.sign_in.sessions import EndedAs, SessionRow
from schemas.values.actor import Role
from web.sign_in.door import Door
from web.sign_in.keys import Keys, plain_hash
from web.sign_in.rates import Rates

IDLE, WARNING, LONGEST = timedelta(minutes=20), timedelta(minutes=2), timedelta(hours=12)
"""After how long without use a session ends, how long before that its page warns, and when it ends anyhow."""
NO_SECOND_FACTOR = frozenset({Role.LICENSOR, Role.CO_OWNER, Role.PLEDGEE, Role.LICENSEE, Role.INVENTOR, Role.CLAIMANT})
"""Whoever acts only for his own side may do without; all others decide about others, and may not."""
Lack = Literal["second_factor", "role"]


@dataclass(frozen=True)
class Membership:
    """As what somebody acts, and for whom."""

    membership_id: UUID
    role: Role
    organisation_id: UUID | None
    organisation_name: str | None
    region: str | None
    platform: str | None


@dataclass(frozen=True)
class Session:
    """One session that holds, of somebody who may act. Unused it ends at ``ends_at``; its page warns before."""

    account_id: UUID
    party_id: UUID
    name: str
    membership: Membership
    memberships: tuple[Membership, ...]
    csrf: str
    language: Literal["zh", "en"]
    warns_at: datetime
    ends_at: datetime
    is_demo: bool = False
    lasts: int = 0
    """Seconds until ``ends_at`` when it was found."""
    token_hash: bytes = field(default=b"", repr=False)

    @property
    def organisation(self) -> str:
        """For whom somebody acts; empty for himself."""
        return self.membership.organisation_name or ""


@dataclass(frozen=True)
class Entered:
    """Somebody who has signed in; with ``lacks`` there is no session yet that may do anything but mend that."""

    account_id: UUID
    party_id: UUID
    name: str
    memberships: tuple[Membership, ...]
    csrf: str
    language: Literal["zh", "en"]
    has_second_factor: bool
    lacks: Lack | None
    session: Session | None


@dataclass(frozen=True)
class Sessions:
    """Begins, finds and ends them. ``key``: the master key."""

    pool: Pool
    key: bytes = field(repr=False)
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC), repr=False)
    rates: Rates = field(default_factory=Rates, repr=False)

    @cached_property
    def keys(self) -> Keys:
        """What hashes and seals here."""
        return Keys(self.key)

    @cached_property
    def door(self) -> Door:
        """What signs people in here."""
        return Door(self.pool, self.keys, rates=self.rates, clock=self.clock)

    async def begin(
        self,
        account_id: UUID,
        membership_id: UUID | None = None,
        device: str | None = None,
        *,
        browser: str | None = None,
        instead_of: str | None = None,
    ) -> tuple[str, Session | None]:
        """A new session and its cookie, for somebody who has just proved who he is; None where something lacks yet.

        Without ``membership_id`` it is the one of the last time. ``device``: the token of the device's cookie, known
        from now on. ``instead_of``: the cookie that came with the sign-in; that session ends. Raises PermissionError
        where the account may not sign in, or the membership is not its own.
        """
        now, cookie = self.clock(), token_urlsafe(32)
        device_hash = self.keys.hashed("device", device) if device else None
        async with self.pool.acquire() as connection, connection.transaction():
            if instead_of is not None:
                await sessions.end_session(connection, plain_hash(instead_of), "replaced", now)
            chosen = membership_id or await sessions.last_membership(connection, account_id)
            await self._store(connection, cookie, account_id, chosen, now, now + LONGEST, device_hash, browser)
            if device_hash is not None:
                await sessions.remember_device(connection, account_id, device_hash)
        return cookie, await self.find(cookie)

    async def change(self, cookie: str, membership_id: UUID) -> tuple[str, Session | None]:
        """The same person in another role: a new session instead of the one of that cookie, ending no later than it.

        Raises PermissionError where the cookie's session does not hold, or the membership is not its account's.
        """
        now, new = self.clock(), token_urlsafe(32)
        async with self.pool.acquire() as connection, connection.transaction():
            row = await sessions.find_session(connection, plain_hash(cookie), now, IDLE, is_used=True)
            if row is None or not await sessions.end_session(connection, row.token_hash, "replaced", now):
                raise PermissionError
            await self._store(
                connection, new, row.account_id, membership_id, now, row.ends_at, row.device_hash, row.browser
            )
        return new, await self.find(new)

    async def find(self, cookie: str, *, is_used: bool = True) -> Session | None:
        """The session of a cookie, if it holds and may act. ``is_used``: False for what a page asks by itself."""
        entered = await self.entered(cookie, is_used=is_used)
        return entered.session if entered else None

    async def entered(self, cookie: str, *, is_used: bool = True) -> Entered | None:
        """Who has signed in with that cookie, also if no role can be used yet."""
        async with self.pool.acquire() as connection:
            row = await sessions.find_session(connection, plain_hash(cookie), self.clock(), IDLE, is_used=is_used)
        return self._entered(cookie, row) if row else None

    async def why_ended(self, cookie: str) -> EndedAs | None:
        """How the session of that cookie ended, to say it on the next page; None where there never was one."""
        async with self.pool.acquire() as connection:
            return await sessions.how_it_ended(connection, plain_hash(cookie), self.clock(), IDLE)

    async def end(self, cookie: str) -> None:
        """Signs out."""
        async with self.pool.acquire() as connection:
            await sessions.end_session(connection, plain_hash(cookie), "signed_out", self.clock())

    async def end_all(self, account_id: UUID) -> int:
        """Signs out everywhere; how many sessions that were."""
        async with self.pool.acquire() as connection:
            return await sessions.end_all_sessions(connection, account_id, self.clock())

    async def _store(
        self,
        connection: Connection,
        cookie: str,
        account_id: UUID,
        membership_id: UUID | None,
        now: datetime,
        ends_at: datetime,
        device_hash: bytes | None,
        browser: str | None,
    ) -> None:
        is_begun = await sessions.begin_session(
            connection,
            plain_hash(cookie),
            account_id,
            membership_id,
            now=now,
            ends_at=ends_at,
            device_hash=device_hash,
            browser=browser,
        )
        if not is_begun:
            raise PermissionError

    def _entered(self, cookie: str, row: SessionRow) -> Entered:
        memberships = tuple(_membership(one) for one in row.roles)
        mine = next((one for one in memberships if one.membership_id == row.membership_id), None)
        csrf, name = self.keys.hashed("csrf", cookie).hex(), self._name(row)
        ends_at = min(row.ends_at, row.seen_at + IDLE)
        lacks: Lack | None = None
        if mine is None:
            lacks = "role"
        elif mine.role not in NO_SECOND_FACTOR and not (row.has_second_factor or row.is_demo):
            lacks = "second_factor"
        session = None
        if mine is not None and lacks is None:
            session = Session(
                account_id=row.account_id,
                party_id=row.party_id,
                name=name,
                membership=mine,
                memberships=memberships,
                csrf=csrf,
                language=row.language,
                warns_at=ends_at - WARNING,
                ends_at=ends_at,
                is_demo=row.is_demo,
                lasts=int((ends_at - self.clock()).total_seconds()),
                token_hash=row.token_hash,
            )
        return Entered(
            row.account_id, row.party_id, name, memberships, csrf, row.language, row.has_second_factor, lacks, session
        )

    def _name(self, row: SessionRow) -> str:
        if row.sealed is None or row.sealed_key is None:
            return str(row.party_id)
        private = opened(self.key, row.party_id, row.sealed, row.sealed_key)
        return str(private.get("name") or row.party_id)


def _membership(row: dict[str, Any]) -> Membership:
    organisation_id = row["organisation_id"]
    return Membership(
        membership_id=UUID(row["membership_id"]),
        role=Role(row["role"]),
        organisation_id=UUID(organisation_id) if organisation_id else None,
        organisation_name=row["organisation_name"],
        region=row["region"],
        platform=row["platform"],
    )
