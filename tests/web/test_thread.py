"""One filing from the guided form to a licence that is effective, through the pages alone."""

import re
from uuid import UUID

import pytest

from schemas.values.actor import Role
from schemas.values.refusal import refusal
from tests.web.house import House
from tests.web.told import announce, declare, declared_fields, filing_of, give_notice
from texts.words import name_of, refusal_text
from web.words import word


async def test_a_declaration_is_filed_announced_taken_up_and_paid(house: House) -> None:
    licensor, licensee = await house.guest(Role.LICENSOR, "某大学"), await house.guest(Role.LICENSEE, "某通信公司")
    office = await house.guest(Role.OFFICE, "国家知识产权局")
    declaration = await declare(house, licensor)
    await announce(office, declaration, "KF2026-thread")
    licence = await give_notice(licensee, declaration)

    voucher = {"voucher@file": ("voucher.txt", f"付款凭证 {licence}".encode())}
    paid = await licensee.post(f"/filings/{licence}/acts/pay", files=voucher, amount="10000.00")
    assert await filing_of(licensee, paid) == licence
    page = await licensee.get(f"/filings/{licence}")
    assert name_of("stages", "licence.effective", "zh") in page.text
    assert await house.pool.fetchval("SELECT stage FROM filings WHERE filing_id = $1", licence) == "effective"


async def test_a_form_that_is_sent_twice_asks_for_one_act(house: House) -> None:
    licensor, licensee = await house.guest(Role.LICENSOR), await house.guest(Role.LICENSEE)
    declaration = await declare(house, licensor)
    await announce(await house.guest(Role.OFFICE), declaration, "KF2026-twice")
    first, second = await give_notice(licensee, declaration), await give_notice(licensee, declaration)
    assert first == second
    assert await house.pool.fetchval("SELECT count(*) FROM events WHERE filing_id = $1", first) == 1


@pytest.mark.parametrize("role", [Role.LICENSOR, Role.LICENSEE, Role.INVENTOR, Role.FINANCE, Role.CLAIMANT])
async def test_what_is_not_yours_looks_like_what_does_not_exist(house: House, role: Role) -> None:
    declaration = await declare(house, await house.guest(Role.LICENSOR))
    stranger = await house.guest(role)
    for path in (f"/filings/{declaration}", f"/filings/{declaration}/acts/discard", f"/filings/{UUID(int=7)}"):
        answer = await stranger.get(path)
        assert (answer.status_code, "没有找到" in answer.text) == (404, True)
    refused = await house.pool.fetchval(
        "SELECT count(*) FROM audit_log WHERE filing_id = $1 AND who = $2 AND outcome = 'refused'",
        declaration,
        stranger.session.party_id,
    )
    assert refused == 2


async def test_a_wrong_number_is_corrected_by_two_people(house: House) -> None:
    declaration = await declare(house, await house.guest(Role.LICENSOR))
    first = await house.guest(Role.OFFICE)
    await announce(first, declaration, "KF2026-1WRONG")
    announced = await house.pool.fetchval(
        "SELECT act_id FROM events WHERE filing_id = $1 AND body->'act'->>'kind' = 'announce'", declaration
    )
    form = await first.get(f"/filings/{declaration}/corrections/{announced}")
    typed = dict(re.findall(r'name="(replacement\.[^"]+)" type="text"[^>]* value="([^"]*)"', form.text))
    assert typed["replacement.declaration_number"] == "KF2026-1WRONG"
    papers = {"reason@file": ("reason.txt", "打字错误".encode()), "evidence.0@file": ("g.txt", "公报".encode())}
    typed |= {"replacement.declaration_number": "KF2026-2RIGHT"}
    asked = await first.post(f"/filings/{declaration}/corrections/{announced}", files=papers, **typed)
    assert await filing_of(first, asked) == declaration

    correction = asked.headers["location"].rpartition("/")[2]
    second = await house.guest(Role.OFFICE, first.organisation_id)
    page = await second.get(f"/filings/{declaration}/acts/countersign")
    assert f'value="{correction}"' in page.text
    signed = await second.post(f"/filings/{declaration}/acts/countersign", countersigns=correction, on="2026-11-30")
    assert await filing_of(second, signed) == declaration
    assert "KF2026-2RIGHT" in (await second.get(f"/filings/{declaration}")).text


