"""The workflow sandbox, without what it does again for each activation though nothing has changed.

The SDK asks a run, through its sandbox, for the serialization context of each payload, several times over: once for a
codec, for a storage outside and for its references, on the way in and on the way out. We have neither codec nor
storage, and pydantic's converter gives the same bytes in every context; entering the sandbox for it was a quarter of
the worker's work (benchmarks/README.md). A converter that does look at the context must not be used with this runner;
``tests/runtime/sdk/test_sandbox.py`` holds that ours does not.

And for each activation it compiles the same two lines again, and restricts some sixteen builtins through as many
context managers: a fifth of a replay. Here the lines are compiled once, and one context manager restricts them all;
what a run may do is the same (``docs/decisions/0263-sandbox-entered-once.md``).
"""

import builtins
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from types import CodeType
from typing import Any

from temporalio.converter import StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, _runner

Restricted = Sequence[tuple[str, Any, Any]]
"""Of each builtin: its name, what tells threads apart, and what a run is given in its place."""


@dataclass(frozen=True)
class PreparedSandbox(SandboxedWorkflowRunner):
    """The SDK's sandbox, with the same restrictions."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """A sandboxed run."""
        return _Prepared(det, self.runner_class, self.restrictions)


class _Prepared(_runner._Instance):
    """Private to the SDK: ``tests/runtime/sdk/test_sandbox.py`` fails where an upgrade changes what stands here."""

    def _create_instance(self) -> None:
        restricted: Any = partial(BuiltinsRestricted, self.importer.restricted_builtins)
        self.importer._builtins_restricted = restricted  # type: ignore[method-assign]  # the SDK's, replaced on purpose
        super()._create_instance()

    def _run_code(self, code: str, **extra_globals: Any) -> None:
        super()._run_code(_compiled(code), **extra_globals)  # type: ignore[arg-type]  # exec takes either

    def get_serialization_context(self, command_info: object) -> None:
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        return StorageDriverStoreContext(target=None)


@cache
def _compiled(code: str) -> CodeType:
    """The SDK has a handful of texts, and two for each workflow."""
    return compile(code, "<sandbox>", "exec")


class BuiltinsRestricted:
    """Restricts all builtins for this thread while it is entered; other threads may be in it at the same time."""

    def __init__(self, restricted: Restricted) -> None:
        self._restricted = restricted
        self._before: list[Any] = []

    def __enter__(self) -> None:
        for name, of_thread, instead in self._restricted:
            with of_thread.applied_counter_lock:
                of_thread.applied_counter += 1
                if getattr(builtins, name) is not of_thread:
                    setattr(builtins, name, of_thread)
            here = of_thread.thread_local.__dict__
            self._before.append(here.get("data"))
            here["data"] = instead

    def __exit__(self, *_: object) -> None:
        for (name, of_thread, _instead), before in zip(self._restricted, self._before, strict=True):
            here = of_thread.thread_local.__dict__
            if before is None:
                here.pop("data", None)
            else:
                here["data"] = before
            with of_thread.applied_counter_lock:
                of_thread.applied_counter -= 1
                if of_thread.applied_counter == 0:
                    setattr(builtins, name, of_thread.orig)
