"""What was typed is not lost: not to a second tab, not to a colleague, not to somebody else."""

from uuid import uuid4

import pytest

from database.console.drafts import begin_draft, end_draft, find_draft, list_drafts, save_fields
from database.pool import Pool
from schemas.values.actor import Role
from schemas.values.refusal import Refused
from tests.web.people import account_of, organisation, person


async def test_fields_are_saved_one_by_one_and_two_tabs_do_not_overwrite_each_other(engine: Pool) -> None:
    async with engine.acquire() as connection:
        mine = (await account_of(connection, await person(connection)), await organisation(connection))
        draft = await begin_draft(connection, uuid4(), *mine, "submit")
        first = await save_fields(connection, draft.draft_id, *mine, {"title": "电池", "term": "5"}, draft.version)
        second = await save_fields(connection, draft.draft_id, *mine, {"amount": "1000", "term": None})
        assert second.fields == {"title": "电池", "amount": "1000"}
        assert (first.version, second.version) == (2, 3)
        with pytest.raises(Refused, match="draft_changed"):
            await save_fields(connection, draft.draft_id, *mine, {"title": "电机"}, first.version)
        kept = await find_draft(connection, draft.draft_id, *mine)
        assert kept is not None
        assert kept.fields["title"] == "电池"
        assert await begin_draft(connection, draft.draft_id, *mine, "submit") == kept, "the same id begins it once"


async def test_a_draft_is_its_organisations_and_a_single_persons_own(engine: Pool) -> None:
    async with engine.acquire() as connection:
        unit, other = await organisation(connection), await organisation(connection)
        me, colleague = [await account_of(connection, await person(connection)) for _ in range(2)]
        shared = await begin_draft(connection, uuid4(), me, unit, "submit")
        own = await begin_draft(connection, uuid4(), me, None, "submit")
        assert await find_draft(connection, shared.draft_id, colleague, unit) == shared
        assert await find_draft(connection, shared.draft_id, me, other) is None
        assert await find_draft(connection, own.draft_id, colleague, None) is None
        for reader, of, expected in ((colleague, unit, shared), (me, None, own)):
            theirs = (await list_drafts(connection, reader, of, "submit")).rows
            assert [one.draft_id for one in theirs] == [expected.draft_id]
            assert (await list_drafts(connection, reader, of, "give_notice")).rows == []
        for account_id, organisation_id in ((colleague, other), (colleague, None)):
            foreign = (account_id, organisation_id)
            with pytest.raises(Refused, match="draft_unknown"):
                await save_fields(connection, shared.draft_id, *foreign, {"title": "x"})
            with pytest.raises(Refused, match="draft_unknown"):
                await begin_draft(connection, shared.draft_id, *foreign, "submit")
            assert not await end_draft(connection, shared.draft_id, *foreign, "discarded")


async def test_what_was_asked_for_is_no_draft_any_more_and_holds_nothing(engine: Pool) -> None:
    async with engine.acquire() as connection:
        account_id = await account_of(connection, await person(connection), Role.LICENSEE)
        draft = await begin_draft(connection, uuid4(), account_id, None, "give_notice", uuid4())
        await save_fields(connection, draft.draft_id, account_id, None, {"account": "6222 0000"})
        assert await end_draft(connection, draft.draft_id, account_id, None, "asked")
        assert not await end_draft(connection, draft.draft_id, account_id, None, "asked")
        assert (await list_drafts(connection, account_id, None, "give_notice")).rows == []
        with pytest.raises(Refused, match="draft_unknown"):
            await save_fields(connection, draft.draft_id, account_id, None, {"account": "x"})
        said = await connection.fetchval(
            "SELECT row_to_json(d)::text FROM drafts d WHERE draft_id = $1", draft.draft_id
        )
        assert "6222" not in said


async def test_drafts_are_turned_page_by_page_what_was_changed_last_first(engine: Pool) -> None:
    async with engine.acquire() as connection:
        mine = (await account_of(connection, await person(connection)), await organisation(connection))
        made = [(await begin_draft(connection, uuid4(), *mine, "submit")).draft_id for _ in range(5)]
        await save_fields(connection, made[0], *mine, {"title": "最后改的"})
        newest_first = [made[0], *reversed(made[1:])]
        pages, place = [], None
        while True:
            page = await list_drafts(connection, *mine, "submit", place=place, size=2)
            pages.append([one.draft_id for one in page.rows])
            if (place := page.older) is None:
                break
        assert pages == [newest_first[:2], newest_first[2:4], newest_first[4:]]
        back = await list_drafts(connection, *mine, "submit", place=page.newer, direction="newer", size=2)
        assert [one.draft_id for one in back.rows] == newest_first[2:4]
