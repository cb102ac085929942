"""What each party of a technology contract owes of stamp tax (印花税); by the law of the day of the contract.

A licence of a patent is taken for a technology contract. Were it taken for a transfer of the patent right, which the
table takes out of that item, the rate would be the same.
"""

from datetime import date
from fractions import Fraction

from rules.law.answered import answered
from rules.law.law import Law
from rules.law.shares import half_up
from schemas.questions.tax_relief import StampTaxInputs
from schemas.values.determination import Answer3, Determination, ResultLine

RULE = "stamp_tax"

_RATE, _SMALL = "national.stamp_tax_rate", "national.stamp_tax_small_share"
_TEN_THOUSAND = 10_000


def stamp_tax(inputs: StampTaxInputs, as_of: date) -> Determination:
    """The line ``each_party`` in yuan: both parties owe the tax, each on the whole amount that the contract states.

    ``unknown``: ``amount``; ``small`` while half of it may be owed; ``law_of:<day>`` where no rate of that day is known
    here. The law has no rule of rounding: half up to the fen.
    """
    law = Law(inputs.contract_on)
    if not law.holds(_RATE):
        return answered(law, RULE, inputs, as_of, unknown=[f"law_of:{inputs.contract_on}"])
    may_be_half = law.holds(_SMALL)
    unknown = ["amount"] if inputs.amount is None else []
    unknown += ["small"] if may_be_half and inputs.small is Answer3.UNKNOWN else []
    answers = {"may_be_half": str(Answer3.YES if may_be_half else Answer3.NO)}
    if inputs.amount is None or unknown:
        return answered(law, RULE, inputs, as_of, answers=answers, unknown=unknown)
    rate = law.whole(_RATE)
    tax = half_up(Fraction(rate * inputs.amount.fen, _TEN_THOUSAND))
    law.step("stamp tax", f"{rate} / {_TEN_THOUSAND} x {inputs.amount}", tax, law.cite(_RATE).provision)
    if may_be_half and inputs.small is Answer3.YES:
        share = law.number(_SMALL)
        tax = half_up(Fraction(rate * inputs.amount.fen, _TEN_THOUSAND) * Fraction(share))
        law.step("stamp tax of a small taxpayer", f"{share} of it", tax, law.cite(_SMALL).provision)
    return answered(law, RULE, inputs, as_of, result=[ResultLine(name="each_party", amount=tax)], answers=answers)
