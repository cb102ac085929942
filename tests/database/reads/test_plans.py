"""No list reads or sorts more than it shows: at a million filings it takes what it takes at ten."""

import inspect
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, Literal, get_args, get_origin
from uuid import UUID

import pytest

import database
from database.pool import Connection, Pool
from database.reads import trace

Plan = dict[str, Any]
Read = Callable[..., Awaitable[Any]]
SETTINGS = ("enable_seqscan", "enable_sort", "enable_incremental_sort", "enable_hashjoin", "enable_mergejoin")
FEW = ("filing_id", "parent_id", "declaration_id", "licence_id", "party_id", "patent_number", "licensor", "licensee")
"""Columns of whose one value there are few rows, however many filings there are: what they find may be sorted."""
MEANT = {
    # A new holiday table concerns whatever has a day in its year: it goes through all, by id.
    "filings_decided": "reads filings_pkey row by row",
    # The first deadlines of one role can lie behind any number of others' within the window.
    "list_due": "sorts all by ['d.by'",
}
"""What a list reads more than it shows on purpose."""
SAMPLES = {UUID: UUID(int=7), str: "x", int: 7, date: date(2026, 11, 3), datetime: datetime(2026, 11, 3, tzinfo=UTC)}


def lists() -> Iterator[Read]:
    """Every read of the database that returns as many rows as it is asked for; what leases or numbers rows is none."""
    for module in walk_packages(database.__path__, "database."):
        for _, found in inspect.getmembers(import_module(module.name), inspect.iscoroutinefunction):
            has = set(inspect.signature(found).parameters)
            is_read = "UPDATE " not in inspect.getsource(found)
            if found.__module__ == module.name and {"connection", "limit"} <= has and is_read:
                yield found


def ways(read: Read) -> Iterator[dict[str, Any]]:
    """How it can be asked: without any filter, with each alone, and with all."""
    given: dict[str, Any] = {}
    optional: dict[str, Any] = {}
    for name, parameter in inspect.signature(read).parameters.items():
        if name != "connection":
            (optional if parameter.default is None else given)[name] = sample(parameter.annotation)
    yield given
    for name, value in optional.items():
        yield given | {name: value}
    if len(optional) > 1:
        yield given | optional


def sample(hint: Any) -> Any:
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) in (list, tuple):
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
    if node in ("Index Scan", "Index Only Scan", "Bitmap Index Scan") and condition is None:
        if "Filter" in plan:
            yield f"reads {plan['Index Name']} row by row for {plan['Filter']}"
        elif not is_bounded:
            yield f"reads all of {plan['Index Name']}"
    if node.endswith("Sort") and not is_few(plan):
        yield f"sorts all by {plan['Sort Key']}"
    is_bounded = node == "Limit" or (is_bounded and not node.endswith("Sort"))
    for below in plan.get("Plans", ()):
        yield from wasted(below, is_bounded)


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


async def wasted_by(read: Read, engine: Pool) -> dict[tuple[str, ...], list[str]]:
    """What each way of asking reads or sorts in vain."""
    async with engine.acquire() as connection, connection.transaction():
        for setting in SETTINGS:
            await connection.execute(f"SET LOCAL {setting} = off")
        await connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        found: dict[tuple[str, ...], list[str]] = {}
        for way in ways(read):
            explaining = Explaining(connection)
            await read(explaining, **way)
            assert explaining.plans
            meant = MEANT.get(read.__name__, "-")
            said = [waste for plan in explaining.plans for waste in wasted(plan) if not waste.startswith(meant)]
            found |= {tuple(way): said} if said else {}
    return found


@pytest.mark.parametrize("read", list(lists()), ids=lambda read: read.__name__)
async def test_a_list_reads_and_sorts_no_more_than_it_shows(read: Read, engine: Pool) -> None:
    assert await wasted_by(read, engine) == {}


@pytest.mark.parametrize("read", list(traces()), ids=lambda read: read.__name__)
async def test_money_is_followed_without_a_look_at_what_it_does_not_concern(read: Read, engine: Pool) -> None:
    wasted_in = await wasted_by(read, engine)
    assert [one for said in wasted_in.values() for one in said if not one.startswith("sorts")] == []


def test_each_list_of_the_command_line_is_among_them() -> None:
    known = {read.__name__ for read in lists()}
    assert {"list_filings", "list_due", "open_findings", "filings_due", "events_since"} <= known
    assert set(MEANT) <= known
