"""What is known of a technology contract (技术合同) that is or will be registered, and its three amounts."""

from typing import Literal

from schemas.statements.remuneration import Region
from schemas.values.determination import Answer3
from schemas.values.model import Day, Model
from schemas.values.money import Amount


class TechnologyContractInputs(Model):
    """``None`` is "not stated"; an answer is *unknown* until somebody looked."""

    deal: Literal["licence", "transfer", "development", "consulting", "service"] = "licence"
    region: Region = ""
    """Of the provider, whose desk registers."""
    effective_on: Day | None = None
    applied_on: Day | None = None
    complete_papers_on: Day | None = None
    """Acceptance; under the Measures of 2026 the day on which the papers were complete."""
    is_disputed: bool = False
    registered_on: Day | None = None

    contract_amount: Amount | None = None
    """合同成交额: all money of the deal. Left out where it is open, as in a running royalty."""
    non_technical: Amount | None = None
    """Equipment, parts, material; a reasonable number of carriers is none of it (Rules 2001 arts. 51 to 53)."""
    is_open: bool = False
    """Amounts were open at registration."""
    supplemented_on: Day | None = None
    registered_amount: Amount | None = None
    """Technology transaction amount on the registration certificate."""
    received: Amount | None = None
    """技术性收入: what performing the contract really brought so far."""

    papers: (
        tuple[
            Literal["announced_declaration", "notice", "payment_voucher", "recordal_certificate", "signed_contract"],
            ...,
        ]
        | None
    ) = None
    mastered_at_signing: Answer3 = Answer3.UNKNOWN
    complete_practical_solution: Answer3 = Answer3.UNKNOWN
    rights_clearly_assigned: Answer3 = Answer3.UNKNOWN
    only_public_domain: Answer3 = Answer3.UNKNOWN
