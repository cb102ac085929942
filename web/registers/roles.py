"""Which roles a person can have, and what an administrator states of one that he proposes."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from client.meant import party_meant
from database.pool import Pool
from schemas.values.actor import Role
from schemas.values.model import Model, ShortText
from schemas.values.regions import REGIONS
from schemas.wire.form import filled
from web.sign_in.door import Door
from web.sign_in.people import propose_role
from web.sign_in.session import Session

GRANTED = tuple(role for role in Role if role is not Role.TIMER)
"""The roles that a person can have."""


def _can_be_had(role: Role) -> Role:
    if role not in GRANTED:
        raise PydanticCustomError("not_a_choice", "the clock is nobody's role", {"given": role.value, "choices": ""})
    return role


def _is_a_region(region: str) -> str:
    if region not in REGIONS:
        told = {"given": region, "choices": ", ".join(REGIONS)}
        raise PydanticCustomError("not_a_choice", "no such region", told)
    return region


class NewRole(Model):
    """A role for an account: for which organisation (its name, credit code or id), and within which bounds."""

    role: Annotated[Role, AfterValidator(_can_be_had)]
    organisation: ShortText | None = None
    region: Annotated[ShortText, AfterValidator(_is_a_region)] | None = None
    platform: ShortText | None = None


async def propose(
    door: Door, by: Session, account_id: UUID, given: dict[str, Any], membership_id: UUID | None = None
) -> UUID:
    """The first person proposes it, and it counts when a second one grants it. Raises Refused with every defect."""
    new = filled(NewRole, given)
    return await propose_role(
        door,
        by,
        account_id,
        new.role,
        organisation_id=await _organisation(door.pool, new.organisation),
        region=new.region,
        platform=new.platform,
        membership_id=membership_id,
    )


async def _organisation(pool: Pool, typed: str | None) -> UUID | None:
    if typed is None:
        return None
    async with pool.acquire() as connection:
        return (await party_meant(connection, typed, "organisation")).party_id
