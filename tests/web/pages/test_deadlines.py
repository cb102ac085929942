"""A calendar reads deadlines by a secret address, which its owner ends, and which shows no more than he may see."""

import re

from icalendar import Calendar

from client.today import today
from schemas.values.actor import Role
from tests.web.house import House
from tests.web.told import announce, declare, give_notice

_ADDRESS = re.compile(r"https?://[^/\s<]+(/deadlines/[A-Za-z0-9_-]{43}\.ics)")


def filings_in(body: bytes) -> list[str]:
    """The filings of which the calendar tells."""
    return sorted(str(event["url"]).rpartition("/")[2] for event in Calendar.from_ical(body).walk("VEVENT"))


async def test_the_address_shows_what_its_owner_may_see_until_it_is_ended(house: House) -> None:
    owner, other = await house.guest(Role.LICENSOR), await house.guest(Role.LICENSOR)
    mine, theirs = await declare(house, owner), await declare(house, other)
    await announce(await house.guest(Role.OFFICE), mine, "KF2026-ics")
    licensee = await house.guest(Role.LICENSEE)
    licence = await give_notice(licensee, mine)

    made = await owner.post("/deadlines")
    found = _ADDRESS.search(made.text)
    assert found is not None
    assert found[1] not in (await owner.get("/deadlines")).text, "it is shown once"
    program = house.public()
    read = await program.get(found[1])
    assert read.headers["content-type"].startswith("text/calendar")
    assert str(mine) in filings_in(read.content)
    assert str(theirs) not in filings_in(read.content)
    assert str(today()) in (await owner.get("/deadlines")).text, "when it was used last"
    of_licensee = _ADDRESS.search((await licensee.post("/deadlines")).text)
    assert of_licensee is not None
    assert filings_in((await program.get(of_licensee[1])).content) == [str(licence)]

    (calendar,) = re.findall(r"/deadlines/([0-9a-f-]{36})/end", (await owner.get("/deadlines")).text)
    assert (await other.post(f"/deadlines/{calendar}/end")).status_code == 404
    assert (await owner.post(f"/deadlines/{calendar}/end")).status_code == 303
    assert (await program.get(found[1])).status_code == 404


async def test_who_has_the_role_no_more_reads_nothing(house: House) -> None:
    owner = await house.guest(Role.OPERATOR)
    found = _ADDRESS.search((await owner.post("/deadlines")).text)
    assert found is not None
    program = house.public()
    assert (await program.get(found[1])).status_code == 200
    await house.pool.execute(
        "INSERT INTO membership_ends (membership_id, ended_by, reason) VALUES ($1, $2, 'left')",
        owner.session.membership.membership_id,
        owner.session.party_id,
    )
    assert (await program.get(found[1])).status_code == 404
