"""The lines of a settlement's list are read back from its determination as they were written."""

import pytest

from schemas.standing.listed import LineKey, ListedLine
from schemas.values.money import Money

CODE = "91420100MA4K000001"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (ListedLine("entitled", CODE, Money(500)), f"entitled:{CODE}"),
        (ListedLine("reserved", CODE, Money(200)), f"reserved:{CODE}"),
        (ListedLine("settled", CODE, Money(300), "city"), f"settled:{CODE}:city"),
        (ListedLine("carried", CODE, Money(-100), "city"), f"carried:{CODE}:city"),
    ],
)
def test_a_line_keeps_its_claimant_its_payer_and_its_amount(line: ListedLine, name: str) -> None:
    assert line.result_line.name == name
    assert ListedLine.read(line.result_line) == line


def test_a_beneficiary_and_a_payer_are_one_text_in_acts_and_rows() -> None:
    assert LineKey.read(f"{CODE}:city") == LineKey(CODE, "city")
    assert str(LineKey(CODE, "city")) == f"{CODE}:city"
    assert str(LineKey.read("whatever the bank wrote")) == "whatever the bank wrote"
