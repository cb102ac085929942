"""A workflow that says what it is told, before and after an activity; a file of its own, as the sandbox asks for it."""

from datetime import timedelta

from temporalio import activity, workflow


@activity.defn
async def spoken(text: str) -> str:
    """Says it, and nothing else."""
    activity.logger.info("activity %s", text)
    return text


@workflow.defn
class SpeakingWorkflow:
    """Ends when it is told to."""

    def __init__(self) -> None:
        self._over = False

    @workflow.run
    async def run(self, expected: int) -> int:
        """Waits for as many tellings."""
        self._left = expected
        await workflow.wait_condition(lambda: self._over and workflow.all_handlers_finished())
        return expected

    @workflow.update
    async def say(self, text: str) -> str:
        """Others come in between, while the activity is waited for."""
        workflow.logger.info("before %s", text)
        await workflow.execute_local_activity(spoken, text, start_to_close_timeout=timedelta(seconds=20))
        workflow.logger.info("after %s", text)
        self._left -= 1
        self._over = self._left <= 0
        return text
