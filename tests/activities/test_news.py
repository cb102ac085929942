"""What a filing stands on changes elsewhere; it is told, and only what it did not know becomes a fact."""

from datetime import date
from uuid import uuid4

import pytest

from cli.demo.filings.days import NOTICED_ON
from database.pool import open_pool
from schemas.acts.act import Act, SurroundingsChanged
from schemas.values.actor import Role
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.telling import JUNE
from tests.lives.world import World


async def test_news_that_was_known_already_is_no_fact(database: Database) -> None:
    async with await open_pool(database.engine, 2) as pool:
        desk, world = Desk(pool), await World("news").write(pool)
        declaration = DeclarationLife(world)
        for act in declaration.announced():
            await desk.ask(declaration, act)
        licence = LicenceLife(declaration)
        noticed = await desk.ask(licence, licence.give_notice())

        told = await desk.ask(licence, licence.surroundings_changed(NOTICED_ON, uuid4()))
        assert told.head == noticed.head

        withdrawal = declaration.announce_withdrawal(NOTICED_ON)
        await desk.ask(declaration, withdrawal)
        news = licence.surroundings_changed(NOTICED_ON, withdrawal.act_id)
        changed = await desk.ask(licence, news)
        assert (changed.head.version, changed.head.stage) == (noticed.head.version + 1, "not_concluded")
        assert await desk.ask(licence, news) == changed


async def test_the_bonus_for_the_grant_follows_a_corrected_day_of_the_grant(fresh_database: Database) -> None:
    async with await open_pool(fresh_database.engine, 2) as pool:
        desk, world = Desk(pool), await World("news of a grant").write(pool)
        declaration = DeclarationLife(world)
        bonus, submitted = PayoutLife(declaration), declaration.submit()
        await desk.ask(declaration, submitted)
        begun = await desk.ask(bonus, bonus.determine())
        assert begun.next_deadline is not None
        assert begun.next_deadline.by == date(2021, 9, 1)

        right = declaration.offer().but(granted_on=date(2021, 7, 1)).model_dump(mode="json")
        correction = declaration.correct_fact(submitted.act_id, JUNE, {"offer": right}, Role.LICENSOR)
        await desk.ask(declaration, correction)
        await desk.ask(declaration, declaration.countersign(correction))
        await desk.tell_all()
        due_by = await pool.fetchval("SELECT due_by FROM filings WHERE filing_id = $1", bonus.filing_id)
        assert due_by == date(2021, 10, 8)  # three months, and the week of the National Day


async def test_news_and_certificates_reach_a_licence_whose_taking_over_waits_for_its_second_person(
    fresh_database: Database,
) -> None:
    async with await open_pool(fresh_database.engine, 2) as pool:
        desk, world = Desk(pool), await World("news of a waiting licence").write(pool)
        declaration = DeclarationLife(world)
        for act in declaration.announced():
            await desk.ask(declaration, act)
        licence = LicenceLife(declaration)
        begun = licence.take_over(JUNE)
        waiting = await desk.ask(licence, begun)

        await desk.ask(declaration, declaration.announce_withdrawal(NOTICED_ON))
        await desk.tell_all()
        certificate = await desk.ask(licence, licence.record())
        passed = await desk.ask(licence, licence.pass_day(JUNE))
        assert [one.head.stage for one in (waiting, certificate, passed)] == ["-"] * 3

        signed = await desk.ask(licence, licence.countersign(begun))
        assert (signed.head.version, signed.head.stage) == (5, "void")


@pytest.mark.parametrize("kind", ["news", "day", "certificate"])
async def test_what_is_told_of_a_filing_that_nobody_began_begins_none(kind: str, database: Database) -> None:
    async with await open_pool(database.engine, 2) as pool:
        declaration = DeclarationLife(await World(f"news of nothing {kind}").write(pool))
        told: dict[str, Act] = {
            "news": declaration.world.act(
                SurroundingsChanged, declaration.filing_id, Role.TIMER, NOTICED_ON, cause=uuid4()
            ),
            "day": declaration.pass_day(NOTICED_ON),
            "certificate": declaration.announce(),
        }
        with pytest.raises(Refused, match="filing_unknown"):
            await Desk(pool).ask(declaration, told[kind])
