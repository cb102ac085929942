"""A scheme that begins in the middle of a year: its first year is short, and has the limits of a whole one."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.law.loader import ParameterFault
from rules.schemes.provisional import counted_under
from rules.schemes.trace import scheme_hash
from schemas.schemes.inputs import Claimant, SchemeItem
from schemas.schemes.scheme import Scheme
from schemas.values.refusal import Refused
from tests.rules.schemes.scheme_files import item, made, payable, scheme, scheme_of, version

JULY = date(2024, 7, 1)
STARTS = {"decided_by": "received_on", "starts_on": JULY}


def begun(**elements: Any) -> Scheme:
    return scheme(**{"from": JULY, "window": STARTS, **elements})


def received(yuan: str, on: str) -> dict[str, Any]:
    return item(on, yuan, received_on=on)


def test_what_came_before_the_first_day_does_not_count() -> None:
    facts = [received("1000", "2024-06-30"), received("2000", "2024-07-01"), received("4000", "2024-12-31")]
    assert payable(begun(), *facts, year=2024) == "300.00"  # (2,000 + 4,000) x 5 %
    assert payable(begun(), *facts, as_of=date(2024, 3, 1)) == "300.00"
    assert payable(begun(), received("8000", "2025-01-01"), *facts, year=2025) == "400.00"


def test_the_short_year_has_the_threshold_and_the_cap_of_a_whole_one() -> None:
    of = begun(thresholds=[{"per": "year", "at_least": "1000"}], caps=[{"per": "year", "amount": "100"}])
    assert payable(of, received("999.99", "2024-08-01"), year=2024) == "0.00"
    assert payable(of, received("1000", "2024-08-01"), year=2024) == "50.00"
    assert payable(of, received("9000", "2024-08-01"), year=2024) == "100.00"


def test_without_a_first_day_the_first_year_is_the_first_whole_one() -> None:
    whole = scheme(**{"from": JULY})
    with pytest.raises(Refused, match="scheme_says_nothing"):
        made(whole, received("2000", "2024-07-01"), year=2024)
    with pytest.raises(Refused, match="scheme_says_nothing"):
        made(begun(), received("2000", "2023-07-01"), year=2023)


def test_a_text_may_count_what_came_a_while_before_it() -> None:
    of = begun(window={**STARTS, "starts_on": date(2024, 3, 1)})
    assert payable(of, received("1000", "2024-02-29"), received("2000", "2024-03-01"), year=2024) == "100.00"


def test_a_year_that_begins_in_october_can_begin_late_as_well() -> None:
    of = begun(window={**STARTS, "begins": "10-01"})
    facts = [received("1000", "2024-06-30"), received("2000", "2024-07-01"), received("4000", "2024-10-01")]
    assert payable(of, *facts, year=2023) == "100.00"
    assert payable(of, *facts, year=2024) == "200.00"


@pytest.mark.parametrize(
    ("elements", "why"),
    [
        ({"window": {**STARTS, "starts_on": date(2023, 12, 31)}}, "another year than from"),
        ({"window": {**STARTS, "starts_on": date(2025, 1, 1)}}, "another year than from"),
        ({"window": {**STARTS, "span": "call"}}, "the call sets the first day"),
    ],
)
def test_a_first_day_that_says_nothing_is_refused(elements: dict[str, Any], why: str) -> None:
    with pytest.raises(ParameterFault, match=why):
        begun(**elements)


def test_a_year_has_one_version() -> None:
    early = version(**{"from": date(2021, 1, 1)}, until=date(2024, 6, 30))
    with pytest.raises(ParameterFault, match="governs the whole year"):
        scheme_of(early, version(**{"from": JULY}, window=STARTS))
    # What began in the same year, and governs no whole one, leaves it free.
    spring = version(**{"from": date(2024, 3, 1)}, until=date(2024, 6, 30), amount={"rate": "1"})
    assert payable(
        scheme_of(spring, version(**{"from": JULY}, window=STARTS)), received("100", "2024-07-01"), year=2024
    ) == ("5.00")


def test_a_receipt_before_the_first_day_adds_nothing_provisionally() -> None:
    of, who = begun(), Claimant(claimant="u")
    late, early = (
        SchemeItem.model_validate(received("2000", day) | {"related": "no"}) for day in ("2024-07-01", "2024-06-30")
    )
    [one] = counted_under({"T": of}, who, late, {})
    assert (one.year, one.base_fen) == (2024, 200_000)
    assert list(counted_under({"T": of}, who, early, {})) == []


@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.dates(date(2023, 1, 1), date(2025, 12, 31)))
def test_a_day_counts_in_one_year_at_most_and_from_the_first_day_on_in_its_own(first: date, day: date) -> None:
    of = scheme(**{"from": first}, window={**STARTS, "starts_on": first}, amount={"rate": "1"})
    facts = item("one", "1", received_on=day.isoformat())
    given_in = {year: payable(of, facts, year=year) for year in (2023, 2024, 2025) if of.of_year(year) is not None}
    assert [year for year, yuan in given_in.items() if yuan == "1.00"] == ([day.year] if day >= first else [])


def test_a_scheme_without_a_first_day_keeps_its_hash() -> None:
    assert "starts_on" not in scheme().model_dump_json()
    assert scheme_hash(scheme()) != scheme_hash(scheme(window={**STARTS, "starts_on": date(2021, 2, 1)}))
