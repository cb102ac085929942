"""No search and no list of the console reads a whole table, however it is asked: planned as for tables of any size."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from database.bulletin.asked import Asked
from database.bulletin.pages import Place
from database.bulletin.search import counted, facets, search
from database.console.consent_links import consented_by, links_of_draft, links_waiting
from database.console.drafts import list_drafts
from database.console.facts import facts_of_mine, findings_of_mine, names_document
from database.console.imports import counts_of_import, list_imports, rows_of_import, under_way
from database.console.mine import Narrowed, counted_of, mine
from database.console.positions import positions_of
from database.console.whose import OF_PARTIES, Whose, may_see
from database.dashboard.opened import monthly
from database.dashboard.prices import bands, prices, received
from database.dashboard.risks import due_within, open_tasks, stuck
from database.pool import Connection, Pool
from database.work.code_mails import code_mails_of, take_code_mail
from database.work.saved_views import Owner, find_view, views_of
from database.work.tasks import NarrowedTasks, tasks_of_mine
from schemas.values.actor import Role
from tests.database.bulletin.declared import declared, organisation

_ID, _DAY, _INSTANT = UUID(int=7), date(2026, 11, 3), datetime(2026, 11, 3, tzinfo=UTC)
_FIELDS: tuple[dict[str, Any], ...] = (
    {},
    {"text": "电池"},
    {"text": "固态电池"},
    {"text": "固态 电池"},
    {"text": "ZL20201000"},
    {"text": "202010001234.7"},
    {"patentee": "大学"},
    {"classification": "H01M"},
    {"classification": "H01M10/05"},
    {"region": "beijing"},
    {"price_form": "free"},
    {"region": "beijing", "price_form": "free", "classification": "H01M", "text": "固态电池", "status": "ended"},
)
_LISTS: tuple[dict[str, Any], ...] = (
    {},
    {"kind": "licence"},
    {"kind": "licence", "stage": "effective"},
    {"region": "beijing"},
    {"platform": "甲"},
    {"below": _ID},
    {"patent_number": "202010001234.7"},
    {"text": "电池"},
    {"text": "固态电池", "kind": "licence", "stage": "effective", "due_on": _DAY},
    {"due_on": _DAY},
)
_TASKS: tuple[dict[str, Any], ...] = (
    {},
    {"kind": "licence", "by": _DAY, "basis": "legal"},
    {"done_by": (_ID,)},
    {"is_free": True},
)
_WHOSE = [*(Whose(name, _ID) for name in OF_PARTIES), Whose("platform", "甲"), Whose("all")]


class Explained:
    """Stands for a connection: asks for real, and keeps the plan of every query."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self.plans = connection, list[dict[str, Any]]()
        self.execute, self.transaction = connection.execute, connection.transaction

    async def fetch(self, query: str, *values: object) -> list[Any]:
        planned = await self._connection.fetchval(f"EXPLAIN (FORMAT JSON) {query}", *values)
        if "pg_stats" not in query:
            self.plans.append(json.loads(planned)[0]["Plan"])
        return await self._connection.fetch(query, *values)

    async def fetchrow(self, query: str, *values: object) -> Any:
        return next(iter(await self.fetch(query, *values)), None)

    async def fetchval(self, query: str, *values: object) -> Any:
        await self.fetch(query, *values)
        return await self._connection.fetchval(query, *values)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _whole(plans: list[dict[str, Any]]) -> list[str]:
    return [node["Relation Name"] for plan in plans for node in _nodes(plan) if node["Node Type"] == "Seq Scan"]


def _indexes(plans: list[dict[str, Any]]) -> set[str]:
    return {node["Index Name"] for plan in plans for node in _nodes(plan) if "Index Name" in node}


@pytest.fixture
async def explained(fresh_engine: Pool) -> Any:
    """A connection that plans as if reading a whole table were the worst way."""
    await declared(fresh_engine, (await organisation(fresh_engine),), title="一种固态电池")
    async with fresh_engine.acquire() as connection:
        await connection.execute("SET enable_seqscan = off")
        yield Explained(connection)
        await connection.execute("RESET enable_seqscan")


