"""What an offer would cost, as anybody can ask, and with the same answer for programs."""

from cli.demo.filings.days import PAID_ON
from cli.demo.filings.filing import tell
from schemas.values.actor import Role
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.stories import announced
from tests.web.house import House
from tests.web.told import announce, declare
from web.words import word


async def test_anybody_sees_what_an_offer_would_cost_and_by_which_clauses(house: House) -> None:
    declaration = await declare(house, await house.guest(Role.LICENSOR, "某大学"))
    anybody, path = house.public(), f"/offers/{declaration}/cost"
    assert (await anybody.get(path)).status_code == 404
    await announce(await house.guest(Role.OFFICE), declaration, "KF2026-cost")
    assert path in (await anybody.get(f"/offers/{declaration}")).text

    facts = await house.pool.fetchval("SELECT count(*) FROM events")
    who = {"region": "hubei.wuhan", "kind": "enterprise", "counterparty_kind": "university"}
    stated = {"notice_on": "2026-11-30", **who, "counterparty_region": "hubei.wuhan"}
    page = (await anybody.get(path, params=stated)).text
    for said in ("10,000.00", "武汉市科学技术局2022年10月26日答复", word("give_notice", "zh")):
        assert said in page
    made = (await anybody.get(f"/api/v1{path}", params=stated)).json()
    assert (made["royalties"], made["subsidies_in_all"], made["unknown"]) == ("10000.00", "0.00", [])
    assert [one["scheme"] for one in made["subsidies"]] == ["WH-2022-BUYER-10PCT"]
    owed = [made[name]["result"][0]["amount"] for name in ("stamp_tax", "stamp_tax_if_small")]
    assert (owed, made["others_are_counted"]) == (["3.00", "1.50"], False)
    for said in ("3.00", "1.50", "印花税法", "公告2023年第12号", word("cost_others_unknown", "zh")):
        assert said in page
    assert made["taxes"][0]["determination"]["answers"]["exemption_known"] == "yes"
    assert await house.pool.fetchval("SELECT count(*) FROM events") == facts

    wrong = await anybody.get(path, params={"notice_on": "2026-13-01", "kind": "<b>"})
    assert wrong.status_code == 422
    assert 'value="2026-13-01"' in wrong.text
    assert "<b>" not in wrong.text
    assert (await anybody.get(f"/api/v1{path}", params={"notice_on": "2099-01-01"})).json()["refusals"][0]["code"] == (
        "term_is_over"
    )


async def test_who_has_signed_in_as_licensee_has_what_it_paid_elsewhere_counted(house: House) -> None:
    ask = house.office.ask
    licence = LicenceLife(await announced(ask, DeclarationLife(await house.office.world("paid elsewhere"))))
    await tell(ask, licence, *licence.recorded()[:2], licence.book_receipt())
    declaration = await declare(house, await house.guest(Role.LICENSOR, "某大学"))
    await announce(await house.guest(Role.OFFICE), declaration, "KF2026-elsewhere")
    path, on = f"/offers/{declaration}/cost", PAID_ON.isoformat()
    stated = {"notice_on": on, "region": "hubei.wuhan", "kind": "enterprise", "counterparty_kind": "university"}
    stated["counterparty_region"] = "hubei.wuhan"
    licensee = await house.guest(Role.LICENSEE, licence.world.party(licence.licensee))
    page = (await licensee.get(path, **stated)).text
    # Its contract is not registered yet, so nobody knows whether it counts: it is left out, and the page says so.
    assert word("cost_left_out", "zh", number=1) in page
    assert word("cost_others_unknown", "zh") not in page
    for stranger in (await house.guest(Role.LICENSEE, "另一单位"), await house.guest(Role.LICENSOR, "许可人")):
        assert word("cost_left_out", "zh", number=1) not in (await stranger.get(path, **stated)).text
    assert word("cost_others_unknown", "zh") in (await stranger.get(path, **stated)).text
