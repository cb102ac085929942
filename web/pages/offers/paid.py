"""What a licensee that has signed in has paid under its recorded licences, as schemes look at it."""

from typing import NamedTuple
from uuid import UUID

from client.today import today
from database.console.mine import Narrowed, mine
from database.console.positions import positions_of
from database.pool import Connection
from database.record.event_log import snapshot_of
from database.standing.entitlements import profile_on, profiles_of
from rules.kinds import LICENCE
from rules.schemes.receipts import licensee_items
from schemas.schemes.inputs import Claimant, SchemeItem
from schemas.standing.surroundings import LicenceSurroundings
from schemas.values.actor import Role
from schemas.values.money import STORED
from web.rights.whose import whose
from web.visit import Visit

MOST = 50
"""Licences that are looked at, the newest ones: nobody waits for a page that adds up more."""


class Paid(NamedTuple):
    """``items``: one a payment. ``is_part``: there are more licences than were looked at."""

    items: tuple[SchemeItem, ...]
    is_part: bool


async def paid_by(visit: Visit, connection: Connection) -> Paid | None:
    """None where nobody has signed in as a licensee: then nothing is known of him."""
    if visit.session is None or visit.membership.role is not Role.LICENSEE:
        return None
    licensee = visit.membership.organisation_id or visit.session.party_id
    found = await mine(connection, whose(visit), Narrowed(kind="licence"), size=MOST)
    positions = await positions_of(connection, [one.filing_id for one in found.rows])
    items = list[SchemeItem]()
    for licence_id, row in positions.items():
        position = LICENCE.stored_position(row)
        if not position.receipts:
            continue
        snapshot = LicenceSurroundings.model_validate(await snapshot_of(connection, licence_id), context=STORED)
        counterparty = await _counterparty(connection, snapshot)
        items += licensee_items(position, snapshot, licensee, counterparty)
    return Paid(tuple(items), found.older is not None)


async def _counterparty(connection: Connection, surroundings: LicenceSurroundings) -> Claimant | None:
    first: UUID = surroundings.offer.owners[0].party_id
    stated = await profiles_of(connection, [first])
    known = profile_on(stated.get(first, ()), today())
    return Claimant(claimant=known.beneficiary, kind=known.profile.kind, region=known.profile.region) if known else None
