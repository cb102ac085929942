"""A task is taken, given and given back among colleagues; who is away keeps nobody waiting; all of it has its line."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from client.today import today
from schemas.values.actor import Role
from tests.web.house import Guest, House
from tests.web.told import declare
from web.words import word

LONG_AGO = date(2026, 1, 5)


async def waiting(house: House, filing_id: UUID, *days: date | None, role: Role = Role.LICENSOR) -> list[str]:
    """Open tasks of the filing, due on these days, as forms name them."""
    for number, day in enumerate(days):
        await house.pool.execute(
            """INSERT INTO tasks (filing_id, key, what, role, basis, article, by_on, provisional, opened_on)
               VALUES ($1, $2, 'answer_return', $3, 'service', 'platform', $4, false, $5)""",
            filing_id,
            f"made:{number:02}",
            role.value,
            day,
            LONG_AGO,
        )
    return [f"{filing_id}~made:{number:02}" for number in range(len(days))]


async def rows(guest: Guest, **asked: str) -> list[dict[str, Any]]:
    """What the twin of the page shows."""
    found: list[dict[str, Any]] = (await guest.get("/api/v1/tasks", **asked)).json()["rows"]
    return found


async def doers(guest: Guest, **asked: str) -> dict[str, str | None]:
    return {row["key"]: row["assigned_to"] for row in await rows(guest, **asked)}


async def test_a_task_passes_from_one_to_another_and_back(house: House) -> None:
    first = await house.guest(Role.LICENSOR, name="甲")
    second = await house.guest(Role.LICENSOR, first.organisation_id, name="乙")
    stranger = await house.guest(Role.LICENSOR)
    filing_id = await declare(house, first)
    one, two = await waiting(house, filing_id, LONG_AGO, None)
    me, colleague = str(first.session.party_id), str(second.session.party_id)

    taken = await first.post("/tasks/assign", chosen=one, way="take", back="/tasks?due=late")
    assert taken.headers["location"] == "/tasks?due=late&done=1&left=0"
    assert await doers(second) == {"made:00": me, "made:01": None}
    assert await doers(first, whom="me") == {"made:00": me}
    assert await doers(second, whom="nobody") == {"made:01": None}
    await second.post("/tasks/assign", chosen=one, way="take")
    assert await doers(first) == {"made:00": me, "made:01": None}, "nothing is taken from a colleague in passing"
    await first.post("/tasks/assign", chosen=one, way="give", to=colleague)
    assert await doers(first) == {"made:00": colleague, "made:01": None}
    page = await first.get("/tasks")
    assert "乙" in page.text
    assert word("worked_late", "zh", days=1)[:4] in page.text

    assert (await stranger.post("/tasks/assign", chosen=two, way="take")).headers["location"].endswith("done=0&left=1")
    assert (await first.post("/tasks/assign", chosen=two, way="give", to=str(UUID(int=7)))).status_code == 404
    await second.post("/tasks/assign", chosen=one, way="give_back")
    assert await doers(first) == {"made:00": None, "made:01": None}

    handed = await house.pool.fetch(
        "SELECT given_from, given_to, given_by FROM task_handovers WHERE filing_id = $1 ORDER BY id", filing_id
    )
    mine, other = first.session.party_id, second.session.party_id
    assert [tuple(row) for row in handed] == [(None, mine, mine), (mine, other, mine), (other, None, other)]
    logged = await house.pool.fetch("SELECT act_kind FROM audit_log WHERE filing_id = $1 ORDER BY at, id", filing_id)
    assert [row["act_kind"] for row in logged] == ["take_task", "give_task", "give_back_task"]


async def test_what_waits_for_somebody_who_is_away_is_found_and_passed_on(house: House) -> None:
    here = await house.guest(Role.LICENSOR, name="在岗")
    gone = await house.guest(Role.LICENSOR, here.organisation_id, name="出差")
    filing_id = await declare(house, here)
    (task,) = await waiting(house, filing_id, today())
    await gone.post("/tasks/assign", chosen=task, way="take")
    away = {"party_id": str(gone.session.party_id), "from_on": today().isoformat()}

    wrong = await here.post("/absences", **away, until_on=(today() - timedelta(days=1)).isoformat())
    assert wrong.status_code == 422
    assert f'value="{today().isoformat()}"' in wrong.text
    assert await doers(here, whom="away") == {}
    assert (await here.post("/absences", **away, until_on=today().isoformat())).status_code == 303
    assert await doers(here, whom="away") == {"made:00": str(gone.session.party_id)}
    page = await here.get("/tasks", whom="away")
    assert word("away", "zh") in page.text
    await here.post("/tasks/assign", chosen=task, way="give", to=str(here.session.party_id))
    assert await doers(here, whom="me") == {"made:00": str(here.session.party_id)}

    absences = await here.get("/absences")
    ending = absences.text.partition('action="/absences/')[2][:36]
    stranger = await house.guest(Role.LICENSOR)
    assert (await stranger.post(f"/absences/{ending}/end")).status_code == 404
    assert (await gone.post(f"/absences/{ending}/end")).status_code == 303
    assert word("no_absences", "zh") in (await here.get("/absences")).text


async def test_the_queue_is_turned_by_key_also_among_tasks_that_have_no_day(house: House) -> None:
    guest = await house.guest(Role.LICENSOR)
    filing_id = await declare(house, guest)
    days = [today() + timedelta(days=n) for n in range(3)] + [None] * 3
    await waiting(house, filing_id, *days)
    keys = [f"made:{n:02}" for n in range(6)]
    first = (await guest.get("/api/v1/tasks", limit=2)).json()
    second = (await guest.get("/api/v1/tasks", limit=2, older=first["older"])).json()
    third = (await guest.get("/api/v1/tasks", limit=2, older=second["older"])).json()
    assert [row["key"] for page in (first, second, third) for row in page["rows"]] == keys
    assert third["older"] is None
    assert (await guest.get("/api/v1/tasks", limit=2, newer=third["newer"])).json()["rows"] == second["rows"]
    assert (await rows(guest, due="late")) == []
    assert [row["key"] for row in await rows(guest, due="week")] == keys[:3]
    clocks = {row["key"]: row["working_days_left"] for row in await rows(guest)}
    assert (clocks["made:00"], clocks["made:05"]) == (0, None)
