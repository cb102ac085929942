"""The first two administrators of a console: ``python -m web.sign_in.founders NAME SIGN-IN-NAME NAME SIGN-IN-NAME``.

Whoever runs the servers does it once. Each of the two grants the other's role; from then on administrators do the rest.
"""

import asyncio
import sys
from uuid import UUID, uuid4

from database.pool import open_pool
from database.registers.parties import Party, PartyKind, add_party
from database.sign_in.memberships import grant_membership, has_role, propose_membership
from runtime.settings import Settings
from runtime.stack import addresses
from schemas.values.actor import Role
from schemas.values.refusal import Refused, refuse
from texts.words import refusal_text
from web.sign_in.door import Door
from web.sign_in.keys import Keys
from web.sign_in.people import Invited, add_invited

_USAGE = "usage: python -m web.sign_in.founders NAME SIGN-IN-NAME NAME SIGN-IN-NAME\n"
_ARGUMENTS = 4


async def found(door: Door, *people: tuple[str, str]) -> tuple[Invited, ...]:
    """Both with their invitations; raises Refused ``founded_already`` where there is an administrator."""
    async with door.pool.acquire() as connection, connection.transaction():
        if await has_role(connection, Role.ADMINISTRATOR):
            raise refuse("founded_already")
        persons = [Party(party_id=uuid4(), kind=PartyKind.PERSON, private={"name": name}) for name, _ in people]
        for one in persons:
            await add_party(connection, door.keys.master, one)
        made = []
        for (_, sign_in_name), one, other in zip(people, persons, reversed(persons), strict=True):
            invited = await add_invited(door, connection, one.party_id, sign_in_name, one.party_id)
            role: UUID = uuid4()
            await propose_membership(connection, role, invited.account_id, Role.ADMINISTRATOR, one.party_id)
            await grant_membership(connection, role, other.party_id)
            made.append(invited)
    return tuple(made)


async def main(settings: Settings, arguments: list[str]) -> int:
    """Exit 0 and two invitations on standard output; 2 refused, 64 usage."""
    if len(arguments) != _ARGUMENTS:
        sys.stderr.write(_USAGE)
        return 64
    pool = await open_pool(addresses(settings).database_url, 2)
    try:
        made = await found(Door(pool, Keys(settings.master_key())), tuple(arguments[:2]), tuple(arguments[2:]))  # type: ignore[arg-type]  # two each
    except Refused as refused:
        for one in refused.refusals:
            told = refusal_text(one)
            sys.stderr.write(f"{told.zh}；{told.remedy_zh}\n{told.en}; {told.remedy_en}\n")
        return 2
    finally:
        await pool.close()
    for name, invited in zip(arguments[1::2], made, strict=True):
        sys.stdout.write(f"{name}: /invitation/{invited.invitation}\n")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Settings.read(), sys.argv[1:])))
