"""One number from the answer that a person sees to the line of the worker that recorded what was asked for."""

from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from schemas.values.actor import Role
from schemas.values.identifiers import workflow_id
from tests.web.house import House
from tests.web.told import declare


async def test_the_number_of_a_request_stands_in_the_workers_line_and_in_the_history(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    with capture_logs(processors=[merge_contextvars]) as lines:
        declaration = await declare(house, licensor)
    (recorded,) = [one for one in lines if one["event"] == "act_recorded" and one["filing_id"] == str(declaration)]
    (sent,) = [one for one in lines if one["event"] == "request" and one["route"] == "/declare/{draft_id}/submit"]
    assert recorded["request_id"] == sent["request_id"]
    assert len({one["request_id"] for one in lines if one["event"] == "request"}) > 1
    history = await house.office.client.get_workflow_handle(workflow_id("declaration", declaration)).fetch_history()
    assert sent["request_id"].encode() in b"".join(one.SerializeToString() for one in history.events)
