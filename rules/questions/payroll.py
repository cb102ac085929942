"""How a reward stands to the employer's payroll (工资总额): in the total, outside the cap and the next base.

Law on Promoting Transformation art. 45(3) for State enterprises and public institutions; Renshebufa 2021 no. 14 for the
social insurance of public institutions.
"""

from collections.abc import Mapping
from datetime import date

from rules.law.answered import answered
from rules.law.law import Law
from schemas.questions.tax_relief import PayrollInputs
from schemas.values.determination import Answer3, Determination

RULE = "payroll"

_TOTAL, _INSURANCE = "national.payroll_wage_total", "national.payroll_social_insurance"
_QUESTIONS = ("counts_in_wage_total", "within_wage_cap", "in_next_base")
_IN_INSURANCE_BASE = "in_social_insurance_base"


def payroll(inputs: PayrollInputs, as_of: date) -> Determination:
    """Answers, each yes, no or unknown: ``counts_in_wage_total``, ``within_wage_cap``, ``in_next_base``,
    ``in_social_insurance_base``. A reward that is none of a transformation is ordinary pay: yes to all.

    ``unknown``: ``is_transformation_reward``; ``rule_of:<question>`` where no text seen answers it for this employer.
    """
    law = Law(as_of)
    if inputs.is_transformation_reward is Answer3.NO:
        law.step("payroll", "no reward of a transformation: ordinary pay", Answer3.YES)
        return answered(law, RULE, inputs, as_of, answers=dict.fromkeys((*_QUESTIONS, _IN_INSURANCE_BASE), "yes"))
    found = _treatment(inputs, law)
    unknown = [f"rule_of:{question}" for question, answer in found.items() if answer == Answer3.UNKNOWN]
    if inputs.is_transformation_reward is Answer3.UNKNOWN:
        return answered(
            law, RULE, inputs, as_of, answers=dict.fromkeys(found, "unknown"), unknown=["is_transformation_reward"]
        )
    return answered(law, RULE, inputs, as_of, answers=found, unknown=unknown)


def _treatment(inputs: PayrollInputs, law: Law) -> Mapping[str, str]:
    found = dict.fromkeys((*_QUESTIONS, _IN_INSURANCE_BASE), str(Answer3.UNKNOWN))
    if inputs.employer == "other":
        return found
    if law.holds(_TOTAL):
        for question in _QUESTIONS:
            found[question] = str(law.value(_TOTAL, inputs.employer, question))
        law.step("wage total", inputs.employer, "in the total, outside cap and base", law.cite(_TOTAL).provision)
    if inputs.employer == "public_institution" and law.holds(_INSURANCE):
        found[_IN_INSURANCE_BASE] = str(law.value(_INSURANCE, inputs.employer))
        law.step("social insurance", inputs.employer, found[_IN_INSURANCE_BASE], law.cite(_INSURANCE).provision)
    return found
