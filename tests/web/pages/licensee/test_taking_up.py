"""A licensee's whole task through the pages: notice with payment in one way, dues, certificate, verification."""

import asyncio
from io import BytesIO
from zipfile import ZipFile

from schemas.values.actor import Role
from tests.web.house import House
from tests.web.told import announce, declare, filing_of
from web.words import word


async def test_an_offer_is_taken_up_once_and_its_certificate_says_what_holds_today(house: House) -> None:
    licensor, licensee = await house.guest(Role.LICENSOR, "某大学"), await house.guest(Role.LICENSEE, "某通信公司")
    offer = await declare(house, licensor)
    await announce(await house.guest(Role.OFFICE), offer, "KF2026-taken")
    path = f"/offers/{offer}/notice"
    assert word("payment_part", "zh") in (await licensee.get(path)).text

    # What is wrong with the evidence is told before a notice is given that it was to go with.
    voucher = {"payment.voucher@file": ("voucher.txt", f"付款凭证 {offer}".encode())}
    wrong = await licensee.post(path, files=voucher, **{"payment.amount": "一万"})
    assert (wrong.status_code, 'id="payment.amount-error"' in wrong.text) == (422, True)
    assert await house.pool.fetchval("SELECT count(*) FROM licences WHERE declaration_id = $1", offer) == 0

    # Two tabs, and then once more: one notice, one payment, the same receipt.
    paid = {"payment.amount": "10000.00"}
    sent = await asyncio.gather(*(licensee.post(path, files=voucher, **paid) for _ in range(2)))
    again = await licensee.post(path, files=voucher, **paid)
    assert len({one.headers["location"] for one in (*sent, again)}) == 1
    licence = await filing_of(licensee, again)
    kinds = await house.pool.fetch("SELECT kind FROM events WHERE filing_id = $1 ORDER BY version", licence)
    assert [row["kind"] for row in kinds] == ["licence:noticed", "licence:paid"]
    for place in (again.headers["location"], path):
        assert f"/licences/{licence}" in (await licensee.get(place)).text

    assert f"/licences/{licence}" in (await licensee.get("/licences")).text
    page = (await licensee.get(f"/licences/{licence}")).text
    for said in ("10,000.00", word("recordal_due", "zh"), f"/licences/{licence}/recordal.zip"):
        assert said in page
    (due,) = (await licensee.http.get("/api/v1/licences")).json()["rows"]
    assert (due["validity"], due["dues"][0]["amount"], due["has_certificate"]) == ("in_force", "10000.00", True)

    certificate = await licensee.get(f"/licences/{licence}/certificate.pdf")
    assert certificate.content.startswith(b"%PDF")
    assert certificate.content == (await licensee.get(f"/licences/{licence}/certificate.pdf")).content
    papers = ZipFile(BytesIO((await licensee.get(f"/licences/{licence}/recordal.zip")).content))
    assert papers.namelist()[:3] == ["certificate.pdf", "1-give_notice.pdf", "2-pay.pdf"]
    assert papers.read(papers.namelist()[3]) == f"付款凭证 {offer}".encode()
    stranger = await house.guest(Role.LICENSEE, "另一公司")
    for name in ("", "/certificate.pdf", "/recordal.zip"):
        assert (await stranger.get(f"/licences/{licence}{name}")).status_code == 404

    row = await house.pool.fetchrow(
        "SELECT act_id, answer ->> 'content_hash' AS content_hash FROM acts JOIN events USING (act_id)"
        " WHERE events.filing_id = $1 AND version = 1",
        licence,
    )
    assert row is not None
    act_id = row["act_id"]
    anybody, address = house.public(), f"/verify/{act_id}/{row['content_hash']}"
    shown = (await anybody.get(address)).text
    assert "今日有效" in shown
    assert "某通信公司" not in shown
    assert (await anybody.get(f"/api/v1{address}")).json()["validity"] == "in_force"
    assert (await anybody.get(f"/verify/{act_id}/{'0' * 64}")).status_code == 404


async def test_a_notice_without_payment_is_gone_on_with_on_the_same_page(house: House) -> None:
    licensee, offer = await house.guest(Role.LICENSEE), await declare(house, await house.guest(Role.LICENSOR))
    await announce(await house.guest(Role.OFFICE), offer, "KF2026-later")
    path = f"/offers/{offer}/notice"
    licence = await filing_of(licensee, await licensee.post(path))
    page = (await licensee.get(path)).text
    assert word("notice_given", "zh") in page
    assert 'name="foreign_licensee"' not in page
    assert (await licensee.get(f"/licences/{licence}/certificate.pdf")).status_code == 404
    voucher = {"payment.voucher@file": ("voucher.txt", f"付款凭证 {licence}".encode())}
    assert await filing_of(licensee, await licensee.post(path, files=voucher, **{"payment.amount": "10000"})) == licence
    assert await house.pool.fetchval("SELECT stage FROM filings WHERE filing_id = $1", licence) == "effective"
