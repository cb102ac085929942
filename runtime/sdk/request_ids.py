"""The number of a request goes with what it asks for, so that one search in the logs finds all that it caused.

Who asks binds ``request_id`` in structlog's context variables; it travels as a header of the Temporal update and of the
local activity, and is bound again around both. Headers are no input: they change neither what an act is nor what a run
does, and a history without them replays alike.
"""

from collections.abc import Mapping
from typing import Any

from structlog.contextvars import bound_contextvars, get_contextvars
from temporalio import client, worker, workflow
from temporalio.api.common.v1 import Payload

REQUEST_ID = "request_id"
_HEADER = "open-licence-request-id"
_ENCODING = {"encoding": b"json/plain"}
"""As Temporal's own pages show it; our numbers are hexadecimal, so that nothing in them has to be escaped."""
_LONGEST = 66
"""Bytes that are read of a header, whoever has sent it."""


class RequestIds(client.Interceptor, worker.Interceptor):
    """For clients and workers; where no number is bound, nothing is sent and nothing is done."""

    def intercept_client(self, inner: client.OutboundInterceptor) -> client.OutboundInterceptor:
        return _FromClient(inner)

    def intercept_activity(self, inner: worker.ActivityInboundInterceptor) -> worker.ActivityInboundInterceptor:
        return _IntoActivity(inner)

    def workflow_interceptor_class(
        self, _asked: worker.WorkflowInterceptorClassInput
    ) -> type[worker.WorkflowInboundInterceptor] | None:
        return _IntoWorkflow


class _FromClient(client.OutboundInterceptor):
    async def start_workflow_update(self, asked: client.StartWorkflowUpdateInput) -> client.WorkflowUpdateHandle[Any]:
        asked.headers = _with_number(asked.headers)
        return await super().start_workflow_update(asked)

    async def start_update_with_start_workflow(
        self, asked: client.StartWorkflowUpdateWithStartInput
    ) -> client.WorkflowUpdateHandle[Any]:
        asked.update_workflow_input.headers = _with_number(asked.update_workflow_input.headers)
        return await super().start_update_with_start_workflow(asked)


class _IntoWorkflow(worker.WorkflowInboundInterceptor):
    def init(self, outbound: worker.WorkflowOutboundInterceptor) -> None:
        super().init(_FromWorkflow(outbound))

    async def handle_update_handler(self, asked: worker.HandleUpdateInput) -> Any:
        number = _number_in(asked.headers)
        if number is None:
            return await super().handle_update_handler(asked)
        with bound_contextvars(request_id=number):
            return await super().handle_update_handler(asked)


class _FromWorkflow(worker.WorkflowOutboundInterceptor):
    def start_local_activity(self, asked: worker.StartLocalActivityInput) -> workflow.ActivityHandle[Any]:
        asked.headers = _with_number(asked.headers)
        return super().start_local_activity(asked)


class _IntoActivity(worker.ActivityInboundInterceptor):
    async def execute_activity(self, asked: worker.ExecuteActivityInput) -> Any:
        number = _number_in(asked.headers)
        if number is None:
            return await super().execute_activity(asked)
        with bound_contextvars(request_id=number):
            return await super().execute_activity(asked)


def _with_number(headers: Mapping[str, Payload]) -> Mapping[str, Payload]:
    number = get_contextvars().get(REQUEST_ID)
    if number is None:
        return headers
    return {**headers, _HEADER: Payload(metadata=_ENCODING, data=f'"{number}"'.encode())}


def _number_in(headers: Mapping[str, Payload]) -> str | None:
    given = headers.get(_HEADER)
    return given.data[:_LONGEST].decode(errors="replace").strip('"') if given is not None else None
