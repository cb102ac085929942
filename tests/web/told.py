"""What people do on the console, one page after the other, as the forms send it."""

import re
from uuid import UUID

import httpx2 as httpx

from schemas.values.patent_number import PatentNumber
from tests.web.house import Guest, House

_FILING = re.compile(r"/filings/([0-9a-f-]{36})")


def declared_fields(number: PatentNumber, owner: UUID, price: str = "10000.00") -> dict[str, dict[str, str]]:
    """Each page of the guided declaration with what is typed there."""
    return {
        "patent": {"offer.patent_number": f"ZL{number}"},
        "owners": {"offer.patentees.0.party_id": str(owner)},
        "price": {
            "offer.royalty.form": "lump_sum",
            "offer.royalty.lump_sum.amount": price,
            "offer.royalty.lump_sum.pay_within_days": "30",
        },
        "term": {"offer.term.form": "years_from_effect", "offer.term.years_from_effect.years": "3"},
        "explanation": {"offer.fee_explanation": "参照同类许可的市场价格确定。"},
        "contact": {"offer.contact": str(owner)},
        "papers": {},
        "bars": {},
        "commitment": {"offer.commitments": "true"},
    }


async def filing_of(guest: Guest, receipt: httpx.Response) -> UUID:
    """The filing that the page after a granted form leads to."""
    assert receipt.status_code == 303, receipt.text
    page = await guest.get(receipt.headers["location"])
    found = _FILING.search(page.text)
    assert found is not None
    return UUID(found[1])


async def declare(house: House, licensor: Guest, number: PatentNumber | None = None) -> UUID:
    """A declaration by the guided form, page after page."""
    number = number or await house.patent()
    begun = await licensor.post("/declare")
    draft = begun.headers["location"].split("/")[2]
    for step, fields in declared_fields(number, licensor.organisation_id).items():
        saved = await licensor.post(f"/declare/{draft}/{step}", **fields)
        assert saved.status_code == 303, saved.text
    return await filing_of(licensor, await licensor.post(f"/declare/{draft}/submit"))


async def announce(office: Guest, declaration: UUID, number: str) -> UUID:
    """The office announces it."""
    fields = {"on": "2026-11-02", "declaration_number": number, "gazette.issue": f"issue {number}"}
    files = {"evidence.0@file": ("gazette.txt", f"公报 {number}".encode())}
    return await filing_of(office, await office.post(f"/filings/{declaration}/acts/announce", files=files, **fields))


async def give_notice(licensee: Guest, declaration: UUID) -> UUID:
    """A licensee takes the offer up."""
    return await filing_of(licensee, await licensee.post(f"/offers/{declaration}/notice"))
