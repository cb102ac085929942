"""Asked with facts, by column, or shown before anybody claims: the same receipts give the same, called or not."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.whatif.run import run
from cli.whatif.table.table import ClaimTable
from rules.schemes.eligibility import window_of
from rules.schemes.provisional import CalledWindows, counted_under, given_by, is_of_receipts, year_of
from rules.schemes.yearly import entitlement, governing, payable_of
from schemas.schemes.clauses import Measure, Window
from schemas.schemes.inputs import CallWindow, Claimant, YearInputs
from schemas.schemes.scheme import Scheme
from schemas.values.money import Money
from schemas.values.refusal import Refused
from tests.cli.whatif.worlds import facts_of, rows, schemes

NOBODY = Claimant(claimant="nobody")
DAYS = ("2021-05-05", "2022-12-31", "2023-01-01", "2023-06-30", "2023-07-01", "2023-12-31")
_day = st.sampled_from([date.fromisoformat(one) for one in DAYS])
windows = st.tuples(_day, _day).map(lambda days: CallWindow(first_on=min(days), last_on=max(days)))


def called(scheme: Scheme) -> Scheme:
    """The same scheme, where the call sets the window."""
    (version,) = scheme.versions
    window: dict[str, Any] = {"decided_by": "received_on", "begins": version.window.begins, "span": "call"}
    return scheme.model_copy(
        update={"versions": (version.model_copy(update={"window": Window.model_validate(window)}),)}
    )


def shown_before(scheme: Scheme, facts: YearInputs, year: int, windows: CalledWindows, on: date) -> Money | None:
    """What the receipts would bring before anybody claims; None where something but receipts decides, or is assumed."""
    counted = [
        one
        for item in facts.items
        for one in counted_under({scheme.id: scheme}, facts.claimant or NOBODY, item, windows)
        if one.year == year
    ]
    if any(one.assumed for one in counted):
        return None
    window = windows.get(scheme.id, {}).get(year)
    return given_by(
        year_of(scheme, year, sum(one.base_fen for one in counted), [one.item for one in counted], on, window)
    )


def compared(scheme: Scheme, facts: ClaimTable, window: CallWindow | None) -> int:
    """Compares the three for every claimant and year of whom all is known; how many of them it were."""
    told = 0
    try:
        outcomes = [one for (one,) in run([scheme], facts, window=window).outcomes]
    except Refused:
        return told  # no row has a day
    for outcome in outcomes:
        assert outcome.made is not None
        known: CalledWindows = {scheme.id: {outcome.year: window}} if window is not None else {}
        for claimant, by_column in zip(outcome.made.claimants, outcome.made.payable, strict=True):
            try:
                stated = outcome.made.facts_of(facts, int(claimant))
                alone = entitlement(scheme, stated, date(2026, 12, 31))
            except Refused:
                continue
            amount = payable_of(alone)
            if amount is None:
                continue
            assert amount.fen == by_column
            if window is not None:
                without_year = stated.but(year=None)
                assert governing(scheme, without_year, date(2030, 1, 1)) == (scheme.versions[0], outcome.year)
            try:
                before = shown_before(scheme, stated, outcome.year, known, date(2026, 12, 31))
            except Refused:
                continue
            if before is not None and _receipts_decide(scheme, stated, outcome.year, window):
                assert before == amount
                told += 1
    return told


def _receipts_decide(scheme: Scheme, stated: YearInputs, year: int, window: CallWindow | None) -> bool:
    """Whether the receipts of the year alone decide: nothing of other schemes, of the claimant, or of years before."""
    (version,) = scheme.versions
    days = window_of(version.window, year, window)
    assert days is not None
    before = any(one.received_on is None or one.received_on < days[0] for one in stated.items)
    of_the_year = version.base.measure != Measure.REGISTERED_RECEIPTS or not before
    return version.stacking is None and is_of_receipts(version) and of_the_year


@pytest.mark.slow  # every example is calculated in three ways
@settings(max_examples=80, deadline=None)
@given(schemes(), rows(), st.one_of(st.none(), windows))
def test_asked_by_column_and_shown_before_a_claim_are_the_same(
    scheme: Scheme, found: list[dict[str, str | None]], window: CallWindow | None
) -> None:
    compared(called(scheme) if window is not None else scheme, facts_of(found), window)
