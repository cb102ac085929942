"""A legal day is written as one, and never guessed from a number."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from schemas.values.model import Day

DAY: TypeAdapter[date] = TypeAdapter(Day)


def test_a_day_is_read_as_it_is_written() -> None:
    assert DAY.validate_python("2026-11-28") == DAY.validate_python(date(2026, 11, 28)) == date(2026, 11, 28)


@pytest.mark.parametrize(
    "given",
    [
        1795824000,
        1795824000.0,
        "1795824000",
        "1795824000000",
        True,
        "2026-11-28T00:00:00",
        "2026-11-28T00:00:00Z",
        "2026-11-28 ",
        "20261128",
        "2026-11-28\n",
        "２０２６-11-28",
    ],
)
def test_seconds_since_1970_and_instants_are_no_day(given: Any) -> None:
    with pytest.raises(ValidationError) as error:
        DAY.validate_python(given)
    assert [one["type"] for one in error.value.errors()] == ["not_a_day"]
