"""The rows of a settlement as its facts make them, beside those that people look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from audit.report import Report
from database.pool import Connection
from database.record.settlement_rows import settlement_rows
from database.standing.settlements import rows_of
from rules.schemes.catalogue import find_scheme
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
        side = find_scheme(after.scheme).beneficiary
        made = settlement_rows(fact.act, fact.version, before, after, side, surroundings.carried)
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
