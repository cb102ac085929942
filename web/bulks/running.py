"""Goes through bulks, a few items at a time: one process at a time each, and another goes on where one was killed.

An answer is written when it is there. Whoever is killed between an act and its line asks for the same act again, which
is answered as the first time.
"""

import asyncio
from contextlib import suppress
from uuid import UUID

import asyncpg
import structlog

from client.together import together
from database.console.whose import may_see
from database.pool import AWAY, alone
from database.work import bulks
from database.work.bulks import UNDER_WAY, Bulk, BulkItem, Step
from schemas.values.actor import Role
from schemas.values.refusal import Fault, Refusal, Refused, refusal
from web.bulks.acting import asked_of, kind_and_act, signature_of
from web.console import Console
from web.rights.table import may
from web.rights.whose import whose_of
from web.sign_in.session import Membership
from web.watching.metrics import asked

_TOGETHER, _BATCH = 4, 20
_PAUSE_SECONDS = 2.0
"""Until it is looked again for what another process left; what is begun here wakes it at once."""
log = structlog.get_logger()


async def go_through_bulks(console: Console) -> None:
    """Until it is cancelled. A server that is away is waited for: what was not answered is asked again."""
    while True:
        with suppress(TimeoutError):
            async with asyncio.timeout(_PAUSE_SECONDS):
                await console.bulks_wait.wait()
        console.bulks_wait.clear()
        try:
            async with console.pool.acquire() as connection:
                found = await bulks.bulks_under_way(connection)
            for bulk_id in found:
                await go_through(console, bulk_id)
        except (*AWAY, asyncpg.PostgresError, Fault) as error:
            log.warning("bulk_waits", error=type(error).__name__)


async def go_through(console: Console, bulk_id: UUID) -> None:
    """One bulk to the end of its stage, unless another process is at it. Raises Fault where a server is away."""
    async with console.pool.acquire() as held, alone(held, f"bulk {bulk_id}") as is_mine:
        while is_mine and await _batch(console, bulk_id):
            pass


async def _batch(console: Console, bulk_id: UUID) -> bool:
    """The next items; False where nothing is left to be found out."""
    async with console.pool.acquire() as connection:
        bulk = await bulks.find_bulk(connection, bulk_id)
        if bulk is None or bulk.stage not in UNDER_WAY:
            return False
        step, following = UNDER_WAY[bulk.stage]
        membership_id = bulk.signed_as if step == "signed" else bulk.membership_id
        if membership_id is None or not await bulks.is_in_force(connection, membership_id):
            await bulks.pass_stage(connection, bulk_id, bulk.stage, "stopped")
            return False
        items = await bulks.waiting_items(connection, bulk_id, step, _BATCH)
        if not items:
            await bulks.pass_stage(connection, bulk_id, bulk.stage, following)
            return False
    await together(_TOGETHER, lambda item: _answered(console, bulk, item, step), items)
    return True


async def _answered(console: Console, bulk: Bulk, item: BulkItem, step: Step) -> None:
    try:
        answer, act_id = await _find_out(console, bulk, item, step)
        refusals: tuple[Refusal, ...] = ()
    except Refused as why:
        answer, act_id, refusals = "refused", None, why.refusals
    except Fault as error:
        if error.retry:
            raise
        log.error("fault", whose=error.whose, what=error.what)
        answer, act_id, refusals = "fault", None, ()
    async with console.pool.acquire() as connection:
        await bulks.answer_item(connection, bulk.bulk_id, item.number, step, answer, refusals, act_id)


async def _find_out(console: Console, bulk: Bulk, item: BulkItem, step: Step) -> tuple[str, UUID | None]:
    kind, act = kind_and_act(bulk)
    role = Role(bulk.role)
    mine = Membership(bulk.membership_id, role, bulk.organisation_id, None, None, bulk.platform)
    async with console.pool.acquire() as connection:
        is_seen = await may_see(connection, item.filing_id, whose_of(mine, bulk.asked_by))
    if not (is_seen and may(role, kind, act)):
        raise Refused(refusal("not_yours_to_see", "filing", filing_id=item.filing_id))
    if item.kind != kind:
        no = refusal("filing_of_another_kind", "filing_id", filing_id=item.filing_id, found=item.kind, kind=kind)
        raise Refused(no)
    if step == "trial":
        await console.preview(kind, [asked_of(bulk, item)])
        return "possible", None
    stated = signature_of(bulk, item) if step == "signed" else asked_of(bulk, item)
    with asked(stated.kind):
        answer = await console.asker.ask(kind, stated)
    return "granted", None if step == "signed" else answer.act_id
