"""Who asked for what is found by person, filing, act, outcome and day, a page at a time, newest first."""

import ast
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from database.registers.audit_log import write_audit
from schemas.values.actor import Role
from schemas.values.refusal import refusal
from tests.architecture.sources import sources
from tests.web.house import House
from tests.web.told import declare
from web.pages.operator.audit_log import acts_logged, logged_name
from web.words import word

NOON = datetime(2020, 3, 5, 4, tzinfo=UTC)


def _lines(page: str) -> list[str]:
    return re.findall(r'data-label="记录时刻"><div>([^<]+)<', page)


async def test_every_filter_finds_the_line_that_was_meant(house: House) -> None:
    filing = await declare(house, await house.guest(Role.LICENSOR))
    stranger = await house.guest(Role.LICENSEE)
    await stranger.get(f"/filings/{filing}")
    auditor = await house.guest(Role.AUDITOR)
    refused = (await auditor.get("/audit-log", filing=str(filing), outcome="refused")).text
    assert len(_lines(refused)) == 1
    assert word("register.see", "zh") in refused
    number = await house.pool.fetchval("SELECT patent_number FROM offers WHERE declaration_id = $1", filing)
    for asked in ({"filing": f"ZL{number}"}, {"who": str(stranger.session.party_id), "act": "see"}):
        found = (await auditor.get("/audit-log", **asked)).text
        assert str(filing) in found
    assert word("no_lines", "zh") in (await auditor.get("/audit-log", filing=str(filing), day="2020-03-04")).text


async def test_pages_go_on_where_they_ended_and_a_line_that_had_to_wait_stands_at_its_own_instant(house: House) -> None:
    who = uuid4()
    async with house.pool.acquire() as connection:
        for minutes in range(60):
            await write_audit(connection, who, "licensee", "pay", "refused", act_id=uuid4(), at=_at(minutes))
    operator = await house.guest(Role.OPERATOR)
    page = (await operator.get("/audit-log", who=str(who), day="2020-03-05")).text
    older = re.search(r'href="(/audit-log\?[^"]*before=[^"]*)"', page)
    assert older is not None
    rest = (await operator.get(older[1].replace("&amp;", "&"))).text
    shown = [*_lines(page), *_lines(rest)]
    assert len(shown) == 60
    assert shown == sorted(shown, reverse=True)


def _at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes * 7 % 60)


async def test_what_cannot_be_meant_is_said_beside_its_field_and_stays(house: House) -> None:
    auditor = await house.guest(Role.AUDITOR)
    for name, value in (("who", "<b>nobody"), ("filing", "KF-nobody"), ("day", "2026-13-45")):
        answer = await auditor.get("/audit-log", **{name: value})
        assert answer.status_code == 422
        assert f'value="{value.replace("<", "&lt;").replace(">", "&gt;")}"' in answer.text
        assert "<b>nobody" not in answer.text


async def test_why_something_was_refused_stands_in_words(house: House) -> None:
    who = uuid4()
    async with house.pool.acquire() as connection:
        reason = refusal("not_yours_to_see", "filing", filing_id=UUID(int=5))
        await write_audit(connection, who, "licensee", "see", "refused", filing_id=UUID(int=5), refusals=(reason,))
    page = (await (await house.guest(Role.AUDITOR)).get("/audit-log", who=str(who))).text
    assert str(UUID(int=5)) in page
    assert "not_yours_to_see" not in page


def test_whatever_is_logged_has_a_name_in_both_languages() -> None:
    for act in acts_logged():
        chinese = logged_name(act, "zh")
        assert any(sign >= "\u4e00" for sign in chinese), act
        assert logged_name(act, "en")


_PLACE_OF_ACT = {"write_audit": 3, "end_own": 1}


def test_whatever_the_console_logs_is_among_what_is_named() -> None:
    logged = {
        call.args[_PLACE_OF_ACT[call.func.id]]
        for one in sources()
        if one.folder == "web"
        for call in ast.walk(one.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _PLACE_OF_ACT
    }
    said = {one.value for one in logged if isinstance(one, ast.Constant)}
    assert {"make_key", "end_key", "withdraw_consent_link", "add_absence"} <= said
    assert said <= {*acts_logged()}
