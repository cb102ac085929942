"""Six CSV files in the shape of ISO 21378: flat tables with the names of its modules. No conformity is claimed.

Which field is what here, and what is left out, says docs/audit/tables.md. Amounts are yuan with two decimals, days
ISO, instants UTC; persons are ids. Nothing is held as a whole but the balances by account and month.
"""

import asyncio
import csv
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from audit.questions.moment import Step, no_step, one_moment
from database.pool import Connection, Pool
from database.questions.movements import (
    arrived_receipts,
    months_of_accounts,
    organisations,
    persons_and_roles,
    posting_rows,
)
from schemas.values.money import Money

_ACCOUNT_TYPES = {
    "bank": "asset",
    "treasury": "asset",
    "recovery": "asset",
    "licensee_due": "asset",
    "royalty_income": "revenue",
    "remuneration_cost": "expense",
    "subsidy_cost": "expense",
}
"""Account, before its colon -> its type; all others are owed to somebody."""
_WOULD_BE_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Rows = AsyncIterator[Sequence[Any]]


class FlatTable(NamedTuple):
    """One file: its fields, and its rows."""

    name: str
    fields: tuple[str, ...]
    rows: Callable[[Connection], Rows]


async def _chart_of_accounts(connection: Connection) -> Rows:
    for account in dict.fromkeys(one.account for one in await months_of_accounts(connection)):
        kind, _, of = account.partition(":")
        yield account, kind, _ACCOUNT_TYPES.get(kind, "liability"), of


async def _customers(connection: Connection) -> Rows:
    async for party_id, name, code in organisations(connection):
        yield party_id, name, code


async def _users(connection: Connection) -> Rows:
    for party_id, kind, role, first_at in await persons_and_roles(connection):
        yield party_id, kind, role, first_at.date(), first_at.isoformat()


async def _details(connection: Connection) -> Rows:
    async for one in posting_rows(connection):
        yield (
            one.transaction_id,
            one.posting_id,
            one.legal_on,
            one.legal_on.year,
            f"{one.legal_on:%m}",
            one.account,
            Money(one.fen) if one.fen > 0 else None,
            Money(-one.fen) if one.fen < 0 else None,
            "CNY",
            one.line_key,
            one.event,
            one.filing_id,
            one.who,
            one.recorded_at.date(),
            one.recorded_at.isoformat(),
        )


async def _balances(connection: Connection) -> Rows:
    account, balance = "", 0
    for one in await months_of_accounts(connection):
        opening = balance if one.account == account else 0
        account, balance = one.account, opening + one.debit_fen - one.credit_fen
        yield (
            one.account,
            one.month.year,
            f"{one.month:%m}",
            Money(opening),
            Money(one.debit_fen),
            Money(one.credit_fen),
            Money(balance),
            "CNY",
        )


async def _cash_received(connection: Connection) -> Rows:
    async for one in arrived_receipts(connection):
        net = Money(one.fen - one.reversed_fen)
        yield (
            one.receipt_id,
            one.licensee,
            one.licence_id,
            one.bank_key,
            one.received_on,
            Money(one.fen),
            Money(one.reversed_fen),
            net,
            "CNY",
            "confirmed" if one.confirmed else "booked",
        )


TABLES = (
    FlatTable(
        "BAS_Chart_Of_Accounts",
        ("GL_Account_Number", "GL_Account_Name", "GL_Account_Type", "Account_Owner"),
        _chart_of_accounts,
    ),
    FlatTable("BAS_Customer", ("Customer_ID", "Customer_Name", "Customer_TIN"), _customers),
    FlatTable("BAS_User", ("User_ID", "User_Type", "User_Role", "Active_Date", "Active_Timestamp"), _users),
    FlatTable(
        "GL_Details",
        (
            *("Journal_ID", "Journal_Entry_Line", "Effective_Date", "Fiscal_Year", "Accounting_Period"),
            *("GL_Account_Number", "Debit_Amount", "Credit_Amount", "Currency_Code", "Journal_Entry_Description"),
            *("Journal_Entry_Type", "Document_ID", "Created_User_ID", "Created_Date", "Created_Timestamp"),
        ),
        _details,
    ),
    FlatTable(
        "GL_Accounts_Period_Balance",
        (
            *("GL_Account_Number", "Fiscal_Year", "Accounting_Period", "Beginning_Balance", "Debit_Amount"),
            *("Credit_Amount", "Ending_Balance", "Currency_Code"),
        ),
        _balances,
    ),
    FlatTable(
        "AR_Cash_Received",
        (
            *("Cash_Received_ID", "Customer_ID", "Contract_ID", "Bank_Reference", "Received_Date", "Received_Amount"),
            *("Reversed_Amount", "Net_Amount", "Currency_Code", "Status"),
        ),
        _cash_received,
    ),
)


async def write_tables(pool: Pool, folder: Path, step: Step = no_step) -> dict[str, int]:
    """Name -> rows. All files are of one moment; raises OSError, also where one is there already."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    async with one_moment(pool) as connection:
        for table in TABLES:
            with (folder / f"{table.name}.csv").open("x", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file, lineterminator="\r\n")
                writer.writerow(table.fields)
                counts[table.name] = 0
                async for row in table.rows(connection):
                    writer.writerow([_cell(one) for one in row])
                    counts[table.name] += 1
            step()
    return counts


def _cell(value: Any) -> str:
    """As text that no spreadsheet takes for a formula; a negative amount stays a number."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_WOULD_BE_FORMULA) and not isinstance(value, Money | int) else text
