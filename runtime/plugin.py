"""What every process that speaks to Temporal must share."""

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.plugin import SimplePlugin
from temporalio.worker import WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from runtime.sandbox import ContextFreeSandbox

PASSED_THROUGH = ("schemas", "rules", "activities", "workflows.procedure", "workflows.options")
"""Imported once, outside the sandbox, so that pydantic's tagged unions and isinstance see one class on both sides.
Nothing is restricted inside them: that they read no clock is tested, not enforced by the sandbox. The parts that the
workflows share hold no state of their own; imported again for every run they were a seventh of the worker's work."""


def open_licence_plugin() -> SimplePlugin:
    """Converter and sandbox for worker, command line, tests and replayer alike.

    Given to ``Client.connect`` it reaches the workers made from that client; do not pass it twice. Test environments
    and ``Replayer`` take it in ``plugins=[...]``.
    """
    return SimplePlugin("open-licence", data_converter=pydantic_data_converter, workflow_runner=_sandbox)


def _sandbox(runner: WorkflowRunner | None) -> WorkflowRunner:
    # The worker's own runner is taken as it comes, so that a debugger's unsandboxed one stays unsandboxed.
    if runner is None:
        runner = SandboxedWorkflowRunner()
    if not isinstance(runner, SandboxedWorkflowRunner):
        return runner
    return ContextFreeSandbox(restrictions=runner.restrictions.with_passthrough_modules(*PASSED_THROUGH))
