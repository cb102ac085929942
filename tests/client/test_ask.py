"""Whoever asks can give up, also while nothing answers."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from temporalio.service import RPCError, RPCStatusCode

from client.ask import Asker
from schemas.values.refusal import Fault
from tests.lives.declarations import DeclarationLife
from tests.lives.world import World

LONG, SHORT = timedelta(minutes=10), timedelta(seconds=0.3)


class Listing:
    """The lists of a Temporal that does not know what runs are found by."""

    async def count_workflows(self, *_: Any, **__: Any) -> None:
        raise RPCError("no mapping", RPCStatusCode.INVALID_ARGUMENT, b"")


class SilentClient(Listing):
    """As the SDK does it: a call that was given up comes back as a call that was cut off."""

    def __init__(self) -> None:
        self.was_asked = asyncio.Event()

    async def execute_update_with_start_workflow(self, *_: Any, **__: Any) -> None:
        self.was_asked.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError as given_up:
            raise RPCError("cancelled", RPCStatusCode.CANCELLED, b"") from given_up


def asking(patience: timedelta, client: Any) -> "asyncio.Task[Any]":
    pool: Any = None  # nothing is read before the first answer
    life = DeclarationLife(World("silence"))
    return asyncio.create_task(Asker(client, pool, patience=patience).ask(life.kind, life.submit()))


async def test_a_question_that_is_given_up_ends_at_once() -> None:
    client = SilentClient()
    asked = asking(LONG, client)
    await asyncio.wait_for(client.was_asked.wait(), 5)
    asked.cancel()
    done, _ = await asyncio.wait({asked}, timeout=5)
    assert done
    assert asked.cancelled()


async def test_a_question_that_nobody_answers_is_a_fault_when_patience_ends() -> None:
    with pytest.raises(Fault, match="no answer to submit"):
        await asyncio.wait_for(asking(SHORT, SilentClient()), 5)


async def test_a_question_that_is_given_up_while_its_answer_arrives_asks_for_nothing_more() -> None:
    answers, was_asked = asyncio.get_running_loop().create_future(), asyncio.Event()

    class AnsweringClient(Listing):
        async def execute_update_with_start_workflow(self, *_: Any, **__: Any) -> Any:
            was_asked.set()
            return await answers

    client: Any = AnsweringClient()
    asked = asking(LONG, client)
    await asyncio.wait_for(was_asked.wait(), 5)
    answers.set_result("granted")
    asked.cancel()
    done, _ = await asyncio.wait({asked}, timeout=5)
    assert done
    assert asked.cancelled(), "who was told to stop would go on with the next act"
