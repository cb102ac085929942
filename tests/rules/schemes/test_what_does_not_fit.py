"""What does not fit together in a scheme is refused when its file is read, with what to do."""

from typing import Any

import pytest

from rules.law.loader import ParameterFault
from tests.rules.schemes.scheme_files import scheme
from tests.rules.schemes.test_amounts_within_amounts import SUM
from tests.rules.schemes.test_numbers_beside_amounts import CRITERIA


@pytest.mark.parametrize(
    ("elements", "why"),
    [
        (
            {"amount": {"steps": [{"at_least": "1", "amount": "1", "further": {"rate": "0.1", "amount": "1"}}]}},
            "further",
        ),
        ({"amount": {"steps": [{"at_least": "1", "amount": "1", "further": {"each_full": "1"}}]}}, "further"),
        (
            {"amount": {"steps": [{"at_least": "1", "amount": "1", "further": {"each_full_count": 2, "amount": "1"}}]}},
            "steps of a count",
        ),
        ({"amount": {"rate": "0.1", "sum": SUM["sum"]}}, "in its part"),
        ({"amount": {"per": "patent", "sum": SUM["sum"]}}, "in its parts"),
        ({"amount": {"sum": [{"each": "1"}, {"rate": "0.1"}]}}, "each and steps of a count"),
        ({"thresholds": [{"per": "year", "count_at_least": 2}]}, "with count_of"),
        ({"thresholds": [{"per": "year", "count_of": "contract", "at_least": "2"}]}, "say how many"),
        ({"thresholds": [{"per": "patent", "measure": "paid", "at_least": "2"}]}, "not per patent"),
        ({"criteria": [{"met": 3, "thresholds": CRITERIA["thresholds"]}]}, "3 of 2"),
        ({"criteria": [{"met": 1, "claimant": CRITERIA["claimant"]}]}, "1 of 1"),
        ({"caps": [{"per": "year"}]}, "has an amount"),
        (
            {"caps": [{"per": "year", "amount": "1", "by": "patent_kind", "cases": {"design": {"amount": "1"}}}]},
            "with by",
        ),
        (
            {
                "base": {"measure": "registered_receipts"},
                "thresholds": [{"per": "year", "measure": "paid", "at_least": "1"}],
            },
            "stands without them",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(elements: dict[str, Any], why: str) -> None:
    with pytest.raises(ParameterFault, match=why):
        scheme(**elements)
