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
_EXAMPLES = {"GET": 3, "POST": 2}


Headers = Mapping[str, str]


async def _callers(house: House) -> dict[str, Headers]:
    """Two programs, and a person whose right no key has; what one is refused, another is answered."""
    person = await house.guest(Role.ADMINISTRATOR)
    callers: dict[str, Headers] = {
        role.value: {"Authorization": f"Bearer {(await program(house, role)).secret}"}
        for role in (Role.LICENSOR, Role.OPERATOR)
    }
    return callers | {"person": {"Cookie": f"session={person.cookie}", "X-CSRF-Token": person.session.csrf}}


@pytest.mark.slow  # more than two hundred operations
async def test_any_request_is_answered_as_the_document_says(house: House) -> None:
    """Each request is sent by all of them."""
    callers = await _callers(house)
    document = (await house.public().get(f"{API}/openapi.json")).json()
    schema = schemathesis.openapi.from_dict(document)
    operations = [cast("Any", found).ok() for found in schema.get_all_operations()]
    assert len(operations) > 200
    seen = await asyncio.to_thread(_ask_all, operations, house.address + API, callers)
    for caller in callers:
        assert {status for by, status in seen if by == caller} >= {200, 403, 404, 422}, (caller, seen)


def _ask_all(operations: list[Any], address: str, callers: Mapping[str, Headers]) -> set[tuple[str, int]]:
    seen = set[tuple[str, int]]()
    for operation in operations:
        _ask(operation, address, callers, seen)
    return seen


def _ask(operation: Any, address: str, callers: Mapping[str, Headers], seen: set[tuple[str, int]]) -> None:
    @settings(
        max_examples=_EXAMPLES[operation.method.upper()],
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        for caller, headers in callers.items():
            answer = case.call(base_url=address, headers=dict(headers))
            seen.add((caller, answer.status_code))
            case.validate_response(answer, checks=_CHECKS)

    ask()
