"""The sandbox is entered without what changes nothing: what a run may not do, it may not do in ours either."""

import builtins
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from temporalio import workflow
from temporalio.client import Client
from temporalio.converter import WithSerializationContext
from temporalio.worker import UnsandboxedWorkflowRunner, Worker
from temporalio.worker.workflow_sandbox import (
    RestrictedWorkflowAccessError,
    SandboxedWorkflowRunner,
    SandboxRestrictions,
)
from temporalio.worker.workflow_sandbox._importer import Importer
from temporalio.worker.workflow_sandbox._restrictions import RestrictionContext

from runtime.plugin import open_licence_plugin
from runtime.sdk.payloads import DATA_CONVERTER, SharedConverter
from runtime.sdk.sandbox import BuiltinsRestricted, PreparedSandbox

FORBIDDEN = ("open", "input", "breakpoint")


@workflow.defn(sandboxed=True)
class Opening:
    """Does what no workflow may, and says what became of it."""

    @workflow.run
    async def run(self) -> list[str]:
        said = []
        for name in FORBIDDEN:
            try:
                getattr(builtins, name)(__file__)
                said.append(f"{name} was allowed")
            except RestrictedWorkflowAccessError as error:
                said.append(str(error).split(" ")[-1].strip("."))
        return said


@pytest.fixture
def importer() -> Importer:
    """What the SDK restricts, while a run is on."""
    context = RestrictionContext()
    context.is_runtime = True
    return Importer(SandboxRestrictions.default, context)


def ours(importer: Importer) -> BuiltinsRestricted:
    return BuiltinsRestricted(importer.restricted_builtins)


def test_nothing_that_writes_our_payloads_looks_at_a_context() -> None:
    assert DATA_CONVERTER.payload_codec is None
    assert DATA_CONVERTER.external_storage is None
    converters = list(SharedConverter().converters.values())
    assert converters
    assert [one for one in converters if isinstance(one, WithSerializationContext)] == []


def test_every_worker_of_ours_runs_its_workflows_in_that_sandbox(temporal_client: Client) -> None:
    given: Any = {"client": temporal_client, "workflow_runner": SandboxedWorkflowRunner()}
    runner = open_licence_plugin().configure_worker(given)["workflow_runner"]
    assert isinstance(runner, PreparedSandbox)
    assert {"schemas", "rules", "activities", "workflows"} <= runner.restrictions.passthrough_modules


def test_a_debuggers_runner_stays_as_it_is(temporal_client: Client) -> None:
    given: Any = {"client": temporal_client, "workflow_runner": UnsandboxedWorkflowRunner()}
    assert open_licence_plugin().configure_worker(given)["workflow_runner"] is given["workflow_runner"]


async def test_a_run_that_opens_a_file_is_stopped_as_by_the_sdk(temporal_client: Client) -> None:
    said = []
    through = SandboxRestrictions.default.with_passthrough_modules("tests")
    for runner in (SandboxedWorkflowRunner(restrictions=through), PreparedSandbox(restrictions=through)):
        queue = f"sandbox-{uuid4()}"
        async with Worker(temporal_client, task_queue=queue, workflows=[Opening], workflow_runner=runner):
            said.append(await temporal_client.execute_workflow(Opening.run, id=queue, task_queue=queue))
    assert said[0] == said[1]
    assert len(said[0]) == len(FORBIDDEN)
    assert not [one for one in said[0] if "allowed" in one]


def test_what_the_sdk_restricts_is_restricted_and_given_back(importer: Importer) -> None:
    before = {name: getattr(builtins, name) for name, _, _ in importer.restricted_builtins}
    assert {"open", "isinstance"} <= before.keys()
    with importer._builtins_restricted():
        by_the_sdk = {name: of_thread.current for name, of_thread, _ in importer.restricted_builtins}
    with ours(importer):
        assert {name: of_thread.current for name, of_thread, _ in importer.restricted_builtins} == by_the_sdk
        assert all(getattr(builtins, name) is of_thread for name, of_thread, _ in importer.restricted_builtins)
        with pytest.raises(RestrictedWorkflowAccessError):
            open(__file__)  # noqa: PTH123, SIM115  # the builtin itself is what is restricted
    assert {name: getattr(builtins, name) for name in before} == before


def test_a_run_within_a_run_gives_back_what_the_outer_one_had(importer: Importer) -> None:
    inner = Importer(SandboxRestrictions.default, RestrictionContext())
    with ours(importer):
        with ours(inner):
            assert open is not builtins.__dict__["open"].orig
            with open(__file__) as allowed:  # noqa: PTH123  # the builtin itself; the inner one is not on
                assert allowed.readable()
        with pytest.raises(RestrictedWorkflowAccessError):
            open(__file__)  # noqa: PTH123, SIM115  # the builtin itself is what is restricted


def test_an_exception_in_a_run_gives_the_builtins_back(importer: Importer) -> None:
    before = builtins.open
    with pytest.raises(RuntimeError, match="of the run"), ours(importer):
        raise RuntimeError("of the run")
    assert builtins.open is before


def test_what_one_thread_may_not_do_another_does_meanwhile(importer: Importer) -> None:
    inside, seen = Event(), Event()

    def of_a_run() -> bool:
        with ours(importer):
            inside.set()
            seen.wait(60)
            try:
                open(__file__)  # noqa: PTH123, SIM115  # the builtin itself is what is restricted
            except RestrictedWorkflowAccessError:
                return True
        return False

    before = builtins.open
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(of_a_run)
        try:
            assert inside.wait(60)
            with open(__file__) as allowed:  # noqa: PTH123  # the builtin itself; this thread is in no run
                assert allowed.readable()
        finally:
            seen.set()
        assert run.result(60)
    assert builtins.open is before
