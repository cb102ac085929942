"""A preview says what the act will say, and leaves nothing behind."""

from collections.abc import Awaitable
from datetime import date

import pytest

from activities.previews import Previews
from cli.demo.filings.filing import Filing
from database.pool import Pool, open_pool
from schemas.acts.act import Act
from schemas.standing.answer import Answer, Preview
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.lives.all_stories import STORIES
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife, hand_in
from tests.lives.telling import Story
from tests.lives.world import World

TOLD = dict(list(STORIES.items())[::2])


@pytest.mark.parametrize("story", TOLD.values(), ids=TOLD)
async def test_an_act_says_what_its_preview_said(story: Story, database: Database) -> None:
    async with await open_pool(database.engine, 3) as pool:
        desk, previews = Desk(pool), Previews(pool, Desk(pool).recorder, "acts")

        async def ask(filing: Filing, act: Act) -> Answer:
            await hand_in(pool, act)
            shown = await _said_by(previews.of(filing.kind, (act,)))
            try:
                answer = await desk.ask(filing, act)
            except Refused as refused:
                assert shown == refused.refusals  # noqa: PT017  # the story itself expects the refusal
                raise
            assert shown == _said(answer)
            return answer

        await story(ask, await World(f"previewed {story.__name__}").write(pool))


async def _said_by(preview: Awaitable[Preview]) -> object:
    try:
        return _said((await preview).answer)
    except Refused as refused:
        return refused.refusals


def _said(answer: Answer) -> dict[str, object]:
    """Without the instant, and what is made from it."""
    said = answer.model_dump(mode="json", exclude={"recorded_at", "content_hash", "receipt_number"})
    for one in said["determinations"]:
        one.pop("made_at", None)
    return said


async def test_a_preview_of_a_revocation_names_every_licence_and_its_money_and_writes_nothing(
    fresh_database: Database,
) -> None:
    async with await open_pool(fresh_database.engine, 3) as pool:
        desk, world = Desk(pool), await World("revoked").write(pool)
        declaration = DeclarationLife(world)
        for act in declaration.announced():
            await desk.ask(declaration, act)
        licence = LicenceLife(declaration)
        for one in (licence.give_notice(), licence.pay(), licence.book_receipt()):
            await desk.ask(licence, one)
        await desk.tell_all()

        before = await _written(pool)
        withdrawn_before = declaration.announce_withdrawal(licence.give_notice().on)
        shown = await Previews(pool, desk.recorder, "acts").of(declaration.kind, (withdrawn_before,))
        assert await _written(pool) == before

        by_kind = {one.kind.value: one for one in shown.touched}
        assert (by_kind["declaration"].stage_before, by_kind["declaration"].stage_after) == ("in_force", "withdrawn")
        assert (by_kind["licence"].stage_before, by_kind["licence"].stage_after) == ("effective", "void")
        await desk.ask(declaration, withdrawn_before)
        await desk.tell_all()
        stage = await pool.fetchval("SELECT stage FROM filings WHERE filing_id = $1", licence.filing_id)
        assert stage == "void"
        lines = await pool.fetch(
            """SELECT line_key, account, sum(fen)::bigint AS fen FROM postings WHERE legal_on >= $2 AND filing_id = $1
               AND recorded_at > $3 GROUP BY 1, 2 HAVING sum(fen) <> 0 ORDER BY 1, 2""",
            licence.filing_id,
            date(2000, 1, 1),
            before[2],
        )
        moved = [(one.line, one.account, one.by.fen) for one in by_kind["licence"].moved]
        assert moved == [tuple(one) for one in lines]


async def _written(pool: Pool) -> tuple[object, ...]:
    row = await pool.fetchrow(
        """SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM postings), (SELECT max(recorded_at) FROM events),
                  (SELECT count(*) FROM outbox), (SELECT count(*) FROM tasks), (SELECT count(*) FROM acts)"""
    )
    assert row is not None
    return tuple(row)
