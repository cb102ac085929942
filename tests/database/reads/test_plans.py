"""No list reads or sorts more than it shows: at a million filings it takes what it takes at ten."""

import inspect
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import combinations
from pkgutil import walk_packages
from typing import Any, Literal, get_args, get_origin
from uuid import UUID

import pytest

import database
from database.bulletin.pages import Place
from database.pool import Connection, Pool, open_pool
from database.reads import trace
from tests.conftest import Database

Plan = dict[str, Any]
Read = Callable[..., Awaitable[Any]]
SETTINGS = ("enable_seqscan", "enable_sort", "enable_incremental_sort", "enable_hashjoin", "enable_mergejoin")
FEW = (
    *("filing_id", "parent_id", "declaration_id", "licence_id", "party_id", "patent_number", "licensor", "licensee"),
    "bank_key",
)
"""Columns of whose one value there are few rows, however many filings there are: what they find may be sorted."""
MEANT: dict[str, str | tuple[str, ...]] = {
    # A new holiday table concerns whatever has a day in its year: it goes through all, by id.
    "filings_decided": "reads filings_pkey row by row",
    # The first deadlines of one role can lie behind any number of others' within the window.
    "list_due": "sorts all by ['d.by'",
    # Once a night, no page: after the code has changed every copy is one that it has not replayed.
    "to_replay": "reads replays_run_id row by row",
    # There are as many roles of people as there are people who work here, and those that wait are not many of them.
    "waiting_memberships": ("reads all of memberships_pkey", "reads memberships_pkey row by row"),
    # Of the days that a link lasts, also the links that were guessed at or are over before those days.
    "links_waiting": "reads consent_links_asked row by row for ((tries < 5) AND (ends_at > clock_timestamp()))",
    # Of today and later, also who has another role in the same organisation.
    "absences_of": "reads absences_in_force row by row for (party_id = ANY",
}
"""What a list reads more than it shows on purpose."""
_INSTANT = datetime(2026, 11, 3, tzinfo=UTC)
SAMPLES = {
    UUID: UUID(int=7),
    str: "x",
    int: 7,
    date: date(2026, 11, 3),
    datetime: _INSTANT,
    Place: Place(_INSTANT, UUID(int=7)),
}


def lists() -> Iterator[Read]:
    """Every read of the database that returns as many rows as it is asked for; what leases or numbers rows is none."""
    for module in walk_packages(database.__path__, "database."):
        for _, found in inspect.getmembers(import_module(module.name), inspect.iscoroutinefunction):
            has = set(inspect.signature(found).parameters)
            is_read = "UPDATE " not in inspect.getsource(found)
            # What is somebody's is asked by every relation in tests/database/console/test_plans_of_searches.py.
            is_of_all = "whose" not in has
            if found.__module__ == module.name and {"connection", "limit"} <= has and is_read and is_of_all:
                yield found


def ways(read: Read) -> Iterator[dict[str, Any]]:
    """How it can be asked: without any filter, with each alone, with each two, and with all."""
    given: dict[str, Any] = {}
    optional: dict[str, Any] = {}
    for name, parameter in inspect.signature(read).parameters.items():
        if name != "connection":
            (optional if parameter.default in (None, ()) else given)[name] = sample(parameter.annotation)
    yield given
    for count in sorted({1, 2, len(optional)} & set(range(len(optional) + 1))):
        for some in combinations(optional.items(), count):
            yield given | dict(some)


def sample(hint: Any) -> Any:
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) in (list, tuple, Collection):
        return [sample(get_args(hint)[0])]
    if hint in SAMPLES:
        return SAMPLES[hint]
    return sample(next(one for one in get_args(hint) if one is not type(None)))


