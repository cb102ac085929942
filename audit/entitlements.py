"""Are the provisional entitlements what their receipts make them: lines, sum and the scheme's year agree."""

from audit.report import Report
from database.pool import Connection
from database.standing.entitlements import (
    EntitlementItem,
    YearKey,
    called_windows,
    items_of_year,
    lines_of_year,
    list_years,
)
from rules.schemes.catalogue import bundled_schemes
from rules.schemes.provisional import given_by, year_of
from rules.schemes.yearly import version_of
from schemas.schemes.inputs import CallWindow


async def compare_entitlements(connection: Connection, report: Report) -> None:
    """Compares every year's row with its receipts, with its lines, and with what the scheme gives for them."""
    called = await called_windows(connection, list(bundled_schemes()))
    for key, base_fen, payable_fen in await list_years(connection):
        where = f"entitlement_years.{key.scheme}.{key.beneficiary}.{key.year}"
        items = await items_of_year(connection, key)
        report.compare(None, f"{where}.base_fen", sum(one.base_fen for one in items), base_fen)
        lines = await lines_of_year(connection, key)
        report.compare(None, f"{where}.lines", sum(line.fen for line in lines), payable_fen)
        report.compare(
            None, f"{where}.payable_fen", _given(key, items, called.get(key.scheme, {}).get(key.year)), payable_fen
        )
        report.count("entitlement_years", 1)


def _given(key: YearKey, items: list[EntitlementItem], window: CallWindow | None) -> int:
    scheme = bundled_schemes()[key.scheme]
    # The day only stands in the trace: what a year gives follows from its version and its receipts.
    on = version_of(scheme, key.year).since
    base_fen = sum(one.base_fen for one in items)
    return given_by(year_of(scheme, key.year, base_fen, (one.receipt for one in items), on, window)).fen
