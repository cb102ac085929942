"""How long a right lasts; its end is never moved for rest days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.law.patent_life import last_day
from schemas.values.patent_number import PatentKind

KINDS = st.sampled_from(PatentKind)


@pytest.mark.parametrize(
    ("kind", "filed_on", "ends_on"),
    [
        (PatentKind.UTILITY_MODEL, date(1999, 9, 6), date(2009, 9, 5)),  # the example of the Guidelines, a Saturday
        (PatentKind.INVENTION, date(2018, 5, 10), date(2038, 5, 9)),
        (PatentKind.DESIGN, date(2021, 5, 31), date(2031, 5, 30)),
        (PatentKind.DESIGN, date(2021, 6, 1), date(2036, 5, 31)),
        (PatentKind.UTILITY_MODEL, date(2021, 6, 1), date(2031, 5, 31)),
        (PatentKind.INVENTION, date(2004, 2, 29), date(2024, 2, 28)),
        (PatentKind.UTILITY_MODEL, date(2004, 2, 29), date(2014, 2, 27)),
        (PatentKind.INVENTION, date(2020, 1, 1), date(2039, 12, 31)),
    ],
)
def test_a_right_ends_on_the_day_before_its_corresponding_day(kind: PatentKind, filed_on: date, ends_on: date) -> None:
    assert last_day(kind, filed_on) == ends_on


@given(kind=KINDS, filed_on=st.dates(date(1985, 4, 1), date(2150, 1, 1)))
def test_a_later_filing_never_ends_earlier(kind: PatentKind, filed_on: date) -> None:
    assert last_day(kind, filed_on) <= last_day(kind, filed_on + timedelta(days=1))


@given(filed_on=st.dates(date(1993, 1, 1), date(2150, 1, 1)), days=st.integers(0, 1_827))
def test_compensation_is_added_to_the_last_day(filed_on: date, days: int) -> None:
    term = last_day(PatentKind.INVENTION, filed_on)
    assert last_day(PatentKind.INVENTION, filed_on, days) - term == timedelta(days=days)


@pytest.mark.parametrize(("kind", "days"), [(PatentKind.DESIGN, 1), (PatentKind.INVENTION, -1)])
def test_only_an_invention_is_compensated_and_only_forward(kind: PatentKind, days: int) -> None:
    with pytest.raises(ValueError, match="cannot be compensated"):
        last_day(kind, date(2020, 1, 1), days)
