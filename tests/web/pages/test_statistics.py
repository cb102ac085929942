"""Numbers that anybody may see and take along, and that name nobody."""

import csv
from io import BytesIO, StringIO

import pyarrow.parquet as pq

from schemas.values.actor import Role
from tests.web.house import House
from tests.web.told import announce, declare
from web.pages.open_data import TABLES


async def test_open_data_are_the_same_in_every_form_and_each_column_is_described(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR, "不应出现的单位")
    await declare(house, licensor)  # not announced: nobody's business
    await announce(await house.guest(Role.OFFICE), await declare(house, licensor), "KF2026-counted")
    anybody = house.public()
    described = (await anybody.get("/statistics/dictionary.json")).json()["resources"]
    assert [one["name"] for one in described] == list(TABLES)
    told = (await anybody.get("/api/v1/statistics")).json()
    for one in described:
        head = [field["name"] for field in one["schema"]["fields"]]
        written = (await anybody.get(f"/statistics/{one['name']}.csv")).content.decode("utf-8-sig")
        rows = list(csv.DictReader(StringIO(written)))
        table = pq.read_table(BytesIO((await anybody.get(f"/statistics/{one['name']}.parquet")).content))
        assert table.column_names == head
        assert [{name: str(value) for name, value in row.items()} for row in table.to_pylist()] == rows
        assert [{name: str(value) for name, value in row.items()} for row in told[one["name"]]] == rows
        assert rows or one["name"] in ("rates", "royalties_received")
    assert {row["region"] for row in told["prices"]} >= {"*"}
    stages = {row["stage"] for row in told["filings_by_region"] if row["kind"] == "declaration"}
    assert "in_force" in stages
    assert "submitted" not in stages
    page = await anybody.get("/statistics")
    assert "不应出现的单位" not in page.text
    assert (await anybody.get("/statistics/parties.csv")).status_code == 404
