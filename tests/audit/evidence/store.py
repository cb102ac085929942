"""Puts histories into the evidence store without Temporal, whole or as several nights would have copied them."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from temporalio.api.history.v1 import HistoryEvent

from audit.evidence.copying import copy_of
from audit.evidence.packing import todays_dictionary
from database.evidence.histories import Kept, keep_copy, keep_dictionary, last_copies
from database.pool import Pool

PLUGIN = {"code": "tests"}


async def store(pool: Pool, workflow_id: str, events: Sequence[HistoryEvent], run_id: UUID | None = None) -> Kept:
    """The copy of these events, which goes on from the run's last copy."""
    run = run_id or uuid4()
    async with pool.acquire() as connection:
        await keep_dictionary(connection, *todays_dictionary())
        last = (await last_copies(connection, [run])).get(run)
        await keep_copy(connection, *copy_of(workflow_id, run, events, last, PLUGIN))
        return (await last_copies(connection, [run]))[run]
