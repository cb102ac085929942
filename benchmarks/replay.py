"""What it costs to take up a run that the worker no longer holds: histories of the tests, replayed by our workflows.

python -m benchmarks.replay [TIMES]        50 by default; half a minute
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator

from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from runtime.plugin import open_licence_plugin
from tests.histories import golden
from worker import WORKFLOWS

NAMES = (
    "a_declaration_is_taken_over_and_corrected.declaration",
    "an_offer_with_a_fixed_end_expires.declaration",
    "inventors_are_paid.licence",
    "inventors_are_paid.payout",
)


async def main(times: int) -> None:
    """One line a history: its events, and the milliseconds of processor for each replay."""
    replayer = Replayer(workflows=list(WORKFLOWS), plugins=[open_licence_plugin()])
    for name in NAMES:
        history = golden.read(name)

        async def repeated(history: WorkflowHistory = history) -> AsyncIterator[WorkflowHistory]:
            for _ in range(times):
                yield history

        await replayer.replay_workflow(history)
        began = time.process_time()
        await replayer.replay_workflows(repeated())
        each = (time.process_time() - began) * 1_000 / times
        print(f"{name}: {len(history.events)} events, {each:.2f} ms of processor a replay", flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else 50))
