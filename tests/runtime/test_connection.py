"""What a call to Temporal that failed says of the next one."""

import pytest
from temporalio.service import RPCError, RPCStatusCode

from runtime.connection import MEANINGS, is_passing


def test_every_way_of_failing_has_a_meaning() -> None:
    assert set(MEANINGS) == set(RPCStatusCode) - {RPCStatusCode.OK}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Workflow Task in failed state.", RPCStatusCode.FAILED_PRECONDITION),
        ("transport error", RPCStatusCode.UNKNOWN),
        ("transport error", RPCStatusCode.UNAVAILABLE),
        ("h2 protocol error", RPCStatusCode.INTERNAL),
        ("limit on number of concurrent in-flight updates has been reached", RPCStatusCode.RESOURCE_EXHAUSTED),
        ("context deadline exceeded", RPCStatusCode.DEADLINE_EXCEEDED),
    ],
)
def test_a_passing_state_is_worth_asking_again(said: str, status: RPCStatusCode) -> None:
    assert is_passing(RPCError(said, status, b""))


@pytest.mark.parametrize("status", [RPCStatusCode.INVALID_ARGUMENT, RPCStatusCode.PERMISSION_DENIED])
def test_what_is_not_taken_is_not_waited_for(status: RPCStatusCode) -> None:
    assert not is_passing(RPCError("no", status, b""))
