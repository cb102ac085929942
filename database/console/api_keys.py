"""Keys of the programs of an organisation: the secret is shown once, and only its hash is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from database.bulletin.pages import Place, Portion, portion_of
from database.pool import Connection
from database.reads.filters import Filters
from database.registers.parties import require_parties
from schemas.values.actor import Role


@dataclass(frozen=True)
class ApiKey:
    """One key. ``created_by`` answers for what the program does; ``last_used_on`` is a day of UTC."""

    key_id: UUID
    organisation_id: UUID
    role: Role
    name: str
    scopes: tuple[str, ...]
    created_by: UUID
    created_at: datetime
    ends_on: date | None
    last_used_on: date | None
    ended_by: UUID | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Held:
    """One membership by which a key holds; ``platform``: only of this sub-platform, None: of the whole."""

    membership_id: UUID
    account_id: UUID
    platform: str | None


_COLUMNS = """key_id, organisation_id, role, name, scopes, created_by, created_at, ends_on, last_used_on, ended_by,
    ended_at"""


async def add_api_key(
    connection: Connection,
    key_id: UUID,
    secret_hash: bytes,
    organisation_id: UUID,
    role: Role,
    name: str,
    scopes: Sequence[str],
    created_by: UUID,
    ends_on: date | None = None,
) -> None:
    """Raises Refused ``party_unknown``."""
    await require_parties(connection, organisation_id, created_by)
    await connection.execute(
        """INSERT INTO api_keys (key_id, secret_hash, organisation_id, role, name, scopes, created_by, ends_on)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
        key_id,
        secret_hash,
        organisation_id,
        role.value,
        name,
        list(scopes),
        created_by,
        ends_on,
    )


async def use_api_key(connection: Connection, secret_hash: bytes, today: date) -> ApiKey | None:
    """The key of a secret, if it holds today; its day of use is written once a day."""
    row = await connection.fetchrow(
        f"""WITH used AS (UPDATE api_keys SET last_used_on = $2
                WHERE secret_hash = $1 AND ended_at IS NULL AND last_used_on IS DISTINCT FROM $2
                  AND (ends_on IS NULL OR ends_on >= $2))
            SELECT {_COLUMNS} FROM api_keys
            WHERE secret_hash = $1 AND ended_at IS NULL AND (ends_on IS NULL OR ends_on >= $2)""",
        secret_hash,
        today,
    )
    return _key(row) if row else None


async def held_by(connection: Connection, key: ApiKey) -> list[Held]:
    """The memberships in which whoever made the key has its role now, those granted last first; none: no more."""
    rows = await connection.fetch(
        """SELECT membership_id, account_id, platform FROM memberships_in_force
           WHERE party_id = $1 AND organisation_id = $2 AND role = $3 ORDER BY granted_at DESC, membership_id""",
        key.created_by,
        key.organisation_id,
        key.role.value,
    )
    return [Held(**row) for row in rows]


async def list_api_keys(
    connection: Connection, organisation_id: UUID, after: Place | None = None, limit: int = 100
) -> Portion[ApiKey]:
    """Those of an organisation, also the ended ones, the newest first."""
    given = Filters()
    given.given("organisation_id = {0}", organisation_id)
    given.beyond("created_at, key_id", "<", after)
    rows = await connection.fetch(
        f"""SELECT {_COLUMNS} FROM api_keys {given.where}
            ORDER BY created_at DESC, key_id DESC LIMIT {given.put(limit + 1)}""",
        *given.values,
    )
    return portion_of([_key(row) for row in rows], limit, lambda one: Place(one.created_at, one.key_id))


async def end_api_key(connection: Connection, key_id: UUID, organisation_id: UUID, ended_by: UUID) -> bool:
    """One of the organisation's keys works no more; False where it has none such that works."""
    status = await connection.execute(
        """UPDATE api_keys SET ended_at = clock_timestamp(), ended_by = $3
           WHERE key_id = $1 AND organisation_id = $2 AND ended_at IS NULL""",
        key_id,
        organisation_id,
        ended_by,
    )
    return status == "UPDATE 1"


def _key(row: object) -> ApiKey:
    fields = dict(row)  # type: ignore[call-overload]  # asyncpg's rows are mappings
    return ApiKey(**{**fields, "role": Role(fields["role"]), "scopes": tuple(fields["scopes"])})
