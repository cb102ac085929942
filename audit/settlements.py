"""The rows of a settlement as its facts make them, beside those that people look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from audit.report import Report
from database.pool import Connection
from database.record.settlement_rows import (
    Settlement,
    SettlementRows,
    adjustment_rows,
    claim_rows,
    claimed_receipt_rows,
    left_lines,
    left_receipts,
    payment_row,
    subsidy_line_rows,
    taken_rows,
)
from database.standing.settlements import rows_of
from rules.schemes.catalogue import find_scheme
from schemas.acts.settlement import Calculate, PaySubsidy, Recovered
from schemas.standing.fact import Fact
from schemas.standing.settlement import SettlementPosition
from schemas.standing.surroundings import SettlementSurroundings

_KEYS = {
    "settlements": ("settlement_id",),
    "claims": ("claim_id",),
    "claimed_receipts": ("claim_id", "receipt_id"),
    "subsidy_lines": ("line_key",),
    "subsidy_payments": ("payer", "bank_serial", "came_back"),
    "adjustments": ("version", "credit_code", "payer"),
    "adjustments_taken": ("settlement_id", "version", "credit_code", "payer"),
}


@dataclass
class SettlementRebuilt:
    """Table -> key -> row, folded fact by fact."""

    tables: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {name: {} for name in _KEYS})

    def fold(
        self,
        fact: Fact[Any],
        before: SettlementPosition | None,
        after: SettlementPosition,
        surroundings: SettlementSurroundings,
    ) -> None:
        """One more fact, as recording it wrote its rows."""
        filing_id, side = fact.act.filing_id, find_scheme(after.scheme).beneficiary
        receipts, lines = claimed_receipt_rows(filing_id, after, side), subsidy_line_rows(filing_id, after)
        made = SettlementRows(
            settlements=[Settlement(filing_id, after.authority, after.scheme, after.year)],
            claims=claim_rows(filing_id, after),
            claimed_receipts=[*left_receipts(claimed_receipt_rows(filing_id, before, side), receipts), *receipts],
            subsidy_lines=[*left_lines(subsidy_line_rows(filing_id, before), lines), *lines],
            subsidy_payments=(
                [payment_row(fact.act, after.authority)] if isinstance(fact.act, PaySubsidy | Recovered) else ()
            ),
            adjustments=adjustment_rows(filing_id, fact.version, before, after),
            adjustments_taken=taken_rows(filing_id, surroundings.carried) if isinstance(fact.act, Calculate) else (),
        )
        for table in fields(made):
            rows: Sequence[Any] = getattr(made, table.name)
            self.tables[table.name] |= {_key(table.name, vars(one)): vars(one) for one in rows}


async def compare_settlement(
    report: Report, connection: Connection, filing_id: UUID, rebuilt: SettlementRebuilt
) -> None:
    """A difference for each row that the facts do not prove."""
    for table, rows in (await rows_of(connection, filing_id)).items():
        found = {_key(table, row): row for row in rows}
        report.count(table, len(found))
        report.compare_each(filing_id, table, rebuilt.tables[table], found)


def _key(table: str, row: dict[str, Any]) -> str:
    return " ".join(str(row[name]) for name in _KEYS[table])
