"""Grounds on which a recordal is refused: one is enough, and one that nobody looked at leaves it open."""

from datetime import date
from typing import Any

import pytest

from rules.law.law import Law
from rules.law.loader import ParameterFault
from rules.questions.recordal_grounds import recordal_grounds
from schemas.questions.recordal import RecordalInputs
from schemas.values.determination import Determination

DAY = date(2026, 1, 5)
PAPER, OTHER_PAPER = "ab" * 32, "cd" * 32
LOOKED_AT = (
    "right_ended_or_invalidated",
    "licensor_not_entitled",
    "contract_incomplete",
    "co_owner_rule_breached",
    "annual_fee_in_grace",
    "procedures_suspended",
    "pledged_without_consent",
    "conflict_with_recorded_contract",
    "other",
)
CLEAN = {
    "patent_kind": "invention",
    "filed_on": "2018-05-10",
    "effective_on": "2025-02-20",
    "ends_on": "2038-05-09",
    "contract": PAPER,
    "recorded_contracts": (OTHER_PAPER,),
    **dict.fromkeys(LOOKED_AT, "no"),
}


def grounds(as_of: date = DAY, /, **changes: Any) -> Determination:
    return recordal_grounds(RecordalInputs.model_validate({**CLEAN, **changes}), as_of)


def test_without_a_ground_nothing_is_refused() -> None:
    made = grounds()
    assert made.answers["refused"] == "no"
    assert {made.answers[ground] for ground in Law(DAY).words("national.recordal_refusal_grounds")} == {"no"}


@pytest.mark.parametrize(
    ("change", "ground"),
    [
        *(({ground: "yes"}, ground) for ground in LOOKED_AT),
        ({"ends_on": "2038-05-10"}, "term_beyond_patent"),
        ({"recorded_contracts": (PAPER,)}, "same_contract_twice"),
    ],
)
def test_each_ground_alone_refuses(change: dict[str, Any], ground: str) -> None:
    made = grounds(**change)
    assert (made.answers[ground], made.answers["refused"], made.unknown) == ("yes", "yes", ())


@pytest.mark.parametrize(
    ("change", "ground"),
    [
        *(({ground: "unknown"}, ground) for ground in LOOKED_AT),
        ({"ends_on": None}, "term_beyond_patent"),
        ({"recorded_contracts": None}, "same_contract_twice"),
    ],
)
def test_a_ground_that_nobody_looked_at_leaves_it_open(change: dict[str, Any], ground: str) -> None:
    made = grounds(**change)
    assert (made.answers["refused"], made.unknown) == ("unknown", (ground,))
    assert grounds(**change, **{"other" if ground != "other" else "annual_fee_in_grace": "yes"}).unknown == ()


def test_compensated_days_belong_to_the_term() -> None:
    assert grounds(ends_on="2038-05-10", compensation_days=1).answers["term_beyond_patent"] == "no"


def test_the_measures_of_2011_are_asked_for_no_earlier_day() -> None:
    with pytest.raises(ParameterFault, match="no value on 2011-07-31"):
        grounds(date(2011, 7, 31))
