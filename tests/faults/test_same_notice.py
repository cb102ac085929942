"""One notice is one licence, however often it comes; those who come together are treated alike."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from client.ask import Asker
from runtime.connection import connect
from runtime.settings import Settings
from runtime.stack import Stack
from schemas.acts.act import Origin
from schemas.acts.licence import GiveNotice
from schemas.standing.answer import Answer
from schemas.values.actor import Role
from tests.faults.crowd import CrowdedWorld
from tests.faults.proofs import kinds_of, prove
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.office import PATIENCE, Office
from tests.lives.stories import announced


def channels(licence: LicenceLife) -> Sequence[GiveNotice]:
    """The same notice as the licensee typed it, an operator got it on paper, a file and a sub-platform brought it."""
    world, notice = licence.world, licence.give_notice()
    operator = world.by(Role.OPERATOR)
    return (
        notice,
        notice.but(by=operator, origin=Origin.PAPER, evidence=(world.paper("notice"),)),
        notice.but(by=operator, origin=Origin.IMPORTED, evidence=(), notice_document=world.paper("notice")),
        notice.but(origin=Origin.FEED, sub_platform="a sub-platform", evidence=()),
    )


@pytest.mark.parametrize("times", [2, 20, 200])
async def test_one_notice_sent_many_times_at_once_is_one_licence_with_one_receipt(
    times: int, office: Office, stack: Stack
) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("repeated"))))
    clients = [office.client, *[await connect(Settings(var=stack.home), stack.addresses()) for _ in range(2)]]
    askers = [Asker(client, office.pool, "acts", PATIENCE, office.asker.task_queue) for client in clients]
    forms = channels(licence)

    async def send(number: int) -> Answer:
        form = forms[number % len(forms)]
        later = form.on + timedelta(days=number // len(forms) % 5)
        return await askers[number % len(askers)].ask(licence.kind, form.but(on=later))

    answers = await asyncio.gather(*(send(number) for number in range(times)))
    assert {one.receipt_number for one in answers} == {f"{licence.declaration.filing_id.hex[:16].upper()}-000001"}
    assert {one.model_dump_json() for one in answers} == {answers[0].model_dump_json()}
    assert await office.pool.fetchval("SELECT count(*) FROM licences") == 1
    assert await kinds_of(office.pool, licence) == ["give_notice"]


async def test_a_notice_repeated_through_every_channel_after_its_run_was_closed_gets_the_first_receipt(
    office: Office,
) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("closed"))))
    first = await office.ask(licence, licence.give_notice())
    await office.ask(licence, licence.retract())
    await office.run_of(licence).result()
    assert [await office.ask(licence, one) for one in channels(licence)] == [first] * 4
    assert await kinds_of(office.pool, licence) == ["give_notice", "retract"]


@pytest.mark.parametrize("licensees", [2, 50])
async def test_licensees_who_come_at_the_same_moment_get_equal_terms_and_numbers_without_a_gap(
    licensees: int, office: Office
) -> None:
    world = await CrowdedWorld(f"together {office.asker.task_queue}", crowd=licensees).write(office.pool)
    licences = world.licences(await announced(office.ask, DeclarationLife(world)))
    answers = await asyncio.gather(*(office.ask(one, one.give_notice()) for one in licences))
    prefix = licences[0].declaration.filing_id.hex[:16].upper()
    assert sorted(str(one.receipt_number) for one in answers) == [
        f"{prefix}-{number:06d}" for number in range(1, licensees + 1)
    ]
    terms = await office.pool.fetch(
        """SELECT DISTINCT position->'terms_version', position->'first_due', position->'obligations', stage
           FROM filings WHERE kind = 'licence'"""
    )
    assert len(terms) == 1
    assert await office.pool.fetchval("SELECT count(*) FROM licences WHERE open") == licensees
    await prove(office.pool)
