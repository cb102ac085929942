"""The audits of a night, one after the other; what each found is a row before the next begins."""

from uuid import UUID

from temporalio import workflow

from activities.nightly import Night
from schemas.standing.workflow import NightOutcome, NightResult, NightStep
from workflows.options import NIGHT_RETRY, NIGHT_STEP_BEATS, NIGHT_STEP_LASTS, NIGHT_WORKFLOW, RECORD_TIMEOUT


@workflow.defn(name=NIGHT_WORKFLOW)
class NightlyWorkflow:
    """What a schedule starts. A step that differs, or that cannot be done, does not keep the others from being done."""

    @workflow.run
    async def run(self) -> NightResult:
        """Ends when every step has left its result."""
        known = await workflow.execute_activity_method(
            Night.steps, start_to_close_timeout=RECORD_TIMEOUT, retry_policy=NIGHT_RETRY
        )
        outcomes: list[NightOutcome] = []
        for step in known.steps:
            asked = NightStep(night=UUID(workflow.info().run_id), step=step)
            outcomes.append(
                await workflow.execute_activity_method(
                    Night.step,
                    asked,
                    start_to_close_timeout=NIGHT_STEP_LASTS,
                    heartbeat_timeout=NIGHT_STEP_BEATS,
                    retry_policy=NIGHT_RETRY,
                )
            )
        return NightResult(outcomes=tuple(outcomes))
