"""Whether income from a technology contract is exempt from value-added tax (增值税); by the law of its day (L-19)."""

from datetime import date

from rules.law.answered import answered
from rules.law.answers import all_of
from rules.law.law import Law
from schemas.questions.tax_relief import ValueAddedTaxInputs
from schemas.values.determination import Answer3, Determination

RULE = "value_added_tax"

_CONDITIONS = "national.vat_exemption_conditions"


def vat_exemption(inputs: ValueAddedTaxInputs, as_of: date) -> Determination:
    """Answers: ``exempt`` (yes, no, unknown), each condition, and ``exemption_known`` for the day of the income.

    ``unknown``: the conditions that nobody stated; ``law_of:<day>`` where no exemption of that day is known here, since
    that is not the same as knowing that there is none.
    """
    law = Law(inputs.income_on)
    if not law.holds(_CONDITIONS):
        answers = {"exemption_known": "no", "exempt": "unknown"}
        return answered(law, RULE, inputs, as_of, answers=answers, unknown=[f"law_of:{inputs.income_on}"])
    conditions: dict[str, Answer3] = {name: getattr(inputs, name) for name in law.words(_CONDITIONS)}
    exempt = all_of(conditions.values())
    law.step(
        "exempt from value-added tax",
        ", ".join(f"{name}: {one}" for name, one in conditions.items()),
        exempt,
        law.cite(_CONDITIONS).provision,
    )
    return answered(
        law,
        RULE,
        inputs,
        as_of,
        answers={"exemption_known": "yes", "exempt": str(exempt), **{k: str(v) for k, v in conditions.items()}},
        unknown=[name for name, one in conditions.items() if one is exempt is Answer3.UNKNOWN],
    )