async def test_a_withdrawal_shows_every_licence_that_it_ends_before_it_can_be_filed(house: House) -> None:
    licensor, licensee = await house.guest(Role.LICENSOR), await house.guest(Role.LICENSEE, "某受让公司")
    declaration = await declare(house, licensor)
    await announce(await house.guest(Role.OFFICE), declaration, "KF2026-UNDO")
    licence = await give_notice(licensee, declaration)

    path = f"/filings/{declaration}/acts/file_withdrawal"
    papers = {"reason@file": ("reason.txt", "经营调整".encode())}
    shown = await licensor.post(path, files=papers, ground="legitimate_reason")
    assert shown.status_code == 200
    assert "某受让公司" in shown.text
    for stage in ("declaration.withdrawn", "licence.not_concluded"):
        assert name_of("stages", stage, "zh") in shown.text
    written = "SELECT count(*) FROM events WHERE filing_id = ANY($1)"
    assert await house.pool.fetchval(written, [declaration, licence]) == 3

    asked = await licensor.post(path, files=papers, ground="legitimate_reason", confirmed="1")
    assert await filing_of(licensor, asked) == declaration
    assert await house.pool.fetchval(written, [declaration, licence]) == 4


async def test_before_filing_a_licensor_sees_what_will_happen_and_what_the_law_says_no_to(house: House) -> None:
    licensor, number = await house.guest(Role.LICENSOR), await house.patent()
    begun = await licensor.post("/declare")
    draft = begun.headers["location"].split("/")[2]
    for step, fields in declared_fields(number, licensor.organisation_id).items():
        await licensor.post(f"/declare/{draft}/{step}", **fields)
    page = await licensor.get(f"/declare/{draft}/check")
    assert word("what_will_happen", "zh") in page.text, re.findall(r"summary__list.*?</ul>", page.text, re.DOTALL)
    assert await house.pool.fetchval("SELECT count(*) FROM filings WHERE filing_id = $1", UUID(draft)) == 0
    assert re.findall(r"5,000\.00", page.text)[:2] == ["5,000.00"] * 2  # of 10,000: those who made it, and the unit
    asked = await licensor.get(f"/declare/{draft}/check", price="20000", state_set="no")
    assert "10,000.00" in asked.text
    assert word("brought_price_wrong", "zh") in (await licensor.get(f"/declare/{draft}/check", price="许多")).text

    await declare(house, await house.guest(Role.LICENSOR), number)
    page = await licensor.get(f"/declare/{draft}/check")
    assert refusal_text(refusal("already_declared", number=number)).zh in page.text
    assert word("what_will_happen", "zh") not in page.text


async def test_the_bulletin_prints_the_price_that_was_announced(house: House) -> None:
    licensor, number = await house.guest(Role.LICENSOR), await house.patent()
    await announce(await house.guest(Role.OFFICE), await declare(house, licensor, number), "KF2026-PRICE")
    page = await house.public().get("/offers", params={"q": str(number)})
    assert re.findall(r"[\d,]+\.\d\d", page.text) == ["10,000.00"]


async def test_what_a_page_kept_and_comes_late_is_not_put_over_what_was_sent(house: House) -> None:
    licensor, number = await house.guest(Role.LICENSOR), await house.patent("登记簿所载的名称")
    draft = (await licensor.post("/declare")).headers["location"].split("/")[2]
    address = f"/declare/{draft}/patent"
    shown = (await licensor.get(address)).text
    hidden = {name: _hidden(shown, name) for name in ("page", "version")}
    typed = {"offer.patent_number": f"ZL{number}", "offer.title": "", **hidden}
    assert (await licensor.post(f"{address}/kept", **typed)).status_code == 200
    assert (await licensor.post(address, **typed)).status_code == 303
    assert (await licensor.post(f"{address}/kept", **typed)).status_code == 409
    assert "登记簿所载的名称" in (await licensor.get(address)).text
    again = {**typed, "offer.title": "另一个名称"}
    assert (await licensor.post(address, **again)).status_code == 303, "whoever goes back sends it again"
    assert "另一个名称" in (await licensor.get(address)).text


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]
