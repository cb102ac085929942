"""Whatever a program sends to an operation, it is answered as the document says, and never with a fault of ours."""

import asyncio
from collections import Counter
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from schemas.values.actor import Role
from tests.web.api.programs import API, Program, program
from tests.web.house import House

_CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
_EXAMPLES = {"GET": 6, "POST": 2}


@pytest.mark.slow  # more than a hundred operations
@pytest.mark.parametrize("role", [Role.LICENSOR, Role.OFFICE])
async def test_any_request_is_answered_as_the_document_says(house: House, role: Role) -> None:
    asking = await program(house, role)
    document = (await asking.get("/openapi.json")).json()
    schema = schemathesis.openapi.from_dict(document)
    operations = [cast("Any", found).ok() for found in schema.get_all_operations()]
    assert len(operations) > 100
    seen = await asyncio.to_thread(_ask_all, operations, house.address + API, asking)
    assert seen.keys() >= {200, 403, 404, 422}, seen


def _ask_all(operations: list[Any], address: str, asking: Program) -> Counter[int]:
    seen = Counter[int]()
    for operation in operations:
        _ask(operation, address, asking, seen)
    return seen


def _ask(operation: Any, address: str, asking: Program, seen: Counter[int]) -> None:
    @settings(
        max_examples=_EXAMPLES[operation.method.upper()],
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        headers = {"Authorization": f"Bearer {asking.secret}"}
        answer = case.call(base_url=address, headers=headers)
        seen[answer.status_code] += 1
        case.validate_response(answer, checks=_CHECKS)

    ask()
