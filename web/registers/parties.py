"""Somebody new in the registers, what an organisation is for schemes, and what the register says of a patent."""

from typing import Any
from uuid import UUID

from client.registering import RegisterRow, register_party
from database.registers.patents import put_patents
from database.standing.entitlements import Profile, add_profile
from schemas.wire.form import filled
from web.registers.writing import written
from web.visit import Visit


async def add_to_parties(visit: Visit, added_as: UUID, given: dict[str, Any]) -> UUID:
    """The party; the same organisation again is the one there is. ``added_as``: its id where no credit code names it.

    Raises Refused, and NotFound for who may not.
    """
    async with written(visit, "add_party", added_as) as connection:
        named = given if given.get("credit_code") else {**given, "party_id": str(added_as)}
        new = await register_party(connection, visit.console.settings.master_key(), named)
    return new.party.party_id


async def state_profile(visit: Visit, party_id: UUID, given: dict[str, Any]) -> bool:
    """What an organisation is for reward schemes, from a day on; whether it is new. Raises Refused and NotFound."""
    async with written(visit, "state_profile", party_id) as connection:
        stated = filled(Profile, {**given, "party_id": str(party_id)})
        return await add_profile(connection, stated, visit.actor().party_id)


async def bring_evidence(visit: Visit, given: dict[str, Any]) -> str:
    """A new reading of the register, by the number; the versions before stay. Raises Refused and NotFound."""
    async with written(visit, "bring_evidence") as connection:
        row = filled(RegisterRow, given)
        await put_patents(connection, [row.evidence()], visit.actor().party_id)
    return row.patent_number
