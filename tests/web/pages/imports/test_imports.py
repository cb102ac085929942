"""A table of declarations on the console: checked before anything is filed, told row by row, and filed once."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx2 as httpx
import pytest
from python_calamine import CalamineWorkbook

from database.console.imports import body_of_import, forget_import_files
from schemas.values.actor import Role
from schemas.values.refusal import refusal
from tests.web.house import House
from tests.web.lists.files import whole
from tests.web.pages.imports.tables import HEAD, as_csv, reached, row, sent
from tests.web.receiving.test_scanner import clamd, looks
from tests.web.serving import served
from texts.words import refusal_text
from web.app import create_app
from web.importing.running import resume
from web.importing.tables import FILE, MOST_ROWS
from web.lists.exports import as_file
from web.lists.listed import at_once
from web.sign_in.forgetting import FILES_KEPT
from web.words import word

_FILED = "SELECT count(*) FROM filing_parties WHERE party_id = $1 AND relation = 'licensor'"


async def test_good_rows_are_filed_once_and_bad_rows_come_back_as_a_file(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR, "某导入大学")
    first, second, third = [await house.patent() for _ in range(3)]
    mine = licensor.organisation_id
    body = as_csv(row(first, "某导入大学"), row(second, str(mine)), row(third, "某导入大学", amount="一万"))
    path = await sent(licensor, body)
    await reached(house, path, "checked")
    page = (await licensor.get(path)).text
    assert word("imports_good", "zh", good=2, refused=1) in page
    assert "金额 amount" in page
    assert await house.pool.fetchval(_FILED, mine) == 0

    assert (await licensor.post(path)).status_code == 303
    await reached(house, path, "done")
    page = (await licensor.get(path)).text
    filed = await house.pool.fetch("SELECT filing_id FROM filing_parties WHERE party_id = $1", mine)
    assert len(filed) == 2
    assert all(f"/filings/{one['filing_id']}" in page for one in filed)
    assert str((await licensor.get(f"/filings/{filed[0]['filing_id']}")).status_code) == "200"

    mended = (await licensor.get(f"{path}/refused.csv")).content.decode("utf-8-sig")
    head, bad = list(csv.reader(io.StringIO(mended)))
    assert head == [*HEAD, "错误 errors"]
    assert bad[: len(HEAD)] == row(third, "某导入大学", amount="一万")
    assert "amount" in bad[-1]
    again = await sent(licensor, as_csv([*row(third, "某导入大学"), ""], head=head))
    await reached(house, again, "checked")
    await licensor.post(again)
    await reached(house, again, "done")
    assert await house.pool.fetchval(_FILED, mine) == 3

    path = await sent(licensor, body.replace("一万".encode(), b"10000"))
    await reached(house, path, "checked")
    page = (await licensor.get(path)).text
    assert page.count(word("imports_known", "zh")) >= 3
    assert word("imports_take", "zh", good=3) not in page
    assert await house.pool.fetchval(_FILED, mine) == 3


async def test_a_workbook_is_read_as_the_same_table(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR, "某表格大学")
    template = (await licensor.get("/imports/template.xlsx")).content
    head = CalamineWorkbook.from_filelike(io.BytesIO(template)).get_sheet_by_index(0).to_python()[0]
    assert set(HEAD) <= set(map(str, head))

    body = await whole(as_file("xlsx", "x", HEAD, at_once([row(await house.patent(), "某表格大学")])))
    path = await sent(licensor, body, name="declarations.pdf")
    await reached(house, path, "checked")
    await licensor.post(path)
    await reached(house, path, "done")
    assert await house.pool.fetchval(_FILED, licensor.organisation_id) == 1


async def test_a_table_is_its_owners_and_rows_are_of_its_own_patents(house: House) -> None:
    licensor, other = await house.guest(Role.LICENSOR, "某甲大学"), await house.guest(Role.LICENSOR, "某乙大学")
    path = await sent(licensor, as_csv(row(await house.patent(), str(other.organisation_id))))
    await reached(house, path, "checked")
    not_yours = refusal_text(refusal("not_yours", organisation=licensor.organisation_id, role="licensor")).zh.partition(
        "{"
    )[0]
    assert not_yours in (await licensor.get(path)).text
    for stranger in (other, await house.guest(Role.LICENSEE)):
        for address in (path, f"{path}/refused.csv"):
            assert (await stranger.get(address)).status_code == 404
        assert (await stranger.post(path)).status_code == 404
    assert (await (await house.guest(Role.OPERATOR)).get(path)).status_code == 200
    assert (await (await house.guest(Role.LICENSEE)).get("/imports")).status_code == 404


async def test_an_operator_brings_what_others_declared_and_a_stopped_server_goes_on(house: House) -> None:
    operator, owner = await house.guest(Role.OPERATOR), await house.guest(Role.LICENSOR, "某丙大学")
    head = [*HEAD, "*提交日 on"]
    path = await sent(operator, as_csv([*row(await house.patent(), "某丙大学"), "2026-11-02"], head=head))
    await reached(house, path, "checked")
    import_id = UUID(path.rpartition("/")[2])
    await house.pool.execute(
        "UPDATE imports SET state = 'taking', confirmed_by = sent_by, confirmed_at = sent_at WHERE import_id = $1",
        import_id,
    )
    await resume(house.console)
    await reached(house, path, "done")
    assert await house.pool.fetchval(_FILED, owner.organisation_id) == 1


async def test_what_is_no_table_of_declarations_is_refused_beside_the_field(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    for name, body, code in (
        ("a.csv", b"", "document_empty"),
        ("a.csv", b"%PDF-1.7", "document_kind_not_taken"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document_has_macros"),
        ("a.csv", "专利号\n".encode("utf-16"), "document_kind_not_taken"),
        ("a.csv", as_csv(), "table_without_rows"),
        ("a.csv", b"patent_number\n1\n", "column_missing"),
        ("a.csv", as_csv(*[[""] * (len(HEAD) - 1) + ["x"]] * (MOST_ROWS + 1)), "table_too_long"),
        ("a.csv", b"a" * (10 * 1024 * 1024 + 1), "document_too_large"),
    ):
        answer = await licensor.post("/imports", files={"file": (name, body)})
        assert answer.status_code == 422, code
        facts: dict[str, Any] = {
            "name": name,
            "size": len(body),
            "largest": 10485760,
            "rows": MOST_ROWS + 1,
            "most": MOST_ROWS,
        }
        facts |= {"column": "title", "zh_name": "发明名称"}
        assert refusal_text(refusal(code, **facts)).zh in answer.text, code
    assert await house.pool.fetchval("SELECT count(*) FROM imports WHERE owner_id = $1", licensor.organisation_id) == 0


async def test_a_file_that_is_no_longer_kept_leaves_what_came_of_its_rows(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR, "某期满大学")
    first, second = [await house.patent() for _ in range(2)]
    body = as_csv(row(first, "某期满大学"), row(second, "某期满大学", amount="一万"))
    path = await sent(licensor, body)
    await reached(house, path, "checked")
    import_id = UUID(path.rpartition("/")[2])
    now = datetime.now(UTC)
    async with house.pool.acquire() as connection:
        await forget_import_files(connection, now - FILES_KEPT)
        assert await body_of_import(connection, import_id) == body
        with pytest.raises(asyncpg.RaiseError):
            await forget_import_files(connection, now - timedelta(days=29))
        await connection.execute(
            "UPDATE imports SET moved_at = $2 WHERE import_id = $1", import_id, now - FILES_KEPT - timedelta(days=1)
        )
        await forget_import_files(connection, now - FILES_KEPT)
        assert await body_of_import(connection, import_id) is None
    page = (await licensor.get(path)).text
    assert word("imports_file_gone", "zh") in page
    assert word("imports_refused", "zh") in page
    assert word("imports_take", "zh", good=1) not in page
    assert (await licensor.get(f"{path}/refused.csv")).status_code == 404
    refused = await licensor.post(path)
    assert refusal_text(refusal("table_file_gone")).zh in refused.text
    assert await house.pool.fetchval(_FILED, licensor.organisation_id) == 0


async def test_a_table_that_the_scanner_knows_is_not_kept(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR, "某扫描大学")
    body = as_csv(row(await house.patent(), "某扫描大学", amount="TEST-SIGNATURE"))
    async with clamd(looks) as scanner, served(create_app(replace(house.console, scanner=scanner))) as port:
        address, cookies = f"http://127.0.0.1:{port}", {"session": licensor.cookie}
        async with httpx.AsyncClient(base_url=address, cookies=cookies, timeout=60) as client:
            answer = await replace(licensor, http=client).post("/imports", files={FILE: ("rows.csv", body)})
    assert refusal_text(refusal("document_infected", name="rows.csv", found="Test-Signature")).zh in answer.text
    kept = "SELECT count(*) FROM imports WHERE owner_id = $1"
    assert await house.pool.fetchval(kept, licensor.organisation_id) == 0
