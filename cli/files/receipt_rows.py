"""The receipts of a licence as rows of facts that ``starter.py rules whatif`` reads (docs/whatif.md)."""

from collections.abc import Iterator
from datetime import date
from typing import Literal
from uuid import UUID

from database.reads.receipt_export import LicenceWithReceipts
from rules.filing.order import last, legal_order
from rules.kinds import LICENCE
from schemas.acts.licence import LICENCE_ACT, LicenceAct
from schemas.lifecycle.stages.licence import RegistrationStage
from schemas.standing.fact import Fact
from schemas.standing.position import LicencePosition, ReceiptState
from schemas.values.money import STORED, ZERO, Money
from schemas.values.patent_number import PatentNumber

ACTS = ("give_notice", "register", "supplement_amounts", "correct_fact", "countersign")
"""What is read beside the position: what the registration certifies, and whether the licensee is an affiliate."""
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
    """One row for each receipt, by day of arrival; ``side`` is who claims. A cell that nobody stated is None."""
    position = LicencePosition.model_validate(licence.position, context=STORED)
    facts: list[Fact[LicenceAct]] = [
        LICENCE.fact(version, recorded_at, body) for version, recorded_at, body in licence.acts
    ]
    ordered = legal_order(facts, LICENCE_ACT)
    registration = position.tracks.registration or RegistrationStage.NONE
    register = last(ordered, "register") if registration == RegistrationStage.REGISTERED else None
    amounts = last(ordered, "register", "supplement_amounts") if register is not None else None
    certified: Money | None = amounts.act.technology_transaction_amount if amounts is not None else None
    contract: Money | None = amounts.act.contract_amount if amounts is not None else None
    notice = last(ordered, "give_notice")
    sides: tuple[UUID, UUID] = (licence.licensor, licence.licensee)
    claimant, counterparty = sides if side == "licensor" else sides[::-1]
    left = certified
    for receipt in sorted(position.receipts, key=lambda one: (one.received_on, str(one.receipt_id))):
        net = royalty_of(receipt)
        # A payer's amounts are added up, so what is certified once is parted, in the order of arrival. A receiver's
        # receipts are limited by the whole amount of their contract, over all years (D-18).
        part = None if left is None else min(left, net)
        left = None if left is None or part is None else left - part
        registered_amount = part if side == "licensee" else certified
        yield {
            "item_id": str(receipt.receipt_id),
            "claimant": str(claimant),
            "kind": None,
            "region": None,
            "received": net,
            "paid": net,
            "contract_amount": contract,
            "technology_transaction_amount": registered_amount,
            "received_on": receipt.received_on,
            "paid_on": receipt.paid_on,
            "contract_on": position.effective_on,
            "registered_on": register.act.on if register is not None else None,
            "recorded_on": position.recorded_on,
            "contract": str(licence.licence_id),
            "patents": licence.patent_number,
            "patent_kind": PatentNumber(licence.patent_number).kind.value,
            "contract_kind": "licence",
            "registered": "yes" if register is not None else "no",
            "registered_class": register.act.contract_class if register is not None else None,
            "counterparty_kind": None,
            "counterparty_region": None,
            "related": "yes" if notice is not None and notice.act.affiliate_of_licensor else None,
            "other.declaration": str(licence.declaration_id),
            "other.counterparty": str(counterparty),
            "other.licence_stage": licence.stage,
            "other.recordal": position.tracks.recordal,
            "other.registration": registration,
            "other.confirmed": "yes" if receipt.confirmed else "no",
        }
        contract = None if contract is None else ZERO


def royalty_of(receipt: ReceiptState) -> Money:
    """What of a receipt is royalty in the licensor's own account, net of reversals (D-08, D-42)."""
    return receipt.net - receipt.credit - receipt.outside_royalty if receipt.counts else ZERO
