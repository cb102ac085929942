"""A program sends a table, asks how far it is, confirms it, and reads what came of each row."""

from uuid import uuid4

from schemas.values.actor import Role
from tests.web.api.programs import API, program
from tests.web.house import House
from tests.web.pages.imports.tables import as_csv, reached, row


async def test_a_table_is_sent_confirmed_and_told_row_by_row(house: House) -> None:
    sender = await program(house, Role.LICENSOR)
    owner, key = str(sender.organisation_id), str(uuid4())
    body = as_csv(row(await house.patent(), owner), row(await house.patent(), owner, amount="?"))
    sent = [
        await sender.http.post(
            f"{API}/imports", params={"name": "a.csv"}, content=content, headers={"Idempotency-Key": key}
        )
        for content in (body, body, body + b"\n1")
    ]
    assert [one.status_code for one in sent] == [202, 202, 409]
    assert sent[0].json()["import_id"] == sent[1].json()["import_id"]
    path = f"/imports/{sent[0].json()['import_id']}"
    await reached(house, path, "checked")
    assert (await sender.get(path)).json()["counts"] == {"good": 1, "refused": 1}
    confirmed = await sender.http.post(f"{API}{path}/confirmation")
    assert confirmed.status_code == 202
    await reached(house, path, "done")
    rows = (await sender.get(f"{path}/rows")).json()["rows"]
    assert [(one["outcome"], bool(one["filing_id"])) for one in rows] == [("imported", True), ("refused", False)]
    assert [one["where"] for one in rows[1]["refusals"]] == ["amount"]

    assert (await (await program(house, Role.LICENSEE)).get(path)).status_code == 403
    assert (await (await program(house, Role.LICENSOR)).get(path)).status_code == 404