class Explaining:
    """Stands for a connection: plans what it is asked, for values that are not known yet, and finds nothing."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self.plans = connection, list[Plan]()

    async def fetch(self, query: str, *values: object) -> list[Any]:
        nothing = f"({', '.join('NULL' for _ in values)})" if values else ""
        await self._connection.execute(f"PREPARE asked AS {query}")
        planned = await self._connection.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE asked{nothing}")
        await self._connection.execute("DEALLOCATE asked")
        self.plans.append(json.loads(planned)[0]["Plan"])
        return []

    async def fetchrow(self, query: str, *values: object) -> None:
        await self.fetch(query, *values)

    fetchval = fetchrow


def wasted(plan: Plan, is_bounded: bool = False) -> Iterator[str]:
    """What it reads or sorts beyond what is shown; ``is_bounded``: whoever asks for its rows stops in time."""
    node, condition = plan["Node Type"], plan.get("Index Cond")
    if node == "Seq Scan":
        yield f"scans {plan['Relation Name']}"
    if node in ("Index Scan", "Index Only Scan", "Bitmap Index Scan") and condition is None and not is_bounded:
        yield f"reads all of {plan['Index Name']}"
    if node in ("Index Scan", "Index Only Scan", "Bitmap Heap Scan") and "Filter" in plan and not is_narrow(plan):
        yield f"reads {looked_up_in(plan)} row by row for {plan['Filter']}"
    if node.endswith("Sort") and not is_few(plan):
        yield f"sorts all by {plan['Sort Key']}"
    is_bounded = node == "Limit" or (is_bounded and not node.endswith("Sort"))
    for below in plan.get("Plans", ()):
        yield from wasted(below, is_bounded)


def is_narrow(plan: Plan) -> bool:
    """Whether an index finds what the filter then looks at: by a column of few rows, or by two values.

    A range is not enough: the place where a page begins leaves all that comes after it.
    """
    equal = re.findall(r"\((\w+) = ", " ".join(conditions(plan)))
    return len(equal) > 1 or any(column in FEW for column in equal)


def conditions(plan: Plan) -> Iterator[str]:
    yield plan.get("Index Cond", "")
    if plan["Node Type"].startswith("Bitmap"):
        for below in plan.get("Plans", ()):
            yield from conditions(below)


def looked_up_in(plan: Plan) -> str:
    return str(plan["Index Name"] if "Index Name" in plan else " and ".join(map(looked_up_in, plan["Plans"])))


def is_few(plan: Plan) -> bool:
    if plan["Node Type"] == "Limit":
        return True
    if any(f"({column} = " in plan.get("Index Cond", "") for column in FEW):
        return True
    return any(is_few(below) for below in plan.get("Plans", ()) if below.get("Parent Relationship") != "InitPlan")


def traces() -> Iterator[Read]:
    """Every read by which money is followed; it finds what belongs to one thing, however many others there are."""
    for _, found in inspect.getmembers(trace, inspect.iscoroutinefunction):
        if found.__module__ == trace.__name__:
            yield found


@asynccontextmanager
async def explaining_in(engine: Pool) -> AsyncIterator[Callable[[], Explaining]]:
    """A connection that plans as for a table of any size."""
    async with engine.acquire() as connection, connection.transaction():
        for setting in SETTINGS:
            await connection.execute(f"SET LOCAL {setting} = off")
        await connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        yield lambda: Explaining(connection)


async def wasted_in(query: str, engine: Pool) -> list[str]:
    async with explaining_in(engine) as new:
        explaining = new()
        await explaining.fetch(query, *([None] * query.count("$")))
    return [waste for plan in explaining.plans for waste in wasted(plan)]


async def wasted_by(read: Read, engine: Pool) -> dict[tuple[str, ...], list[str]]:
    """What each way of asking reads or sorts in vain."""
    async with explaining_in(engine) as new:
        found: dict[tuple[str, ...], list[str]] = {}
        for way in ways(read):
            explaining = new()
            await read(explaining, **way)
            assert explaining.plans
            meant = MEANT.get(read.__name__, "-")
            said = [waste for plan in explaining.plans for waste in wasted(plan) if not waste.startswith(meant)]
            found |= {tuple(way): said} if said else {}
    return found


@pytest.fixture
async def engine(empty_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(empty_database.engine, 1) as pool:
        yield pool


@pytest.mark.parametrize("read", list(lists()), ids=lambda read: read.__name__)
async def test_a_list_reads_and_sorts_no_more_than_it_shows(read: Read, engine: Pool) -> None:
    assert await wasted_by(read, engine) == {}


async def test_a_filter_beside_the_place_where_a_page_begins_is_waste(engine: Pool) -> None:
    queries = {
        "SELECT FROM audit_log WHERE id > $1 AND role = $2 ORDER BY id LIMIT $3": True,
        "SELECT FROM audit_log WHERE who = $1 AND at > $2 AND role = $3 ORDER BY at, id LIMIT $4": True,
        "SELECT FROM audit_log WHERE who = $1 AND at > $2 ORDER BY at, id LIMIT $3": False,
        "SELECT FROM audit_log WHERE filing_id = $1 AND at > $2 AND role = $3 ORDER BY at, id LIMIT $4": False,
    }
    for query, is_waste in queries.items():
        assert bool(await wasted_in(query, engine)) is is_waste, query


@pytest.mark.parametrize("read", list(traces()), ids=lambda read: read.__name__)
async def test_money_is_followed_without_a_look_at_what_it_does_not_concern(read: Read, engine: Pool) -> None:
    wasted_in = await wasted_by(read, engine)
    assert [one for said in wasted_in.values() for one in said if not one.startswith("sorts")] == []


def test_each_list_of_the_command_line_is_among_them() -> None:
    known = {read.__name__ for read in lists()}
    assert {"list_filings", "list_due", "open_findings", "filings_due", "events_since"} <= known
    assert set(MEANT) <= known
