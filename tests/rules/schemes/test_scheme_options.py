"""A scheme that rests on an open question of law has no answer of its own: it reads the option's."""

from datetime import date

import pytest

from rules.law import options
from rules.law.loader import PARAMETERS, ParameterFault
from rules.schemes.cases import recompute, run_scheme_case
from rules.schemes.catalogue import load_schemes, read_scheme
from schemas.schemes.conditions import OF_OPTION
from schemas.schemes.vocabularies import ITEM_FACTS
from schemas.values.determination import Determination
from schemas.values.refusal import Refused
from tests.rules.schemes.scheme_files import lines, scheme

BUYERS = "WH-2022-BUYER-10PCT"
FILE = PARAMETERS / "cn" / "hubei" / "wuhan" / "schemes" / "wh_2022_buyer_10pct.yaml"


def bought(registered_class: str) -> Determination:
    """A million, paid on a contract registered in this class, under the buyers' scheme as its file is read now."""
    item = {
        "item_id": "1",
        "paid_on": "2025-05-05",
        "technology_transaction_amount": "1000000",
        "registered": "yes",
        "registered_class": registered_class,
        "counterparty_kind": "university",
        "counterparty_region": "hubei.wuhan",
    }
    return run_scheme_case(load_schemes(PARAMETERS)[BUYERS], {"year": 2025, "items": [item]}, date(2025, 12, 31))


def test_the_buyers_scheme_counts_the_classes_that_the_option_names(monkeypatch: pytest.MonkeyPatch) -> None:
    classes = ("transfer", "licence", "commissioned_development")
    assert [lines(bought(one))["payable"] for one in classes] == ["100000.00", "0.00", "100000.00"]
    made = bought("transfer")
    assert "national.option_licence_as_taking_transfer" in [read.name for read in made.reads]
    assert recompute(made) == made
    values = {"by_registered_class": ("licence",)}
    monkeypatch.setattr(options, "VALUES", {"licence_as_taking_transfer": values})
    assert [lines(bought(one))["payable"] for one in classes] == ["0.00", "100000.00", "100000.00"]
    assert lines(recompute(made)) == lines(made)  # what was determined stays as it was


def test_an_option_that_names_no_values_is_a_defect_of_the_file() -> None:
    condition = {"fact": "registered_class", "one_of": ["transfer"], "option": "legitimate_reason"}
    with pytest.raises(ParameterFault, match=r"items\.0\.option"):
        scheme(items=[condition])
    text = FILE.read_text(encoding="utf-8").replace("option: licence_as_taking_transfer", "option: legitimate_reason")
    with pytest.raises(Refused, match="not_a_choice"):
        read_scheme(text, "x.yaml")


def test_every_option_of_a_condition_adds_values_that_its_fact_can_have() -> None:
    assert set(OF_OPTION) == set(options.VALUES)
    for question, fact in OF_OPTION.items():
        for values in options.VALUES[question].values():
            assert all(ITEM_FACTS[fact].takes(one) for one in values)
    with pytest.raises(ParameterFault, match="stands with the fact registered_class"):
        scheme(items=[{"fact": "patent_kind", "one_of": ["design"], "option": "licence_as_taking_transfer"}])


def test_an_option_adds_to_a_list_of_values_and_to_nothing_else() -> None:
    condition = {"fact": "registered_class", "none_of": ["licence"], "option": "licence_as_taking_transfer"}
    with pytest.raises(ParameterFault, match="one_of"):
        scheme(items=[condition])
