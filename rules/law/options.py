"""The questions that law leaves to a person, as named options: each has a default, its choices, and a decision page.

The default is the parameter ``national.option_<question>``, so that a changed decision has a day, and a determination
that rests on it lists it among the values it read.
"""

from collections.abc import Mapping

from rules.law.law import Law
from rules.law.loader import ParameterFault
from schemas.values.refusal import refusal

CHOICES: Mapping[str, tuple[str, ...]] = {
    "zero_fee_declaration": ("accepted",),
    "announced_deferral_recordal": ("accepted",),
    "fee_reduction_test_day": ("due_day", "payment_day"),
    "fee_reduction_paid_late": ("reduced_fee_stays", "full_fee"),
    "fee_reduction_several_licences": ("at_least_one", "all"),
    "licence_as_taking_transfer": ("by_registered_class",),
    "rounding_of_public_money": ("truncate_after_caps",),
    "partial_invalidation": ("review",),
    "contract_regime_day": ("application_day", "effective_day"),
    "legitimate_reason": ("office_decides",),
}
"""What the engine can do for each question; another answer needs code, and its decision page says where."""


VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "licence_as_taking_transfer": {"by_registered_class": ("transfer",)}
}
"""What a choice means where it names values: the registered classes that count as taking transfer."""


def values_of(law: Law, question: str) -> tuple[str, ...]:
    """The values that the choice in force on the day of ``law`` names; raises ParameterFault where it names none."""
    if question not in VALUES:
        no = refusal("option_without_values", "option", question=question, known=", ".join(VALUES))
        raise ParameterFault(f"{question} names no values; choose one of {', '.join(VALUES)}", no)
    return VALUES[question][option(law, question)]


def option(law: Law, question: str) -> str:
    """The choice in force on the day of ``law``; raises ParameterFault for one that the engine does not know."""
    name = f"national.option_{question}"
    choice = str(law.value(name))
    if choice not in CHOICES[question]:
        raise ParameterFault(f"{name} is {choice}; choose one of {', '.join(CHOICES[question])}")
    return choice
