"""Commands wait for servers that are away, say what they wait for, and need no more of them than they use."""

import asyncio
import io
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

import cli.reading
import cli.screen.waiting
from database.migrate import migrate
from database.pool import open_pool
from runtime.stack import Stack
from tests.cli.shell import Shell


def answering_after(tries: int, error: Exception) -> Callable[..., Any]:
    left = [error] * tries

    async def opened(*given: Any, **named: Any) -> Any:
        if left:
            raise left.pop()
        return await open_pool(*given, **named)

    return opened


@pytest.mark.parametrize("command", ["list", "tasks", "findings", "unmatched"])
async def test_a_reading_command_waits_for_the_database(
    command: str, surroundings: str, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli.reading, "_AGAIN", 0.02)
    monkeypatch.setattr(cli.reading, "open_pool", answering_after(3, ConnectionRefusedError(111, "refused")))
    assert (await shell(command, "--json")).code == 0


@pytest.mark.parametrize(
    ("error", "said"), [(TimeoutError(), "no connection in time"), (ConnectionRefusedError(111, "refused"), "refused")]
)
async def test_one_that_never_answers_is_told_with_its_reason(
    error: Exception, said: str, surroundings: str, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli.reading, "_AGAIN", 0.02)
    monkeypatch.setattr(cli.screen.waiting, "_TELL_AFTER", 0.1)
    monkeypatch.setattr(cli.reading, "PATIENCE", timedelta(seconds=0.3))
    monkeypatch.setattr(cli.reading, "open_pool", answering_after(1_000, error))
    ended = await shell("list", "--json")
    assert ended.code == 1
    assert said in ended.json["fault"]["what"]
    assert "waiting" in ended.err


async def test_what_only_reads_works_while_only_temporal_is_down(
    new_stack: Callable[..., Stack], shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack = new_stack()
    await migrate(stack.start().for_migrations())
    stack.temporal.kill()
    for name in ("DATABASE_URL", "TEMPORAL_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPEN_LICENCE_VAR", str(stack.home))
    for command in ("list", "tasks", "findings", "events"):
        assert (await shell(command, "--json")).code == 0
    stack.postgres.kill()
    ended = await shell("list", "--json")
    assert (ended.code, ended.json["fault"]["whose"]) == (1, "setup")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("watched", "drawn"), [(io.StringIO(), False), (Terminal(), True)])
async def test_of_many_that_wait_one_is_told_and_a_terminal_counts_the_seconds_on_one_line(
    watched: io.StringIO, drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli.screen.waiting, "_TELL_AFTER", 0)
    monkeypatch.setattr(sys, "stderr", watched)
    waiting, answered = cli.screen.waiting.Waiting(), asyncio.Event()

    async def one() -> None:
        with waiting.told("一", "one"):
            await answered.wait()

    asked = [asyncio.create_task(one()) for _ in range(5)]
    for _ in range(10):  # turns of the loop: all have asked, and all have waited too long
        await asyncio.sleep(0)
    answered.set()
    await asyncio.gather(*asked)
    said = watched.getvalue()
    assert said.count("one\n") == said.count("一\n") == 1
    assert ("… 0 s" in said) is drawn
    assert said.endswith("\r\033[K" if drawn else "one\n")


async def test_an_audit_that_takes_long_says_what_it_waits_for(
    surroundings: str, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli.screen.waiting, "_TELL_AFTER", 0)
    ended = await shell("audit", "reconcile", "--json")
    assert "two minutes to catch up" in ended.err
