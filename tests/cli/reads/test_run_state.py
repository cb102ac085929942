"""How the run of a filing stands is asked of the page of our own server, without Temporal's library."""

from collections.abc import Callable

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
