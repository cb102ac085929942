"""The schedule that starts the audits of every night."""

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
)

from workflows.nightly import NightlyWorkflow
from workflows.options import TASK_QUEUE

NIGHTLY = "open-licence-nightly"
HOUR = 3
"""In Asia/Shanghai: after the day has passed for all filings, and long before anybody works."""


async def plan_nights(client: Client, task_queue: str = TASK_QUEUE, name: str = NIGHTLY) -> bool:
    """Makes the schedule unless there is one: whoever has changed its hour in Temporal keeps that. True if made."""
    schedule = Schedule(
        action=ScheduleActionStartWorkflow(NightlyWorkflow.run, id=name, task_queue=task_queue),
        spec=ScheduleSpec(calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(HOUR)])], time_zone_name="Asia/Shanghai"),
        # A night that was missed is made up for; one that is not over yet is not begun a second time.
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=timedelta(days=1)),
    )
    try:
        await client.create_schedule(name, schedule)
    except ScheduleAlreadyRunningError:
        return False
    return True
