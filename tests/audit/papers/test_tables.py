"""Six flat tables that agree with each other, and whose texts no spreadsheet takes for formulas."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from audit.papers.tables import TABLES, write_tables
from database.pool import Pool
from tests.audit.forging import Forger
from tests.audit.questions.conftest import Tell
from tests.lives.all_stories import STORIES


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _sum(rows: list[dict[str, str]], field: str) -> Decimal:
    return sum((Decimal(row[field] or "0") for row in rows), Decimal(0))


async def test_details_balances_and_receipts_tell_of_the_same_money(
    tell: Tell, auditor: Pool, tmp_path: Path, tampering: Forger
) -> None:
    await tell(STORIES["inventors_are_paid"], STORIES["a_reversal_cancels_a_payout"])
    await tampering.execute("UPDATE parties SET public_name = '=1+1' WHERE public_name LIKE 'agency%'")
    counts = await write_tables(auditor, tmp_path / "tables")
    assert set(counts) == {one.name for one in TABLES}
    assert all(len(_rows(tmp_path / "tables", name)) == number for name, number in counts.items())
    details = _rows(tmp_path / "tables", "GL_Details")
    assert _sum(details, "Debit_Amount") == _sum(details, "Credit_Amount") > 0
    balances = _rows(tmp_path / "tables", "GL_Accounts_Period_Balance")
    last = {row["GL_Account_Number"]: Decimal(row["Ending_Balance"]) for row in balances}
    assert sum(last.values()) == 0
    assert last["bank"] == _sum(_rows(tmp_path / "tables", "AR_Cash_Received"), "Net_Amount") == 10000
    assert {row["GL_Account_Number"] for row in _rows(tmp_path / "tables", "BAS_Chart_Of_Accounts")} == set(last)
    assert "'=1+1" in {row["Customer_Name"] for row in _rows(tmp_path / "tables", "BAS_Customer")}
    with pytest.raises(FileExistsError):
        await write_tables(auditor, tmp_path / "tables")


async def test_no_name_of_a_person_is_among_them(tell: Tell, auditor: Pool, tmp_path: Path) -> None:
    await tell(STORIES["inventors_are_paid"])
    await write_tables(auditor, tmp_path)
    users = _rows(tmp_path, "BAS_User")
    assert {row["User_Type"] for row in users} == {"person", "organisation", "engine"}
    assert "User_Name" not in users[0]


def test_each_table_and_field_has_its_line_on_the_mapping_page() -> None:
    page = (Path(__file__).parents[3] / "docs" / "audit" / "tables.md").read_text(encoding="utf-8")
    missing = [f"{one.name}.{field}" for one in TABLES for field in one.fields if f"`{field}`" not in page]
    assert missing == []
    assert all(f"## {one.name}" in page for one in TABLES)
