"""A key of an organisation is made by its people for their own role, shown once, and stopped by any of them."""

import re

from schemas.values.actor import Role
from tests.web.house import House

_SECRET = re.compile(r">\s*([A-Za-z0-9_-]{43})\s*<")


async def test_a_key_works_from_the_page_that_shows_it_until_somebody_ends_it(house: House) -> None:
    maker = await house.guest(Role.LICENSOR)
    made = await maker.post("/keys", name="财务系统", scopes="read")
    secret = _SECRET.search(made.text)
    assert secret is not None
    program = house.client(headers={"authorization": f"Bearer {secret[1]}"})
    assert (await program.get("/api/v1/filings")).status_code == 200
    assert (await program.post("/api/v1/documents", params={"name": "a"}, content=b"a")).status_code == 403
    page = (await maker.get("/keys")).text
    assert "财务系统" in page
    assert secret[1] not in page

    stranger, colleague = await house.guest(Role.LICENSOR), await house.guest(Role.FINANCE, maker.organisation_id)
    (key_id,) = re.findall(r"/keys/([0-9a-f-]{36})/end", page)
    assert (await stranger.post(f"/keys/{key_id}/end")).status_code == 404
    assert (await colleague.post(f"/keys/{key_id}/end")).status_code == 303
    assert (await program.get("/api/v1/filings")).status_code == 401


async def test_what_is_missing_is_told_beside_its_field(house: House) -> None:
    maker = await house.guest(Role.LICENSOR)
    refused = await maker.post("/keys", ends_on="never")
    assert refused.status_code == 422
    assert all(f'id="{name}-error"' in refused.text for name in ("name", "scopes", "ends_on"))
