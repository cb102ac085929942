"""What two people do, nobody does alone: not under two organisations, not in two roles, not by a program of his own."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import httpx2 as httpx
import pytest

from cli.demo.filings.days import APPROVED_ON
from cli.demo.filings.filing import tell
from rules.payout.amounts import amounts_hash
from schemas.values.actor import Role
from tests.lives.stories_of_money import booked
from tests.web.api.programs import program
from tests.web.house import Guest, House
from tests.web.pages.bulk.test_bulk import WHY, becomes, bulk_of
from tests.web.pages.consents.test_consents import draft_of
from tests.web.pages.operator.test_calendars import TABLE, YEAR
from tests.web.pages.operator.test_messages import noticed, unmatched
from tests.web.people import account_of, person
from tests.web.told import announce, declare

_YEAR = "2152"
Second = Callable[[Guest], Awaitable[httpx.Response]]
"""The second half, by whoever is given."""


async def _corrected(house: House, first: Guest) -> Second:
    """A correction that somebody asked for; who signs it acts for the same office."""
    declaration = await declare(house, await house.guest(Role.LICENSOR))
    await announce(first, declaration, f"KF{uuid4().hex[:12]}")
    announced = "SELECT act_id FROM events WHERE filing_id = $1 AND body->'act'->>'kind' = 'announce'"
    act = await house.pool.fetchval(announced, declaration)
    papers = {"reason@file": ("reason.txt", "打字错误".encode()), "evidence.0@file": ("g.txt", "公报".encode())}
    typed = {"replacement.declaration_number": f"KF{uuid4().hex[:12]}"}
    typed |= {"replacement.on": "2026-11-02", "replacement.gazette.issue": "1"}
    asked = await first.post(f"/filings/{declaration}/corrections/{act}", files=papers, **typed)
    correction = asked.headers["location"].rpartition("/")[2]

    async def signed(second: Guest) -> httpx.Response:
        fields = {"countersigns": correction, "on": "2026-11-30"}
        return await second.post(f"/filings/{declaration}/acts/countersign", **fields)

    return signed


async def _of_many(house: House, first: Guest) -> Second:
    declaration = await declare(house, await house.guest(Role.LICENSOR))
    bulk = await bulk_of(first, declaration)
    papers = {"evidence.0@file": ("e.txt", b"evidence"), "reason@file": ("r.txt", b"reason")}
    finding = {"finding": "none", "on": "2026-11-27"}
    await first.post(f"/bulks/{bulk}/act?act=declaration.dismiss_finding", files=papers, **finding, **WHY)
    await becomes(house, bulk, "tried")
    await first.post(f"/bulks/{bulk}/do")
    await becomes(house, bulk, "done")
    return lambda second: second.post(f"/bulks/{bulk}/sign")


async def _calendar(_house: House, first: Guest) -> Second:
    table = {name: value.replace(YEAR, _YEAR) for name, value in TABLE.items()}
    await first.post(f"/calendars/{_YEAR}/withdraw")
    assert (await first.post("/calendars/new", **table)).status_code == 303
    return lambda second: second.post(f"/calendars/{_YEAR}/approve")


async def _put_away(house: House, first: Guest) -> Second:
    serial = f"four-eyes-{uuid4()}"
    kept = await unmatched(house, await noticed(house, serial), serial, "5.00")
    address = f"/messages/unmatched/{kept}/seen-to"
    await first.post(address, reason="退回付款人")
    return lambda second: second.post(address)


async def _role_given(house: House, first: Guest) -> Second:
    async with house.pool.acquire() as connection:
        account_id = await account_of(connection, await person(connection))
    await first.post(f"/people/{account_id}/roles", role="licensee")
    proposed = "SELECT membership_id FROM memberships WHERE account_id = $1"
    membership_id = await house.pool.fetchval(proposed, account_id)
    return lambda second: second.post(f"/roles/{membership_id}/grant")


async def _consent_proved(house: House, first: Guest) -> Second:
    """Who asks for a consent does not hand over the code that proves who gives it."""
    other = (await house.guest(Role.LICENSOR, "某共有公司")).organisation_id
    draft = await draft_of(house, first, other)
    page = await first.post(f"/consents/{draft}", party_id=str(other))
    secret = page.text.partition("/consent/")[2][:43]
    await house.public().post(f"/consent/{secret}/ask")
    link_id = await house.pool.fetchval("SELECT link_id FROM consent_links WHERE draft_id = $1", UUID(draft))
    return lambda second: second.post(f"/consent-codes/{link_id}")


_HALVES: dict[str, tuple[Callable[[House, Guest], Awaitable[Second]], Role, Role, bool]] = {
    "countersign": (_corrected, Role.OFFICE, Role.OFFICE, True),
    "sign_bulk": (_of_many, Role.OPERATOR, Role.OPERATOR, True),
    "approve_calendar": (_calendar, Role.OPERATOR, Role.OPERATOR, False),
    "see_to_delivery": (_put_away, Role.OPERATOR, Role.OPERATOR, False),
    "grant_role": (_role_given, Role.ADMINISTRATOR, Role.ADMINISTRATOR, False),
    "hand_over_code": (_consent_proved, Role.LICENSOR, Role.OPERATOR, False),
}
"""The second half -> what comes before it, in which roles the two are done, and whether both are of one unit."""


@pytest.mark.parametrize("half", _HALVES)
async def test_one_person_does_not_do_both_halves(house: House, half: str) -> None:
    before, role, second_role, is_of_one_unit = _HALVES[half]
    first = await house.guest(role)
    who, unit = first.session.party_id, first.organisation_id
    second = await before(house, first)
    for alone in (await house.guest(second_role, unit, who=who), await house.guest(second_role, who=who)):
        assert (await second(alone)).status_code in (404, 422)
    other = await house.guest(second_role, unit if is_of_one_unit else "另一单位")
    assert (await second(other)).status_code in (200, 303), "another person does"


async def test_nobody_countersigns_by_a_program_what_he_asked_for_himself(house: House) -> None:
    first = await house.guest(Role.OFFICE)
    await _corrected(house, first)
    asked = """SELECT filing_id::text, act_id::text FROM events
               WHERE kind = 'declaration:fact_corrected' ORDER BY recorded_at DESC LIMIT 1"""
    filing_id, correction = await house.pool.fetchrow(asked) or ("", "")
    address, body = f"/declarations/{filing_id}/countersign", {"countersigns": correction}
    for of in (first.organisation_id, None):
        alone = await program(house, Role.OFFICE, of=of, who=first.session.party_id)
        refused = await alone.ask(address, body)
        assert (refused.status_code, refused.json()["refusals"][0]["code"]) == (409, "same_person")
    other = await program(house, Role.OFFICE, of=first.organisation_id)
    assert (await other.ask(address, body)).status_code == 200


async def _payout(house: House) -> tuple[str, UUID, dict[str, str]]:
    """One whose publicity is over; whose unit it is, and what each approver types."""
    world, ask = await house.office.world("four eyes on a payout"), house.office.ask
    payout = await booked(ask, world)
    stated = await ask(payout, payout.state_facts())
    await tell(ask, payout, payout.publish())
    typed = {"on": str(APPROVED_ON), "amounts_hash": amounts_hash(stated.determinations[-1])}
    return f"/filings/{payout.filing_id}", world.party("unit"), typed


async def test_one_person_in_both_roles_approves_no_payout_twice(house: House) -> None:
    filing, unit, typed = await _payout(house)
    first = await house.guest(Role.FIRST_APPROVER, unit)
    assert (await first.post(f"{filing}/acts/approve", **typed)).status_code == 303
    alone = await house.guest(Role.SECOND_APPROVER, unit, who=first.session.party_id)
    refused = await alone.post(f"{filing}/acts/approve", **typed)
    assert refused.status_code == 422
    assert "两次审批须由两人作出" in refused.text.partition("error-summary__body")[2]
    elsewhere = await house.guest(Role.SECOND_APPROVER, who=first.session.party_id)
    assert (await elsewhere.post(f"{filing}/acts/approve", **typed)).status_code == 404
    other = await house.guest(Role.SECOND_APPROVER, unit)
    assert (await other.post(f"{filing}/acts/approve", **typed)).status_code == 303
