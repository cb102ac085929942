"""Temporal's passing states are outages: waited for by programs, and never what quarantines a message."""

import asyncio
from typing import Any

import pytest
from temporalio.service import RPCError, RPCStatusCode

from cli.demo.filings.filing import tell
from client.ask import Asker
from client.tell import send_due
from database.standing.outbox import MOST_TRIES
from schemas.values.refusal import Fault
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.office import Office
from tests.lives.stories import announced
from tests.lives.telling import JUNE
from workflows.procedure import Procedure

PASSING = [
    ("Workflow Task in failed state", RPCStatusCode.FAILED_PRECONDITION),
    ("transport error", RPCStatusCode.UNKNOWN),
    ("h2 protocol error", RPCStatusCode.INTERNAL),
]


class Troubled(Asker):
    """Meets a Temporal that is in some state, so many times."""

    state: tuple[str, RPCStatusCode] = ("", RPCStatusCode.UNKNOWN)
    times = 0

    async def _update(self, *given: Any) -> Any:
        self._meet()
        return await super()._update(*given)

    async def _begin(self, *given: Any) -> Any:
        self._meet()
        return await super()._begin(*given)

    def _meet(self) -> None:
        if self.times:
            self.times -= 1
            raise RPCError(*self.state, b"")


def troubled(office: Office, state: tuple[str, RPCStatusCode], times: int) -> Troubled:
    asker = Troubled(office.client, office.pool, "acts", office.asker.patience, office.asker.task_queue)
    asker.state, asker.times = state, times
    return asker


async def test_a_passing_state_is_waited_for(office: Office) -> None:
    life = DeclarationLife(await office.world("passing"))
    for number, state in enumerate(PASSING, 1):
        act = [life.submit(), life.mark_filed(), life.announce()][number - 1]
        assert (await troubled(office, state, 3).ask(life.kind, act)).head.version == number


@pytest.mark.parametrize("state", [*PASSING, ("no permission", RPCStatusCode.PERMISSION_DENIED)])
async def test_a_message_that_meets_it_waits_and_is_never_quarantined(
    office: Office, state: tuple[str, RPCStatusCode]
) -> None:
    declaration = await announced(office.ask, DeclarationLife(await office.world(f"message {state}"), FREE))
    licence = LicenceLife(declaration)
    await tell(office.ask, licence, licence.give_notice())
    await office.tell_all()
    await office.ask(declaration, declaration.report_bar(JUNE))
    asker = troubled(office, state, -1)
    asker.patience /= 400
    for _ in range(MOST_TRIES + 1):
        await send_due(asker, ())
        await office.pool.execute("UPDATE outbox SET next_try_at = clock_timestamp() WHERE sent_at IS NULL")
    waiting = await office.pool.fetch("SELECT attempts, quarantined, last_error FROM outbox WHERE sent_at IS NULL")
    assert [(one["attempts"], one["quarantined"]) for one in waiting] == [(0, False)]
    assert "temporal" in waiting[0]["last_error"]
    await office.tell_all()
    assert await office.pool.fetchval("SELECT count(*) FROM outbox WHERE sent_at IS NULL") == 0


async def test_acts_wait_for_a_worker_that_mends_a_run_whose_task_fails(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = DeclarationLife(await office.world("task fails"))
    await office.ask(life, life.submit())
    perform = Procedure.perform

    async def broken(*_: Any) -> Any:
        raise RuntimeError("a defect of this worker")

    with monkeypatch.context() as patched:
        patched.setattr(Procedure, "perform", broken)
        asked = [asyncio.create_task(office.ask(life, life.mark_filed()))]
        while await _attempt(office, life) < 3:  # noqa: ASYNC110  (the server counts; nothing tells us)
            await asyncio.sleep(0.1)
        asked.append(asyncio.create_task(office.ask(life, life.mark_filed())))
        done, _ = await asyncio.wait(asked, timeout=3)
        assert not done, "a state that passes was told as an answer"
    assert Procedure.perform is perform
    first, second = await asyncio.gather(*asked)
    assert first == second


async def _attempt(office: Office, life: DeclarationLife) -> int:
    described = await office.run_of(life).describe()
    return described.raw_description.pending_workflow_task.attempt


async def test_a_program_whose_patience_ends_says_that_the_act_can_be_sent_again(office: Office) -> None:
    asker = troubled(office, PASSING[0], -1)
    asker.patience /= 40
    life = DeclarationLife(await office.world("impatient"))
    with pytest.raises(Fault, match="can be sent again") as fault:
        await asker.ask(life.kind, life.submit())
    assert fault.value.retry
