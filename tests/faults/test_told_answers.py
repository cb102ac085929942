"""An answer is told only when the log has its act, whatever Temporal remembers of before the log was set back."""

from collections.abc import Awaitable
from typing import Any

import pytest
from temporalio.service import RPCError, RPCStatusCode

from cli.demo.filings.filing import Filing, tell
from client.ask import Asker
from schemas.acts.act import Act
from schemas.standing.answer import Answer
from schemas.values.money import Money
from schemas.values.refusal import Fault, Refused
from tests.conftest import Database
from tests.faults.proofs import kinds_of, prove, prove_once_each
from tests.faults.set_back import Copy, copy_of
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.licences import LicenceLife, hand_in
from tests.lives.office import Office
from tests.lives.stories import announced, noticed

_SMALL = Money.of("1.00")


async def test_what_was_acknowledged_and_lost_is_recorded_again_when_it_is_asked_again(
    office: Office, fresh_database: Database
) -> None:
    licence = await noticed(office.ask, await office.world("asked again"))
    copy = await copy_of(fresh_database)
    later = LicenceLife(licence.declaration, "second_licensee")
    asked: list[tuple[Filing, Act]] = [
        (licence, licence.pay(_SMALL, again=1)),
        (later, later.give_notice()),
        (later, later.retract()),
        (licence, licence.pay(_SMALL, again=2)),
    ]
    first = [await office.ask(filing, act) for filing, act in asked]
    await copy.set_back()
    again = [await office.ask(filing, act) for filing, act in asked]
    await prove_once_each(office.pool, again)
    assert [one.head for one in again] == [one.head for one in first]
    assert again != first, "it was recorded at another instant"
    assert [await office.ask(filing, act) for filing, act in asked] == again
    await prove(office.pool)


class CutOff(Asker):
    """The first answer, a yes or a no, is lost on its last stretch; ``meanwhile`` the log is set back."""

    meanwhile: Copy | None = None

    async def _update(self, *given: Any) -> Answer:
        return await self._cut(super()._update(*given))

    async def _begin(self, *given: Any) -> Answer:
        return await self._cut(super()._begin(*given))

    async def _cut(self, asked: Awaitable[Answer]) -> Answer:
        copy = self.meanwhile
        try:
            return await asked
        finally:
            if copy is not None and self.meanwhile is not None:
                self.meanwhile = None
                await copy.set_back()
                raise RPCError("transport error", RPCStatusCode.UNAVAILABLE, b"")


def cut_off(office: Office, copy: Copy) -> CutOff:
    asker = CutOff(office.client, office.pool, "acts", office.asker.patience, office.asker.task_queue)
    asker.meanwhile = copy
    return asker


async def test_an_answer_whose_log_was_set_back_before_it_arrived_is_not_told(
    office: Office, fresh_database: Database
) -> None:
    licence = await noticed(office.ask, await office.world("cut off"))
    await hand_in(office.pool, licence.pay(_SMALL))
    asker = cut_off(office, await copy_of(fresh_database))
    told = await asker.ask(licence.kind, licence.pay(_SMALL))
    assert asker.meanwhile is None
    await prove_once_each(office.pool, [told])
    assert await kinds_of(office.pool, licence) == ["give_notice", "pay"]


async def test_a_no_that_arrives_after_its_reason_has_gone_is_not_told(
    office: Office, fresh_database: Database
) -> None:
    licence = await noticed(office.ask, await office.world("its reason"))
    await hand_in(office.pool, licence.pay(Money.of("10000.00")))
    copy = await copy_of(fresh_database)
    await office.ask(licence, licence.retract())
    asker = cut_off(office, copy)
    assert (await asker.ask(licence.kind, licence.pay(Money.of("10000.00")))).head.stage == "effective"
    assert asker.meanwhile is None


async def test_a_question_without_an_answer_is_the_same_question_when_it_is_asked_again(office: Office) -> None:
    licence = await noticed(office.ask, await office.world("unanswered"))
    names: list[str] = []

    class Silent(Asker):
        async def _update(self, *given: Any) -> Any:
            names.append(given[-1].name)
            raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")

    asker = Silent(office.client, office.pool, "acts", office.asker.patience / 100, office.asker.task_queue)
    for _ in range(2):
        with pytest.raises(Fault, match="no answer"):
            await asker.ask(licence.kind, licence.pay(_SMALL))
    assert len(set(names)) == 1
    with pytest.raises(Fault, match="no answer"):
        await asker.ask(licence.kind, licence.pay(_SMALL, again="another"))
    assert len(set(names)) == 2


async def test_a_refused_act_is_judged_by_the_log_as_it_is_after_it_was_set_back(
    office: Office, fresh_database: Database
) -> None:
    declaration = await announced(office.ask, DeclarationLife(await office.world("refused before"), FREE))
    licence = LicenceLife(declaration)
    copy = await copy_of(fresh_database)
    await tell(office.ask, licence, licence.give_notice())
    other = LicenceLife(declaration, n=2)
    with pytest.raises(Refused):
        await office.ask(other, other.give_notice())
    await copy.set_back()
    with pytest.raises(Refused):  # number 2 is still not the next one
        await office.ask(other, other.give_notice())
    await office.ask(licence, licence.give_notice())
    await prove(office.pool)
