"""What happens to a payload between Temporal and our models: one converter, and no walk that changes nothing.

The SDK makes a converter twice in each activation of a run, and with it the schema of every type that it reads (up to
3 ms for the union of a licence's acts). And it walks all payloads of an activation three times in and three times out,
copying each: for a codec, for a storage outside and for its references. We have none of them
(``docs/decisions/0150-payloads.md``).
"""

from temporalio.bridge import worker as bridge
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import CompositePayloadConverter, DataConverter, WorkflowSerializationContext
from temporalio.converter._extstore import StorageOperationMetrics
from temporalio.worker import WorkflowInstance, _workflow

_SHARED = tuple(PydanticPayloadConverter().converters.values())


class SharedConverter(CompositePayloadConverter):
    """Pydantic's converter; however often it is made, what reads and writes the payloads is the process's one."""

    def __init__(self) -> None:
        super().__init__(*_SHARED)


DATA_CONVERTER = DataConverter(payload_converter_class=SharedConverter)

_Walking = _workflow._CommandAwareDataConverter
SDK_DECODES, SDK_ENCODES, SDK_PREPARES = bridge.decode_activation, bridge.encode_completion, _Walking.create
"""The SDK's own walks and the converter that it makes for each of them, private to it:
``tests/runtime/sdk/test_payloads.py`` fails where an upgrade changes them."""


def skip_idle_walks() -> None:
    """From now on a worker of this process walks its payloads only where a codec or a storage is set up."""
    bridge.decode_activation, bridge.encode_completion = _decode, _encode
    _Walking.create = staticmethod(_prepare)  # type: ignore[assignment,method-assign]


def _is_idle(converter: DataConverter) -> bool:
    return converter.payload_codec is None and converter.external_storage is None


async def _decode(
    activation: WorkflowActivation, data_converter: DataConverter, decode_headers: bool, storage_concurrency_limit: int
) -> StorageOperationMetrics:
    if _is_idle(data_converter):
        return StorageOperationMetrics()
    return await SDK_DECODES(activation, data_converter, decode_headers, storage_concurrency_limit)


async def _encode(
    completion: WorkflowActivationCompletion,
    data_converter: DataConverter,
    encode_headers: bool,
    storage_concurrency_limit: int,
) -> StorageOperationMetrics:
    if _is_idle(data_converter):
        return StorageOperationMetrics()
    return await SDK_ENCODES(completion, data_converter, encode_headers, storage_concurrency_limit)


def _prepare(
    instance: WorkflowInstance,
    context_free_dc: DataConverter,
    workflow_context_dc: DataConverter,
    workflow_context: WorkflowSerializationContext,
) -> DataConverter:
    if _is_idle(context_free_dc):
        return workflow_context_dc
    return SDK_PREPARES(instance, context_free_dc, workflow_context_dc, workflow_context)
