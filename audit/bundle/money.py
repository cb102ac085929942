"""The money of a filing as one sheet of rows: what was determined, what was posted, what stands on each account."""

from typing import Any

from audit.bundle.record import FilingRecord


def sheet_of(record: FilingRecord) -> dict[str, Any]:
    """Rows of the sheet, in fen."""
    accounts: dict[str, int] = {}
    for row in record.postings:
        accounts[row.account] = accounts.get(row.account, 0) + row.fen
    return {
        "lines": [
            {
                "version": one["version"],
                "ordinal": one["ordinal"],
                "rule": one["determination"]["rule"],
                "line": line["name"],
                "fen": line["amount"],
            }
            for one in record.determinations
            for line in one["determination"]["result"]
        ],
        "ledger": [vars(row) for row in record.postings],
        "accounts": accounts,
    }
