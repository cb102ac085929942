"""What a licensor takes to the office, from the page of its declaration."""

import io
import json
import zipfile

from schemas.values.actor import Role
from tests.web.house import House
from tests.web.told import declare


async def test_the_package_for_the_office_is_taken_from_the_filing(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR, "某大学")
    declaration = await declare(house, licensor)
    path = f"/filings/{declaration}/package.zip"
    assert path in (await licensor.get(f"/filings/{declaration}")).text
    taken = await licensor.get(path)
    with zipfile.ZipFile(io.BytesIO(taken.content)) as package:
        assert "某大学" in package.read("declaration.txt").decode()
        whole = json.loads(package.read("declaration.json"))
    assert whole["filing_id"] == str(declaration)
    assert whole["offer"]["royalty"]["amount"] == "10000.00"
    read = (
        "SELECT count(*) FROM audit_log WHERE filing_id = $1 AND act_kind = 'package' AND outcome = 'read' AND who = $2"
    )
    assert await house.pool.fetchval(read, declaration, licensor.session.party_id) == 1

    assert (await (await house.guest(Role.OPERATOR)).get(path)).status_code == 200
    office = await house.guest(Role.OFFICE)
    assert path not in (await office.get(f"/filings/{declaration}")).text
    for stranger in (office, await house.guest(Role.LICENSOR)):
        assert (await stranger.get(path)).status_code == 404
