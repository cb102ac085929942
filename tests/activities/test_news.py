"""What a filing stands on changes elsewhere; it is told, and only what it did not know becomes a fact."""

from uuid import uuid4

from database.pool import open_pool
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.world import NOTICED_ON, World


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
