"""Keys of the programs of an organisation: made by its people for their own role, and shown once."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from database.bulletin.pages import Place, Portion
from database.console.api_keys import ApiKey, add_api_key, end_api_key, list_api_keys
from database.registers.audit_log import write_audit
from schemas.values.model import Day, Model, ShortText
from schemas.wire.form import filled
from web.lists.listed import SHOWN
from web.rights.pages import KEYS
from web.sign_in.keys import plain_hash
from web.sign_in.session import Session
from web.visit import NotFound, Visit
from web.work.own import end_own, of_organisation

"""Who gives roles to people has nothing that a program could ask for."""


class NewKey(Model):
    """What is asked of somebody who makes a key."""

    name: ShortText
    scopes: Annotated[tuple[Literal["read", "act"], ...], Field(min_length=1)]
    ends_on: Day | None = None


@dataclass(frozen=True)
class MadeKey:
    """A new key, and its secret, which nobody keeps."""

    key_id: UUID
    secret: str = field(repr=False)


def has_keys(visit: Visit) -> bool:
    """Whether whoever asks could have a program at all."""
    return KEYS.admits(visit.membership)


async def keys_of_own(visit: Visit, after: Place | None = None, size: int = SHOWN) -> Portion[ApiKey]:
    """Those of the organisation, a portion at a time; raises NotFound."""
    _, organisation_id = _of_owner(visit)
    async with visit.console.pool.acquire() as connection:
        return await list_api_keys(connection, organisation_id, after, size)


async def make_key(visit: Visit, given: dict[str, Any]) -> MadeKey:
    """A new key for the role of who asks; raises Refused with every defect, and NotFound."""
    by, organisation_id = _of_owner(visit)
    new, made, role = filled(NewKey, given), MadeKey(visit.new_id(), visit.new_secret()), by.membership.role
    async with visit.console.pool.acquire() as connection, connection.transaction():
        await add_api_key(
            connection,
            made.key_id,
            plain_hash(made.secret),
            organisation_id,
            role,
            new.name,
            new.scopes,
            by.party_id,
            new.ends_on,
        )
        await write_audit(connection, by.party_id, role.value, "make_key", "granted", act_id=made.key_id)
    return made


async def end_key(visit: Visit, key_id: UUID) -> None:
    """Anybody of the organisation can stop a key of it; raises NotFound."""
    _of_owner(visit)
    await end_own(visit, "end_key", key_id, end_api_key)


def owner_of_keys(visit: Visit) -> UUID:
    """The organisation whose keys they are; raises NotFound for who could have no program."""
    return _of_owner(visit)[1]


def _of_owner(visit: Visit) -> tuple[Session, UUID]:
    if not has_keys(visit):
        raise NotFound
    return of_organisation(visit)
