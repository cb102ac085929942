"""All claimants at once give to the fen what each gives alone, whatever the scheme and the facts."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings

from cli.whatif.table.table import ClaimTable
from cli.whatif.years import STATUSES, Year, calculate, years_of
from rules.schemes.yearly import entitlement, payable_of
from schemas.schemes.scheme import Scheme
from schemas.values.determination import Determination
from schemas.values.refusal import Refused
from tests.cli.whatif.worlds import facts_of, rows, schemes


def _alone(scheme: Scheme, facts: ClaimTable, made: Year) -> Iterator[Determination | None]:
    """What the one-by-one engine says of each claimant of the year; None where it refuses the facts."""
    for claimant in made.claimants:
        try:
            yield entitlement(scheme, made.facts_of(facts, int(claimant)), date(made.year, 12, 31))
        except Refused:
            yield None


def _told(answer: Determination | None) -> tuple[str, int]:
    if answer is None:
        return "refused", 0
    if answer.answers["eligible"] == "no":
        return "not_eligible", 0
    amount = payable_of(answer)
    return ("unknown", 0) if amount is None else ("known", amount.fen)


def _asked(answer: Determination) -> list[str]:
    """What has to be asked, without which item it is asked of."""
    return [
        ".".join([one.split(".")[0], *one.split(".")[2:]]) if one.startswith("items.") else one
        for one in answer.unknown
    ]


@pytest.mark.slow  # every example is calculated once by column and once one by one
@settings(max_examples=150, deadline=None)
@given(schemes(), rows())
def test_by_column_is_one_by_one(scheme: Scheme, found: list[dict[str, str | None]]) -> None:
    facts = facts_of(found)
    for year in years_of(scheme.versions[0], facts):
        made = calculate(scheme, scheme.versions[0], facts, year)
        alone = list(_alone(scheme, facts, made))
        given_together = [(STATUSES[status], int(fen)) for status, fen in zip(made.status, made.payable, strict=True)]
        assert given_together == [_told(answer) for answer in alone]
        bound = Counter(
            what
            for answer in alone
            if answer is not None
            # In a sum the place of the part stands before it.
            for what in dict.fromkeys(" ".join(step.what.split(": ")[-1].split()[:3]) for step in answer.steps)
            if what.startswith(("cap per ", "floor per "))
        )
        assert {f"{clause} per {per}": times for (clause, per), times in made.binding.items() if times} == bound
        if None not in alone:
            assert made.asks == Counter(what for answer in alone if answer is not None for what in _asked(answer))
