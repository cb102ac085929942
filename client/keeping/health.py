"""Whether a worker still takes work: it asks Temporal when it was last heard.

A worker can be mute: its process lives and says ``worker_ready``, and a thread of the SDK has ended, so it polls no
more. Nothing in the process tells; the server knows.
"""

import asyncio
import time
from contextlib import suppress
from datetime import timedelta

import structlog
from temporalio.api.enums.v1 import DescribeTaskQueueMode, TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from runtime.connection import is_passing

EVERY = timedelta(seconds=20)
LONGEST_SILENCE = timedelta(minutes=4)
"""A poll that finds nothing ends after a minute and is asked again; a server that restarts forgets who has polled."""
_ANSWERED_WITHIN = timedelta(seconds=10)
log = structlog.get_logger()


async def is_mute(client: Client, task_queue: str, identity: str, stop: asyncio.Event) -> bool:
    """Watches until ``stop`` is set (False), or until the worker was not heard for ``LONGEST_SILENCE`` (True).

    A Temporal that gives no answer for as long counts too: it may be our connection that is dead, and whoever keeps the
    worker starts another that waits for the server. Instants of the server are compared with each other only.
    """
    heard_at, last = time.monotonic(), 0.0
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY.total_seconds())
        try:
            polled = await _polled(client, task_queue, identity)
        except RPCError as error:
            if not is_passing(error):
                log.warning("health_not_told", error=repr(error))  # this server does not say who polls
                return False
            polled = last
        if polled != last:
            heard_at, last = time.monotonic(), polled
        silence = time.monotonic() - heard_at
        if silence > LONGEST_SILENCE.total_seconds() and not stop.is_set():
            log.error("worker_mute", identity=identity, task_queue=task_queue, seconds=round(silence))
            return True
    return False


async def _polled(client: Client, task_queue: str, identity: str) -> float:
    """The server's instant of this worker's last poll for workflow tasks; 0 where it knows of none."""
    asked = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        api_mode=DescribeTaskQueueMode.DESCRIBE_TASK_QUEUE_MODE_ENHANCED,  # over all partitions of the queue
        report_pollers=True,
        task_queue_types=[TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW],
    )
    described = await client.workflow_service.describe_task_queue(asked, timeout=_ANSWERED_WITHIN)
    instants = [
        poller.last_access_time.seconds + poller.last_access_time.nanos / 1e9
        for version in described.versions_info.values()
        for info in version.types_info.values()
        for poller in info.pollers
        if poller.identity == identity
    ]
    return max(instants, default=0.0)
