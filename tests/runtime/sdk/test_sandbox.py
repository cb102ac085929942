"""The sandbox is not asked for a payload's context, since no payload of ours depends on it."""

from typing import Any

from temporalio.client import Client
from temporalio.converter import WithSerializationContext
from temporalio.worker import UnsandboxedWorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from runtime.plugin import open_licence_plugin
from runtime.sdk.payloads import DATA_CONVERTER, SharedConverter
from runtime.sdk.sandbox import ContextFreeSandbox


def test_nothing_that_writes_our_payloads_looks_at_a_context() -> None:
    assert DATA_CONVERTER.payload_codec is None
    assert DATA_CONVERTER.external_storage is None
    converters = list(SharedConverter().converters.values())
    assert converters
    assert [one for one in converters if isinstance(one, WithSerializationContext)] == []


def test_every_worker_of_ours_runs_its_workflows_in_that_sandbox(temporal_client: Client) -> None:
    given: Any = {"client": temporal_client, "workflow_runner": SandboxedWorkflowRunner()}
    runner = open_licence_plugin().configure_worker(given)["workflow_runner"]
    assert isinstance(runner, ContextFreeSandbox)
    assert {"schemas", "rules", "activities", "workflows"} <= runner.restrictions.passthrough_modules


def test_a_debuggers_runner_stays_as_it_is(temporal_client: Client) -> None:
    given: Any = {"client": temporal_client, "workflow_runner": UnsandboxedWorkflowRunner()}
    assert open_licence_plugin().configure_worker(given)["workflow_runner"] is given["workflow_runner"]
