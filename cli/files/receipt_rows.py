"""The receipts of a licence as rows of facts that ``starter.py rules whatif`` reads (docs/whatif.md)."""

from collections.abc import Iterator
from datetime import date
from typing import Literal
from uuid import UUID

from database.reads.receipt_export import LicenceWithReceipts
from rules.licence.settlements import receipts_for_settlements
from schemas.lifecycle.stages.licence import RegistrationStage
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import LicenceSurroundings
from schemas.values.money import STORED, Money

AMOUNTS = ("received", "paid", "contract_amount", "technology_transaction_amount")
DAYS = ("received_on", "paid_on", "contract_on", "registered_on", "recorded_on")
COLUMNS = (
    "item_id",
    "claimant",
    "kind",
    "region",
    *AMOUNTS,
    *DAYS,
    "contract",
    "patents",
    "patent_kind",
    "contract_kind",
    "registered",
    "registered_class",
    "counterparty_kind",
    "counterparty_region",
    "related",
    "other.declaration",
    "other.counterparty",
    "other.licence_stage",
    "other.recordal",
    "other.registration",
    "other.confirmed",
)
"""Kinds and regions of parties are not in the record: their columns are there to be filled in."""
Cell = str | Money | date | None
Side = Literal["licensor", "licensee"]


def receipt_rows(licence: LicenceWithReceipts, side: Side) -> Iterator[dict[str, Cell]]:
    """One row for each receipt, by day of arrival; ``side`` is who claims. A cell that nobody stated is None.

    The amounts are those that a settlement would take: nothing of a licence that has not taken effect or that fell.
    """
    position = LicencePosition.model_validate(licence.position, context=STORED)
    surroundings = LicenceSurroundings.model_validate(licence.surroundings, context=STORED)
    sides: tuple[UUID, UUID] = (licence.licensor, licence.licensee)
    claimant, counterparty = sides if side == "licensor" else sides[::-1]
    confirmed = {receipt.receipt_id for receipt in position.receipts if receipt.confirmed}
    for receipt in receipts_for_settlements(position, surroundings):
        # A payer's amounts are added up, so what is certified once is parted, in the order of arrival. A receiver's
        # receipts are limited by the whole amount of their contract, over all years (D-18).
        certified = receipt.registered_amount if side == "licensee" else receipt.contract_registered_amount
        yield {
            "item_id": str(receipt.receipt_id),
            "claimant": str(claimant),
            "kind": None,
            "region": None,
            "received": receipt.amount,
            "paid": receipt.amount,
            "contract_amount": receipt.contract_amount,
            "technology_transaction_amount": certified,
            "received_on": receipt.received_on,
            "paid_on": receipt.paid_on,
            "contract_on": receipt.effective_on,
            "registered_on": receipt.registered_on,
            "recorded_on": receipt.recorded_on,
            "contract": str(receipt.licence_id),
            "patents": receipt.patent_number,
            "patent_kind": receipt.patent_kind.value,
            "contract_kind": "licence",
            "registered": receipt.registered.value,
            "registered_class": receipt.registered_class,
            "counterparty_kind": None,
            "counterparty_region": None,
            "related": "yes" if receipt.licensee_is_affiliate else None,
            "other.declaration": str(licence.declaration_id),
            "other.counterparty": str(counterparty),
            "other.licence_stage": licence.stage,
            "other.recordal": position.tracks.recordal,
            "other.registration": position.tracks.registration or RegistrationStage.NONE,
            "other.confirmed": "yes" if receipt.receipt_id in confirmed else "no",
        }
