"""Every rule that answers a question about inputs on a day, by the name that the command line and the cases use."""

from collections.abc import Mapping
from datetime import date

from rules.law.answered import answered
from rules.law.law import Law
from rules.questions.annual_fee import annual_fee
from rules.questions.determination_rule import Rule
from rules.questions.events import event_duties
from rules.questions.income_tax_relief import income_tax_relief
from rules.questions.offer import OFFER_RULES
from rules.questions.own_exploitation import own_exploitation
from rules.questions.payroll import payroll
from rules.questions.personal_tax import personal_tax
from rules.questions.recordal_grounds import recordal_grounds
from rules.questions.stamp_tax import stamp_tax
from rules.questions.technology_contract import technology_contract
from rules.questions.value_added_tax import vat_exemption
from rules.remuneration import first_grant_bonus, remuneration
from schemas.questions.annual_fee import AnnualFeeInputs
from schemas.questions.event import EventInputs
from schemas.questions.inventor import FirstGrantBonusInputs, InventorInputs, OwnExploitationInputs
from schemas.questions.recordal import RecordalInputs
from schemas.questions.tax_relief import (
    IncomeTaxInputs,
    PayrollInputs,
    PersonalTaxInputs,
    StampTaxInputs,
    ValueAddedTaxInputs,
)
from schemas.questions.technology_contract import TechnologyContractInputs
from schemas.values.determination import Determination
from schemas.values.refusal import refuse


def inventor(inputs: InventorInputs, as_of: date) -> Determination:
    """What is due to each out of the receipts until ``as_of``; lines by party id (``rules/remuneration/``).

    ``unknown``: ``receipts`` where none arrived until then, and what ``remuneration.determine`` asks for. Refused:
    ``receipt_stands_twice``, ``receipt_not_stated``.
    """
    arrived = [one for one in inputs.receipts if one.received_on <= as_of]
    names = [one.receipt_id for one in arrived]
    for name in names:
        if names.count(name) > 1:
            raise refuse("receipt_stands_twice", "receipts", receipt=name)
    if inputs.receipt_id is not None:
        if inputs.receipt_id not in names:
            raise refuse("receipt_not_stated", "receipt_id", receipt=inputs.receipt_id, on=as_of)
        return remuneration.determine(inputs.unit, arrived, inputs.receipt_id)
    if not arrived:
        return answered(Law(as_of), "inventor", inputs, as_of, unknown=["receipts"])
    return remuneration.pool(inputs.unit, arrived)


def bonus(inputs: FirstGrantBonusInputs, as_of: date) -> Determination:
    """The one-off bonus by the law of the day of grant; lines by party id (``rules/remuneration/``)."""
    return first_grant_bonus.determine(inputs.unit, inputs.patent_kind, inputs.granted_on)


RULES: Mapping[str, Rule] = {
    "annual_fee": Rule(AnnualFeeInputs, annual_fee),
    "contract": Rule(TechnologyContractInputs, technology_contract),
    "event": Rule(EventInputs, event_duties),
    "first_grant_bonus": Rule(FirstGrantBonusInputs, bonus),
    "income_tax": Rule(IncomeTaxInputs, income_tax_relief),
    "inventor": Rule(InventorInputs, inventor),
    "own_exploitation": Rule(OwnExploitationInputs, own_exploitation),
    "payroll": Rule(PayrollInputs, payroll),
    "personal_tax": Rule(PersonalTaxInputs, personal_tax),
    "recordal_ground": Rule(RecordalInputs, recordal_grounds),
    "stamp_tax": Rule(StampTaxInputs, stamp_tax),
    "value_added_tax": Rule(ValueAddedTaxInputs, vat_exemption),
    **OFFER_RULES,
}