@pytest.mark.parametrize("fields", _FIELDS, ids=str)
async def test_the_bulletin_is_read_by_an_index(explained: Any, fields: dict[str, Any]) -> None:
    asked = Asked(**fields)
    await search(explained, asked)
    await search(explained, asked, place=Place(_DAY, _ID), direction="newer")
    await counted(explained, asked)
    await facets(explained, asked)
    assert _whole(explained.plans) == []
    assert any(name.startswith(("listings_", "listing_counts_")) for name in _indexes(explained.plans))


@pytest.mark.parametrize("fields", _LISTS, ids=str)
async def test_lists_of_filings_are_read_by_an_index(explained: Any, fields: dict[str, Any]) -> None:
    for one in _WHOSE:
        await mine(explained, [one], Narrowed(**fields))
        await mine(explained, [one], Narrowed(**fields), place=Place(_INSTANT, _ID), direction="newer")
        await counted_of(explained, [one], Narrowed(**fields))
        await may_see(explained, _ID, [one])
    assert _whole(explained.plans) == []


async def test_what_is_due_open_or_stuck_is_read_by_an_index(explained: Any) -> None:
    await due_within(explained, _DAY)
    await open_tasks(explained, _DAY)
    await stuck(explained, _INSTANT)
    assert _whole(explained.plans) == []


@pytest.mark.parametrize("one", _WHOSE, ids=str)
async def test_facts_findings_and_tasks_are_read_by_an_index(explained: Any, one: Whose) -> None:
    await facts_of_mine(explained, [one], after=7)
    place = Place(_DAY, _ID, "x")
    for code in (None, "x"):
        await findings_of_mine(explained, [one], code)
        await findings_of_mine(explained, [one], code, place=place, direction="newer")
    for fields in _TASKS:
        await tasks_of_mine(explained, [one], Role.OPERATOR, _ID, NarrowedTasks(**fields))
        await tasks_of_mine(explained, [one], Role.OPERATOR, _ID, NarrowedTasks(**fields), place=place)
    await names_document(explained, _ID, "0" * 64)
    assert _whole(explained.plans) == []


async def test_positions_of_a_page_and_numbers_of_months_are_read_by_an_index(explained: Any) -> None:
    await positions_of(explained, [_ID])
    await monthly(explained, ["declaration:announced"], _DAY)
    await received(explained)
    for by_region in (True, False):
        await bands(explained, by_region=by_region)
        await prices(explained, by_region=by_region)
    assert _whole(explained.plans) == []


@pytest.mark.parametrize("owner", [_ID, None], ids=["owner", "all"])
async def test_sent_tables_and_their_rows_are_read_by_an_index(explained: Any, owner: UUID | None) -> None:
    await list_imports(explained, owner)
    await list_imports(explained, owner, Place(_INSTANT, _ID))
    await rows_of_import(explained, _ID, after=7)
    await rows_of_import(explained, _ID, "refused")
    await counts_of_import(explained, _ID)
    await under_way(explained)
    assert _whole(explained.plans) == []


async def test_links_of_co_owners_are_read_by_an_index(explained: Any) -> None:
    await links_of_draft(explained, _ID)
    await links_waiting(explained)
    await consented_by(explained, ["0" * 64])
    await code_mails_of(explained, [_ID])
    await take_code_mail(explained)
    assert _whole(explained.plans) == []


@pytest.mark.parametrize("unit", [_ID, None], ids=["unit", "himself"])
async def test_saved_views_are_read_by_an_index(explained: Any, unit: UUID | None) -> None:
    owner = Owner(_ID, unit, "operator")
    await views_of(explained, owner, "/tasks")
    await find_view(explained, owner, _ID)
    assert _whole(explained.plans) == []


async def test_a_query_that_reads_a_whole_table_would_be_seen(explained: Any) -> None:
    await explained.fetch("SELECT FROM listings WHERE found_title LIKE '%x%' AND title = patentees")
    await explained.fetch("SELECT FROM outbox WHERE payload = '{}'")
    assert _whole(explained.plans) == ["listings", "outbox"]


@pytest.mark.parametrize(("organisation_id", "index"), [(None, "drafts_of_account"), (_ID, "drafts_of_organisation")])
async def test_drafts_are_read_by_whose_they_are(explained: Any, organisation_id: UUID | None, index: str) -> None:
    await list_drafts(explained, _ID, organisation_id, "submit")
    await list_drafts(explained, _ID, organisation_id, "submit", place=Place(_INSTANT, _ID), direction="newer")
    assert _whole(explained.plans) == []
    assert _indexes(explained.plans) == {index}
