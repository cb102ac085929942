"""Every operation of the API, by a key of every role and with every scope: the same table, and the same log."""

from typing import Any
from uuid import UUID, uuid4

import httpx2 as httpx
import pytest
from fastapi.routing import APIRoute

from schemas.values.actor import Role
from tests.web.api.programs import API, Program, program
from tests.web.walking.town import Town
from web.api.acts import Operation, operations
from web.api.routes import ROUTERS
from web.rights.pages import PEOPLE, Page, operation_of
from web.rights.table import may
from web.rights.whose import RELATIONS

_ACTS = {one.path for one in operations()}
OTHERS = tuple(
    route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and route.path not in _ACTS | {"/events", "/deliveries/refused/{kept_id}"}
)
"""What is no act. Events are told of in their own tests, one by one; of refused lines the town has none."""
_NOBODYS = str(UUID(int=9))


def _row(route: APIRoute) -> Page:
    found = operation_of(route.path, _method(route))
    assert found is not None, route.path
    return found


def _method(route: APIRoute) -> str:
    return next(iter(route.methods or ()))


def _is_in_person(route: APIRoute) -> bool:
    """Whether no program asks for it, whatever its key may."""
    return any(getattr(one.call, "__qualname__", "").startswith("in_person") for one in route.dependant.dependencies)


def _expected(role: Role, route: APIRoute) -> int:
    """The answer to a stranger's program of that role, that may read and act; to a form with something missing."""
    row, is_something = _row(route), bool(route.param_convertors)
    if role not in row.roles or _is_in_person(route):
        return 403
    if row.about == "filing" and is_something and RELATIONS.get(role) != ("all",):
        return 404
    if row.about == "own" and is_something and role not in row.see_all:
        return 404
    return 200 if _method(route) == "GET" else 422


def _alike() -> list[Role]:
    """One of those roles to whom the table gives the same of everything."""
    asked = [route for route in OTHERS if not _row(route).is_public]
    rows = {role: tuple(_expected(role, route) for route in asked) for role in PEOPLE}
    return list({row: role for role, row in sorted(rows.items(), reverse=True)}.values())


async def _asked(town: Town, http: httpx.AsyncClient, route: APIRoute, *, in_earnest: bool = False) -> int:
    """The status; ``in_earnest``: a write with the key that names it. Without it, whom it reaches refuses it."""
    headers = {"Idempotency-Key": str(uuid4())} if in_earnest else {}
    return (await http.request(_method(route), f"{API}{town.address(route)}", headers=headers)).status_code


async def _refused(town: Town, by: UUID) -> int:
    lines = "SELECT count(*) FROM audit_log WHERE who = $1 AND outcome = 'refused'"
    number: int = await town.house.pool.fetchval(lines, by)
    return number


@pytest.mark.parametrize("role", _alike())
async def test_a_program_reads_what_its_role_may_and_what_it_may_not_is_written_down(town: Town, role: Role) -> None:
    asking, wrong, refused = await program(town.house, role), list[Any](), 0
    for route in OTHERS:
        if _row(route).is_public:
            continue
        expected = _expected(role, route)
        status = await _asked(town, asking.http, route, in_earnest=expected == 404)
        refused += status in (403, 404)
        # What is missing from a form is told first, of what there is as of what there is not.
        nothing = {404, 422} if _row(route).about == "own" and _method(route) == "POST" and expected != 403 else set()
        if status not in {expected} | nothing:
            wrong.append((_method(route), route.path, status))
    assert wrong == []
    assert await _refused(town, asking.created_by) == refused


async def test_a_program_asks_for_the_acts_of_its_role_and_for_no_others(town: Town) -> None:
    """Each act by everybody who may ask for it, and by the next of those who may not: for all of them it is one row."""
    roles, wrong = sorted(PEOPLE), list[Any]()
    programs = {role: await program(town.house, role) for role in roles}
    refused = dict.fromkeys(roles, 0)
    for number, operation in enumerate(operations()):
        admitted = [role for role in roles if may(role, operation.kind, operation.act)]
        others = [role for role in roles[number % len(roles) :] + roles if role not in admitted][:1]
        for role in (*admitted, *others):
            status = await _act(programs[role], operation)
            refused[role] += status in (403, 404)
            if status != (403 if role in others else 422 if operation.begins else 404):
                wrong.append((role, operation.path, status))
    assert wrong == []
    assert {role: await _refused(town, one.created_by) for role, one in programs.items()} == refused


async def _act(asking: Program, operation: Operation) -> int:
    """Asks for it of a filing that nobody has, or states nothing of what it begins with."""
    return (await asking.ask(operation.path.format(filing_id=_NOBODYS), {})).status_code


async def test_a_key_does_nothing_beyond_its_scope(town: Town) -> None:
    """A key that only reads asks for no act; a key that only acts reads nothing."""
    reader, actor = [await program(town.house, Role.OPERATOR, scope) for scope in ("read", "act")]
    answers = [await _act(reader, operation) for operation in operations()]
    by_reading = len(answers)
    for route in OTHERS:
        if not _row(route).is_public:
            asking = actor if _method(route) == "GET" else reader
            by_reading += asking is reader
            answers.append(await _asked(town, asking.http, route))
    assert set(answers) == {403}
    assert await _refused(town, reader.created_by) == by_reading
    assert await _refused(town, actor.created_by) == len(answers) - by_reading


async def test_without_a_key_only_what_is_for_anybody_is_there(town: Town) -> None:
    public = town.house.public()
    for route in OTHERS:
        assert (await _asked(town, public, route) == 401) is not _row(route).is_public, route.path
