"""How the run of a filing stands is asked of the page of our own server, without Temporal's library."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from temporalio.client import Client

import cli.reads.run_state
from cli.reads.run_state import run_state
from runtime.connection import connect
from runtime.settings import Settings
from runtime.stack import Stack


async def test_the_page_says_how_a_run_stands(new_stack: Callable[..., Stack]) -> None:
    stack = new_stack(ui=True)
    with stack.running() as known:
        settings = Settings(var=stack.home)
        client = await connect(settings, known)
        handle = await client.start_workflow("Declaration", id="declaration:1", task_queue="nobody")
        state, link = await run_state(settings, "declaration:1")
        assert (state, link) == ("running", f"{known.ui_url}/namespaces/open-licence/workflows/declaration:1")
        await handle.terminate()
        assert (await run_state(settings, "declaration:1"))[0] == "terminated"
        assert await run_state(settings, "declaration:2") == ("not_held", None)
    assert await run_state(settings, "declaration:1") == ("unreachable", None)


async def test_a_page_that_has_lost_its_server_is_not_believed(
    stack: Stack, temporal_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    async def unavailable(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b'HTTP/1.0 503 Service Unavailable\r\n\r\n{"code": 14}')
        writer.close()

    workflow_id = f"declaration:{uuid4()}"
    handle = await temporal_client.start_workflow("Declaration", id=workflow_id, task_queue="nobody")
    async with await asyncio.start_server(unavailable, "127.0.0.1", 0) as page:
        host, port = page.sockets[0].getsockname()
        known = replace(stack.addresses(), ui_url=f"http://{host}:{port}")
        monkeypatch.setattr(cli.reads.run_state, "addresses", lambda _: known)
        state, link = await run_state(Settings(var=stack.home), workflow_id)
    assert asked
    assert (state, link) == ("running", f"{known.ui_url}/namespaces/open-licence/workflows/{workflow_id}")
    await handle.terminate()
