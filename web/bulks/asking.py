"""The life of a bulk as people and programs ask for it: filings chosen, one act tried, done, countersigned."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from database.bulletin.pages import Place
from database.console.mine import Narrowed, mine
from database.pool import Connection
from database.registers.audit_log import write_audit
from database.work import bulks
from database.work.bulks import Bulk
from schemas.acts.act import FilingKind
from schemas.values.model import Model, ShortText
from schemas.wire.form import filled
from web.bulks.acting import MOST, act_of, acts_for_many, needs_two
from web.rights.whose import whose
from web.sign_in.session import Membership
from web.visit import NotFound, Visit

_BATCH = 250


class Why(Model):
    """Beside the act: why it is asked of many. It stays with the bulk."""

    reason_of_bulk: ShortText


def for_many(visit: Visit) -> tuple[Membership, UUID]:
    """As what, and for which organisation, somebody asks for many."""
    own = visit.membership
    assert own.organisation_id is not None
    return own, own.organisation_id


async def bulk_of(visit: Visit, connection: Connection, bulk_id: UUID) -> Bulk:
    """A bulk of one's own role and organisation; raises NotFound."""
    own, organisation_id = for_many(visit)
    found = await bulks.find_bulk(connection, bulk_id)
    if found is None or (found.organisation_id, found.role, found.platform) != (
        organisation_id,
        own.role.value,
        own.platform,
    ):
        raise NotFound
    return found


def asked_act(visit: Visit, full: str) -> tuple[FilingKind, str]:
    """The act that a ``kind.act`` names; raises NotFound where this role does not ask for it of many."""
    kind, _, act = full.partition(".")
    if kind not in FilingKind.__members__.values() or act not in acts_for_many(visit.membership.role, FilingKind(kind)):
        raise NotFound
    return FilingKind(kind), act


async def found_by(visit: Visit, narrowed: Narrowed) -> tuple[list[UUID], bool]:
    """All that a list finds, newest first, and whether there were more than a bulk takes.

    Raises Refused ``search_too_short``.
    """
    found, place = list[UUID](), None
    while len(found) < MOST:
        page = await _page(visit, narrowed, place)
        found += page[0]
        place = page[1]
        if place is None:
            return found, False
    return found[:MOST], True


async def begin(visit: Visit, filing_ids: Sequence[UUID], *, has_more: bool = False) -> tuple[UUID, int]:
    """A bulk of those that are theirs, and how many they are; of none there is no bulk. Raises NotFound."""
    own, organisation_id = for_many(visit)
    ids = list(dict.fromkeys(filing_ids))
    bulk_id = visit.new_id()
    assert visit.session is not None
    async with visit.console.pool.acquire() as connection, connection.transaction():
        number = await bulks.begin_bulk(
            connection,
            bulk_id,
            own.membership_id,
            organisation_id,
            own.role.value,
            visit.session.party_id,
            whose(visit),
            ids[:MOST],
            has_more=has_more or len(ids) > MOST,
        )
        if number:
            await _log(visit, connection, bulk_id, "begin_bulk")
    return bulk_id, number


async def try_act(visit: Visit, bulk_id: UUID, full: str, body: dict[str, Any], reason: str | None) -> bool:
    """The act is kept, and tried for each filing; False once it is being done.

    Raises Refused with every defect of the body, and NotFound.
    """
    kind, act = asked_act(visit, full)
    async with visit.console.pool.acquire() as connection, connection.transaction():
        bulk = await bulk_of(visit, connection, bulk_id)
        (first,) = await bulks.items_of(connection, bulk_id, 0, 1)
        act_of(kind, act, body, visit.actor(), bulk.bulk_id, first.filing_id)
        why = filled(Why, {"reason_of_bulk": reason} if reason is not None else {}).reason_of_bulk
        is_tried = await bulks.state_act(connection, bulk_id, full, body, why)
        if is_tried:
            await _log(visit, connection, bulk_id, "try_bulk")
    visit.console.bulks_wait.set()
    return is_tried


async def do(visit: Visit, bulk_id: UUID) -> bool:
    """It is done, by whoever asked for it, or what was not answered is asked again; False where it is neither.

    Raises NotFound.
    """
    async with visit.console.pool.acquire() as connection, connection.transaction():
        bulk = await bulk_of(visit, connection, bulk_id)
        if visit.session is None or bulk.asked_by != visit.session.party_id:
            raise NotFound
        is_done = await bulks.do_bulk(connection, bulk_id)
        if is_done:
            await _log(visit, connection, bulk_id, "do_bulk")
    visit.console.bulks_wait.set()
    return is_done


async def sign(visit: Visit, bulk_id: UUID) -> None:
    """The second person countersigns the bulk as a whole: each of its acts gets that signature. Raises NotFound."""
    async with visit.console.pool.acquire() as connection, connection.transaction():
        bulk = await bulk_of(visit, connection, bulk_id)
        if visit.session is None or not needs_two(bulk):
            raise NotFound
        by = visit.session
        if not await bulks.sign_bulk(connection, bulk_id, by.party_id, by.membership.membership_id):
            raise NotFound
        await _log(visit, connection, bulk_id, "sign_bulk")
    visit.console.bulks_wait.set()


async def _page(visit: Visit, narrowed: Narrowed, place: Place | None) -> tuple[list[UUID], Place | None]:
    async with visit.console.pool.acquire() as connection:
        page = await mine(connection, whose(visit), narrowed, place=place, size=_BATCH)
    return [one.filing_id for one in page.rows], page.older


async def _log(visit: Visit, connection: Connection, bulk_id: UUID, what: str) -> None:
    assert visit.session is not None
    role = visit.membership.role.value
    await write_audit(connection, visit.session.party_id, role, what, "granted", act_id=bulk_id)
