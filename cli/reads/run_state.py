"""How the run of a filing stands in Temporal, and its page in Temporal's Web UI.

Where the Web UI of our own server is there it is asked by HTTP: Temporal's SDK alone takes longer to load than all that
``show`` does. The Web UI has no way to the server for some seconds after both began; then the
server itself is asked.
"""

import asyncio
import json

from runtime.settings import Settings, SetupError
from runtime.stack import addresses

_PATIENCE = 3.0
_NOT_FOUND, _OK = 404, 200
_NOWHERE = ("not_held", "unreachable")


async def run_state(settings: Settings, workflow_id: str) -> tuple[str, str | None]:
    """How it stands in a word of ``texts/names/values.yaml``, and its page where the server that we started has one."""
    try:
        known = addresses(settings)
        link = known.ui_url and f"{known.ui_url}/namespaces/{known.temporal_namespace}/workflows/{workflow_id}"
        state = None
        if known.ui_url:
            path = f"/api/v1/namespaces/{known.temporal_namespace}/workflows/{workflow_id}"
            state = await asyncio.wait_for(_asked_of_page(known.ui_url, path), _PATIENCE)
        if state is None:
            state = await _asked_of_server(settings, workflow_id)
    except (SetupError, OSError, TimeoutError, ValueError):
        return "unreachable", None
    return state, link if state not in _NOWHERE else None


async def _asked_of_page(url: str, path: str) -> str | None:
    """None where the page has no answer of the server's."""
    host, _, port = url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(f"GET {path} HTTP/1.0\r\nHost: {host}\r\nAccept: application/json\r\n\r\n".encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
    code = int(head.split(b" ", 2)[1])
    if code == _NOT_FOUND:
        return "not_held"  # Temporal forgets closed runs after the retention; the log does not
    if code != _OK:
        return None
    said: str = json.loads(body)["workflowExecutionInfo"]["status"]
    return said.removeprefix("WORKFLOW_EXECUTION_STATUS_").lower()


async def _asked_of_server(settings: Settings, workflow_id: str) -> str:
    from temporalio.service import RPCError

    from runtime.connection import MEANINGS, Meaning, connect

    try:
        client = await connect(settings, addresses(settings), only_looks=True)
        described = await client.get_workflow_handle(workflow_id).describe()
    except RPCError as error:
        return "not_held" if MEANINGS[error.status] is Meaning.NOT_THERE else "unreachable"
    return described.status.name.lower() if described.status else "unknown"
