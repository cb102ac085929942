"""Somebody who may be named: registers take nothing from a party that nobody knows."""

from uuid import UUID, uuid4

from database.pool import Connection
from database.registers.parties import Party, PartyKind, add_party

MASTER = bytes(32)


async def somebody(connection: Connection) -> UUID:
    """A new person, without anything private."""
    person = Party(party_id=uuid4(), kind=PartyKind.PERSON)
    await add_party(connection, MASTER, person)
    return person.party_id
