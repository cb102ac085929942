"""Patents and payments as the rule of the annual fee is asked with them."""

from datetime import date
from typing import Any

from schemas.questions.annual_fee import AnnualFeeInputs
from schemas.values.determination import Determination

UNIVERSITY = ({"kind": "public_institution"},)
COMPANY = ({"kind": "enterprise", "taxable_income": "90000000"},)
OPEN = {"effective_on": "2025-02-20", "recorded_on": "2025-03-01", "ends_on": "2030-12-31"}
DUE = date(2025, 5, 12)


def patent(**changes: Any) -> AnnualFeeInputs:
    """An invention of 2018-05-10 granted in its third year, asked for its eighth; a large company's, licensed."""
    return AnnualFeeInputs.model_validate(
        {
            "patent_kind": "invention",
            "filed_on": "2018-05-10",
            "granted_on": "2020-11-03",
            "year": 8,
            "owners": COMPANY,
            "licences": (OPEN,),
            **changes,
        }
    )


def unlicensed(**changes: Any) -> AnnualFeeInputs:
    return patent(licences=(), **changes)


def paid(*payments: tuple[str, str]) -> tuple[dict[str, str], ...]:
    return tuple({"paid_on": on, "amount": amount} for on, amount in payments)


def lines(made: Determination) -> dict[str, str]:
    return {line.name: str(line.amount) for line in made.result}
