"""Whatever a program sends to an operation, it is answered as the document says, and never with a fault of ours."""

import asyncio
from collections.abc import Mapping
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
from tests.web.api.programs import API, program
from tests.web.house import House

_CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
_EXAMPLES = {"GET": 6, "POST": 2}


@pytest.mark.slow  # more than a hundred operations
async def test_any_request_is_answered_as_the_document_says(house: House) -> None:
    """Each request is sent by two who have different rights: what one is refused, the other is answered."""
    asking = {role: await program(house, role) for role in (Role.LICENSOR, Role.OFFICE)}
    document = (await asking[Role.LICENSOR].get("/openapi.json")).json()
    schema = schemathesis.openapi.from_dict(document)
    operations = [cast("Any", found).ok() for found in schema.get_all_operations()]
    assert len(operations) > 100
    secrets = {role: one.secret for role, one in asking.items()}
    seen = await asyncio.to_thread(_ask_all, operations, house.address + API, secrets)
    for role in asking:
        assert {status for by, status in seen if by is role} >= {200, 403, 404, 422}, (role, seen)


def _ask_all(operations: list[Any], address: str, secrets: Mapping[Role, str]) -> set[tuple[Role, int]]:
    seen = set[tuple[Role, int]]()
    for operation in operations:
        _ask(operation, address, secrets, seen)
    return seen


def _ask(operation: Any, address: str, secrets: Mapping[Role, str], seen: set[tuple[Role, int]]) -> None:
    @settings(
        max_examples=_EXAMPLES[operation.method.upper()],
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        for role, secret in secrets.items():
            answer = case.call(base_url=address, headers={"Authorization": f"Bearer {secret}"})
            seen.add((role, answer.status_code))
            case.validate_response(answer, checks=_CHECKS)

    ask()
