"""Sessions of people who have signed in."""

from dataclasses import dataclass
from uuid import UUID

from database.pool import Pool
from schemas.values.actor import Role


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
    """One session that holds."""

    account_id: UUID
    party_id: UUID
    name: str
    membership: Membership
    memberships: tuple[Membership, ...]
    csrf: str


@dataclass(frozen=True)
class Sessions:
    """Finds and ends them."""

    pool: Pool
    key: bytes

    async def find(self, cookie: str) -> Session | None:
        """The session of a cookie, if it holds."""
        del cookie
        return None
