"""Payloads are walked only for a codec or a storage, and one converter reads and writes them all."""

import inspect
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import TypeAdapter, ValidationError
from temporalio.api.common.v1 import Payload
from temporalio.bridge import worker as bridge
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import DataConverter, PayloadCodec
from temporalio.worker import _workflow

from activities.record import Recorder
from runtime.plugin import open_licence_plugin
from runtime.sdk.payloads import DATA_CONVERTER, SDK_DECODES, SDK_ENCODES, SDK_PREPARES, SharedConverter, tagged
from schemas.standing.answer import Head, Start
from tests.histories import golden
from worker import WORKFLOWS

LOOKED_AT = "998a4010095e6efcb7165e18f244078912569cf6f4b2b0b696a5856d03beafc9"
"""What was looked at when the walks were left out: what they do without codec and storage, and who calls them."""


class Sealing(PayloadCodec):
    """As if somebody had set up encryption."""

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [Payload(data=b"sealed " + one.data) for one in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [Payload(data=one.data.removeprefix(b"sealed ")) for one in payloads]


def _completion(data: bytes = b"said") -> WorkflowActivationCompletion:
    completion = WorkflowActivationCompletion()
    command = completion.successful.commands.add()
    command.complete_workflow_execution.result.data = data
    return completion


def _activation(data: bytes = b"said") -> WorkflowActivation:
    activation = WorkflowActivation()
    activation.jobs.add().initialize_workflow.arguments.add().data = data
    return activation


def test_the_sdk_walks_its_payloads_as_it_did_when_that_was_left_out() -> None:
    converter = (
        getattr(DataConverter, f"_{way}_payload_sequence")
        for way in ("encode", "decode", "encode_reference", "decode_reference", "external_store", "external_retrieve")
    )
    private: tuple[Callable[..., Any], ...] = (
        SDK_DECODES,
        SDK_ENCODES,
        SDK_PREPARES,
        _workflow._CommandAwareDataConverter,
        _workflow._WorkflowWorker._handle_activation,
        *converter,
    )
    text = "".join(inspect.getsource(one) for one in private)
    assert sha256(text.encode()).hexdigest() == LOOKED_AT, "read what changed in the SDK, then runtime/sdk/payloads.py"


async def test_without_codec_and_storage_the_sdks_walk_changes_nothing() -> None:
    completion, activation = _completion(), _activation()
    await SDK_ENCODES(completion, DATA_CONVERTER, True, 1)
    await SDK_DECODES(activation, DATA_CONVERTER, True, 1)
    assert (completion, activation) == (_completion(), _activation())


async def test_without_codec_and_storage_nothing_is_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    open_licence_plugin()
    for walk in ("SDK_DECODES", "SDK_ENCODES"):
        monkeypatch.setattr(f"runtime.sdk.payloads.{walk}", None)
    completion, activation = _completion(), _activation()
    assert (await bridge.encode_completion(completion, DATA_CONVERTER, True, 1)).payload_count == 0
    assert (await bridge.decode_activation(activation, DATA_CONVERTER, True, 1)).payload_count == 0
    assert (completion, activation) == (_completion(), _activation())


async def test_a_codec_is_asked_as_ever() -> None:
    open_licence_plugin()
    sealing = DataConverter(payload_converter_class=SharedConverter, payload_codec=Sealing())
    completion, activation = _completion(), _activation(b"sealed said")
    await bridge.encode_completion(completion, sealing, True, 1)
    await bridge.decode_activation(activation, sealing, True, 1)
    assert (completion, activation) == (_completion(b"sealed said"), _activation())


async def test_only_for_a_codec_a_converter_is_made_for_each_walk() -> None:
    open_licence_plugin()
    made: dict[str, Any] = {"instance": None, "workflow_context": None}
    sealing = DataConverter(payload_converter_class=SharedConverter, payload_codec=Sealing())
    kinds = [
        type(_workflow._CommandAwareDataConverter.create(context_free_dc=one, workflow_context_dc=one, **made))
        for one in (DATA_CONVERTER, sealing)
    ]
    assert kinds == [DataConverter, _workflow._CommandAwareDataConverter]


def _unions() -> list[Any]:
    """Every union of models that a workflow or the recording activity is asked with or answers."""
    functions = [Recorder.record, *(getattr(one, "perform", None) for one in WORKFLOWS)]
    hints = [hint for one in functions if one is not None for hint in get_type_hints(one).values()]
    return [hint for hint in hints if len(get_args(hint)) > 1]


def test_a_union_is_read_by_its_tag_although_the_sdk_drops_it() -> None:
    unions = _unions()
    assert len(unions) == 6  # acts of four kinds, what is recorded, and what comes of it
    for hint in unions:
        with pytest.raises(ValidationError) as told:
            SharedConverter().from_payload(Payload(metadata={"encoding": b"json/plain"}, data=b"{}"), hint)
        (error,) = told.value.errors()  # not one of each model that it could be
        assert error["type"] == "union_tag_not_found"


@pytest.mark.parametrize("hint", [int | None, str | int, Head | None, Head | Start, list[int]])
def test_what_has_no_tag_is_read_as_the_sdk_reads_it(hint: Any) -> None:
    assert tagged(hint) is hint


@pytest.mark.parametrize("name", golden.names())
def test_a_golden_act_is_the_same_act_by_its_tag(name: str) -> None:
    types: dict[str, Any] = {one.__name__.removesuffix("Workflow"): one for one in WORKFLOWS}
    events = golden.read(name).events
    kind = types[events[0].workflow_execution_started_event_attributes.workflow_type.name]
    for event in events:
        for payload in event.workflow_execution_update_accepted_event_attributes.accepted_request.input.args.payloads:
            hint = get_type_hints(kind.perform)["act"]
            assert SharedConverter().from_payload(payload, hint) == TypeAdapter(hint).validate_json(payload.data)


def test_every_converter_of_the_process_reads_a_type_with_one_schema() -> None:
    first, second = SharedConverter(), SharedConverter()
    assert first.converters == second.converters
    assert all(first.converters[name] is second.converters[name] for name in first.converters)
