"""Sales are reported, corrected and doubted from the page of the licence, with the amounts before anything is sent."""

import re
from datetime import date
from hashlib import sha256
from uuid import UUID

from client.naming import named
from schemas.acts.act import FilingKind, Origin
from schemas.acts.licence import GiveNotice
from schemas.values.actor import Actor, Role
from tests.web.house import Guest, House
from tests.web.lists.files import rows_of
from tests.web.told import declared_fields, filing_of
from web.words import word

RUNNING = {
    "offer.royalty.form": "running",
    "offer.royalty.running.base": "net_sales",
    "offer.royalty.running.rates.0.from_year": "1",
    "offer.royalty.running.rates.0.percent": "2",
    "offer.royalty.running.period": "month",
    "offer.royalty.running.report_within_days": "15",
    "offer.royalty.running.pay_within_days": "30",
}


async def _licensed(house: House, licensor: Guest, licensee: Guest) -> UUID:
    draft = (await licensor.post("/declare")).headers["location"].split("/")[2]
    fields = declared_fields(await house.patent(), licensor.organisation_id) | {"price": RUNNING}
    for step, typed in fields.items():
        saved = await licensor.post(f"/declare/{draft}/{step}", **typed)
        assert saved.status_code == 303, saved.text
    declaration = await filing_of(licensor, await licensor.post(f"/declare/{draft}/submit"))
    office, evidence = await house.guest(Role.OFFICE), {"evidence.0@file": ("gazette.txt", "公报".encode())}
    announced = {"on": "2026-09-02", "declaration_number": f"KF{declaration}"[:20], "gazette.issue": "36-01"}
    await filing_of(office, await office.post(f"/filings/{declaration}/acts/announce", files=evidence, **announced))
    notice = GiveNotice(
        act_id=UUID(int=0),
        filing_id=UUID(int=0),
        by=Actor(
            role=Role.LICENSEE,
            party_id=licensee.session.party_id,
            organisation_id=licensee.session.membership.organisation_id,
        ),
        on=date(2026, 9, 10),
        origin=Origin.IMPORTED,  # so that a period of it is over
        evidence=(sha256("公报".encode()).hexdigest(),),
        declaration_id=declaration,
        licensee=licensee.organisation_id,
        n=1,
    )
    return (await house.console.asker.ask(FilingKind.LICENCE, named(notice))).filing_id


async def test_a_report_shows_what_it_makes_payable_and_can_be_doubted(house: House) -> None:
    licensor, licensee = await house.guest(Role.LICENSOR), await house.guest(Role.LICENSEE)
    licence = await _licensed(house, licensor, licensee)
    assert f"/filings/{licence}/royalties" in (await licensee.get(f"/filings/{licence}")).text
    page = (await licensee.get(f"/filings/{licence}/royalties")).text
    assert word("royalties_not_told", "zh") in page
    table = rows_of((await licensee.get(f"/filings/{licence}/royalties/export.csv")).content)
    assert ["1", "2026-09-10"] in [row[:2] for row in table]
    assert word("royalties_dispute_report", "zh") not in page
    link = re.search(r'href="(/filings/[^"]+/acts/report_sales\?period=1)"', page)
    assert link, page
    form = (await licensee.get(link[1])).text
    assert re.search(r'name="period"[^>]*value="1"', form)

    path, typed = link[1].partition("?")[0], {"period": "1", "sales.net_sales": "100000.00"}
    shown = await licensee.post(path, **typed)
    assert (shown.status_code, "2,000.00" in shown.text) == (200, True), shown.text
    assert word("royalties_not_told", "zh") in (await licensee.get(f"/filings/{licence}/royalties")).text
    await filing_of(licensee, await licensee.post(path, confirmed="1", **typed))

    page = (await licensor.get(f"/filings/{licence}/royalties")).text
    assert "100,000.00" in page
    assert page.count("2,000.00") >= 2
    assert word("royalties_report_sales", "zh") not in page
    doubt = f"/filings/{licence}/acts/dispute_report"
    assert f"{doubt}?period=1" in page
    await filing_of(licensor, await licensor.post(doubt, period="1"))
    page = (await licensee.get(f"/filings/{licence}/royalties")).text
    assert word("royalties_doubted", "zh") in page
    assert "correct_report?period=1&amp;correction=1" in page
    assert word("royalties_dispute_open", "zh") in page
    assert (await (await house.guest(Role.LICENSEE)).get(f"/filings/{licence}/royalties")).status_code == 404
