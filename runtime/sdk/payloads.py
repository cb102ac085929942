"""What happens to a payload between Temporal and our models: one converter, tags, and no walk that changes nothing.

The SDK makes a converter twice in each activation of a run, and with it the schema of every type that it reads (up to
3 ms for the union of a licence's acts). And it walks all payloads of an activation three times in and three times out,
copying each: for a codec, for a storage outside and for its references. We have none of them
(``docs/decisions/0150-payloads.md``).
"""

from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Field
from temporalio.api.common.v1 import Payload
from temporalio.bridge import worker as bridge
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter, PydanticPayloadConverter
from temporalio.converter import CompositePayloadConverter, DataConverter, WorkflowSerializationContext
from temporalio.converter._extstore import StorageOperationMetrics
from temporalio.worker import WorkflowInstance, _workflow

TAGS = ("kind", "filing_kind", "outcome")
"""Fields that tell which member of a union a payload is."""


class TaggedConverter(PydanticJSONPlainPayloadConverter):
    """Reads a union of models by its tag (``docs/decisions/0200-tags.md``).

    The SDK asks for types as ``get_type_hints`` gives them, which drops the ``Field(discriminator=...)`` of parameters:
    pydantic would then read each act as every act there is, and keep what fits best.
    """

    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        """The value, as its type; raises as the SDK's own."""
        return super().from_payload(payload, tagged(type_hint))


@cache
def tagged(hint: Any) -> Any:
    """The same type; of a union of models that all have one of the tags, with that as its discriminator."""
    if get_origin(hint) not in (Union, UnionType):
        return hint
    members = get_args(hint)
    for tag in TAGS:
        if all(_has(one, tag) for one in members):
            return Annotated[hint, Field(discriminator=tag)]
    return hint


def _has(member: Any, tag: str) -> bool:
    if not (isinstance(member, type) and issubclass(member, BaseModel)) or tag not in member.model_fields:
        return False
    return get_origin(member.model_fields[tag].annotation) is Literal


_SDKS = PydanticPayloadConverter().converters.values()
_SHARED = tuple(TaggedConverter() if isinstance(one, PydanticJSONPlainPayloadConverter) else one for one in _SDKS)


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
    # a method of the SDK is replaced on purpose
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
