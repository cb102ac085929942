"""What every process that speaks to Temporal must share."""

from temporalio.plugin import SimplePlugin
from temporalio.worker import WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from runtime.sdk.payloads import DATA_CONVERTER, skip_idle_walks
from runtime.sdk.request_ids import RequestIds
from runtime.sdk.sandbox import PreparedSandbox

PASSED_THROUGH = ("schemas", "rules", "activities", "workflows")
"""Imported once, outside the sandbox, so that pydantic's tagged unions and isinstance see one class on both sides, and
a run need not import its workflow again: that was nine tenths of what making a run costs. Nothing is restricted inside
them: that they read no clock, and that no run leaves anything to the next one, are tests, not the sandbox."""


def open_licence_plugin() -> SimplePlugin:
    """Converter, sandbox and request ids for worker, command line, tests and replayer alike.

    Given to ``Client.connect`` it reaches the workers made from that client; do not pass it twice. Test environments
    and ``Replayer`` take it in ``plugins=[...]``.
    """
    skip_idle_walks()
    return SimplePlugin(
        "open-licence", data_converter=DATA_CONVERTER, workflow_runner=_sandbox, interceptors=[RequestIds()]
    )


def _sandbox(runner: WorkflowRunner | None) -> WorkflowRunner:
    # The worker's own runner is taken as it comes, so that a debugger's unsandboxed one stays unsandboxed.
    if runner is None:
        runner = SandboxedWorkflowRunner()
    if not isinstance(runner, SandboxedWorkflowRunner):
        return runner
    return PreparedSandbox(restrictions=runner.restrictions.with_passthrough_modules(*PASSED_THROUGH))
