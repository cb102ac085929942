"""The rows of the export are the receipts as a settlement would take them."""

from typing import Any

from cli.files.receipt_rows import Side, receipt_rows
from database.reads.receipt_export import LicenceWithReceipts
from schemas.values.money import stored
from tests.rules.licence.story import DECLARATION, LICENCE, LICENSEE, NOTICE, PAID, UNIT, act, offer, position

FIRST = act("book_receipt", "2026-03-12", amount="6000.00")
SECOND = act("book_receipt", "2026-04-12", amount="4000.00", serial="2")
REGISTERED = (
    act("apply", "2026-04-01"),
    act("accept", "2026-04-02"),
    act("register", "2026-04-20", contract_amount="8000.00", technology_transaction_amount="7000.00"),
)


def rows(*acts: Any, side: Side = "licensor") -> list[dict[str, Any]]:
    stands = position(*acts)
    licence = LicenceWithReceipts(LICENCE, DECLARATION, UNIT, LICENSEE, stands.stage, stored(stands), stored(offer()))
    return list(receipt_rows(licence, side))


def column(name: str, found: list[dict[str, Any]]) -> list[str]:
    return [str(row[name]) for row in found]


def test_the_receiver_is_limited_by_the_whole_registered_amount_and_the_payer_by_its_parts() -> None:
    told = (NOTICE, PAID, SECOND, FIRST, *REGISTERED)
    assert column("received", rows(*told)) == ["6000.00", "4000.00"]
    assert column("technology_transaction_amount", rows(*told)) == ["7000.00", "7000.00"]
    assert column("technology_transaction_amount", rows(*told, side="licensee")) == ["6000.00", "1000.00"]
    assert column("contract_amount", rows(*told)) == ["8000.00", "0.00"]


def test_a_licence_that_is_not_effective_has_received_nothing() -> None:
    assert column("received", rows(NOTICE, FIRST)) == ["0.00"]
