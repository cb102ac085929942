"""What is wrong with a form is told completely, in both languages, where the sender wrote it."""

import ast
import json
from pathlib import Path
from typing import Any, Self, get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import model_validator
from pydantic_core import PydanticCustomError, core_schema

from runtime.settings import ROOT
from schemas.acts.act import CorrectFact
from schemas.acts.declaration import Submit
from schemas.acts.licence import Pay
from schemas.statements.royalty import Instalments, LumpSum
from schemas.values.model import Model
from schemas.values.refusal import Refusal, Refused
from schemas.wire.form import MOST_TOLD, code_of, filled
from tests.parsing import parsed
from texts.words import refusal_rows, refusal_text

SOMEBODY = {"role": "licensor", "party_id": str(UUID(int=1))}
OFFER: dict[str, Any] = {
    "patent_number": "201910065946.9",
    "title": "A",
    "patentees": [{"party_id": str(UUID(int=1))}],
    "filed_on": "2019-01-24",
    "granted_on": "2020-05-05",
    "royalty": {"form": "lump_sum", "amount": "100.00"},
    "term": {"form": "years_from_effect", "years": 5},
    "contact": str(UUID(int=1)),
    "commitments": True,
    "fee_explanation": "B",
}
ACT = {"act_id": str(UUID(int=2)), "filing_id": str(UUID(int=3)), "by": SOMEBODY, "on": "2026-11-20"}
NOT_OF_A_FORM = {"parameter.py", "due.py"}
"""Models of our own data, which nobody fills in."""


def refused(model: type[Model], form: Any) -> list[Refusal]:
    with pytest.raises(Refused) as error:
        filled(model, form)
    return list(error.value.refusals)


def submitted(**changes: Any) -> list[Refusal]:
    return refused(Submit, {**ACT, "offer": {**OFFER, **changes}})


def test_a_whole_form_is_taken() -> None:
    assert filled(Submit, {**ACT, "offer": OFFER}).offer.patent_number == "201910065946.9"


def test_every_defect_is_told_at_once() -> None:
    found = submitted(patent_number="201910065946.8", granted_on="2020-13-05", favourite_colour="red")
    assert [(one.code, one.where) for one in found] == [
        ("number_check_failed", "offer.patent_number"),
        ("not_a_day", "offer.granted_on"),
        ("field_unknown", "offer.favourite_colour"),
    ]


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"patent_number": "ZL 2019 1 0065946"}, "number_malformed", "offer.patent_number"),
        ({"patent_number": "201970065946.9"}, "number_kind_unknown", "offer.patent_number"),
        ({"royalty": {"form": "lump_sum", "amount": "-1"}}, "no_money", "offer.royalty.amount"),
        ({"royalty": {"form": "lump_sum", "amount": 12.5}}, "not_money", "offer.royalty.amount"),
        ({"royalty": {"form": "lump_sum", "amount": "1.005"}}, "not_money", "offer.royalty.amount"),
        ({"royalty": {"form": "barter"}}, "not_a_choice", "offer.royalty.form"),
        ({"royalty": {"amount": "1"}}, "field_missing", "offer.royalty.form"),
        ({"royalty": {"form": "running", "base": "units"}}, "running_scale", "offer.royalty"),
        (
            {"royalty": {"form": "running", "base": "profit", "rates": [{"from_year": 1, "percent": 3.5}]}},
            "float_rate",
            "offer.royalty.rates.0.percent",
        ),
        (
            {"royalty": {"form": "entry_plus_running", "entry": "5", "running": {"base": "profit", "rates": []}}},
            "running_scale",
            "offer.royalty.running",
        ),
        ({"title": "  "}, "empty_text", "offer.title"),
        ({"title": "x" * 201}, "too_long", "offer.title"),
        ({"title": "a\x00b"}, "nul_character", "offer.title"),
        ({"filed_on": "1970-01-01"}, "impossible_day", "offer.filed_on"),
        ({"granted_on": "2018-01-01"}, "granted_before_filed", "offer"),
        ({"contact": "Zhang"}, "not_an_id", "offer.contact"),
        ({"commitments": "perhaps"}, "wrong_type", "offer.commitments"),
        ({"attachments": ["nothing"]}, "not_a_hash", "offer.attachments.0"),
        ({"term": {"form": "years_from_effect", "years": 21}}, "out_of_range", "offer.term.years"),
        ({"term": None}, "wrong_type", "offer.term"),
    ],
)
def test_a_defect_has_its_code_and_the_place_the_sender_wrote(changes: Any, code: str, where: str) -> None:
    assert [(one.code, one.where) for one in submitted(**changes)] == [(code, where)]


def test_a_missing_field_is_named() -> None:
    assert [(one.code, one.where) for one in refused(Pay, ACT)] == [
        ("field_missing", "amount"),
        ("field_missing", "voucher"),
    ]


def test_a_refusal_says_what_was_written_and_what_is_possible() -> None:
    (found,) = refused(Submit, {**ACT, "by": {**SOMEBODY, "role": "king"}, "offer": OFFER})
    told = refusal_text(found)
    assert "king" in told.en
    assert "king" in told.zh
    assert told.remedy_en.startswith("choose one of: "), "no word of the library joins them"
    assert "licensor, " in told.remedy_en


@pytest.mark.parametrize("amount", ["1e5", "10,00", 12.5])
def test_a_refusal_of_money_shows_what_was_written(amount: Any) -> None:
    with pytest.raises(Refused) as error:
        filled(LumpSum, {"form": "lump_sum", "amount": amount})
    told = refusal_text(error.value.refusals[0])
    assert str(amount) in told.zh
    assert str(amount) in told.en


class _EitherOr(Model):
    one: str | None = None
    other: str | None = None

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if self.one is self.other:
            raise PydanticCustomError("field_missing", "state one or the other", {"hint_zh": "", "hint_en": ""})
        return self


def test_what_is_missing_of_two_fields_is_told_of_the_whole() -> None:
    with pytest.raises(Refused) as error:
        filled(_EitherOr, {})
    assert [(one.code, one.where) for one in error.value.refusals] == [("field_missing", "")]
    assert refusal_text(error.value.refusals[0]).zh


def test_a_list_of_invalid_parts_is_not_told_to_be_too_short() -> None:
    with pytest.raises(Refused) as error:
        filled(Instalments, {"form": "instalments", "instalments": [{"after_months": 0, "amount": "1"}, {}]})
    assert {one.code for one in error.value.refusals} == {"field_missing"}


@pytest.mark.parametrize(
    "replacement",
    [
        {"rate": 1.5},
        {"title": "\ud800"},
        {"title": "a\0"},
        {"标题": "a"},
        {"offer": [[[{"a": float("inf")}]]]},
        json.loads('{"a": ' * 300 + "1" + "}" * 300),
        {"a": json.loads("[" * 900 + "]" * 900)},
    ],
)
def test_a_correction_that_the_log_could_not_keep_is_refused(replacement: Any) -> None:
    one = str(UUID(int=1))
    act = {
        "act_id": one,
        "filing_id": one,
        "by": {"role": "operator", "party_id": one},
        "on": "2026-11-28",
        "corrects": one,
        "reason": "a" * 64,
    }
    kept = {"title": "甲", "n": 3, "offer": {"commitments": True}}
    assert filled(CorrectFact, {**act, "replacement": kept}).replacement == kept
    with pytest.raises(Refused) as error:
        filled(CorrectFact, {**act, "replacement": replacement})
    assert [(one.code, one.where) for one in error.value.refusals] == [("not_keepable", "replacement")]


def test_what_identifies_a_person_is_not_repeated() -> None:
    class Person(Model):
        private: dict[str, int]

    (found,) = refused(Person, {"private": {"identity_number": "110101199003070000X"}})
    assert "110101" not in found.model_dump_json()


def test_every_error_of_our_models_has_its_texts() -> None:
    raised = {
        code
        for folder in ("schemas", "database")
        for file in Path(ROOT, folder).rglob("*.py")
        if file.name not in NOT_OF_A_FORM
        for code in _codes(file)
    }
    assert raised
    assert sorted(raised - set(refusal_rows())) == []


@given(st.text(max_size=80))
def test_no_text_breaks_a_refusal(text: str) -> None:
    for one in submitted(patent_number=text, contact=text, filed_on=text):
        assert all(refusal_text(one))


def test_every_error_type_of_pydantic_is_a_refusal_of_ours() -> None:
    kinds = get_args(core_schema.ErrorType)
    assert "finite_number" in kinds
    assert sorted({code_of(kind) for kind in kinds} - set(refusal_rows())) == []
    assert code_of("finite_number") == "field_invalid"


def test_what_stands_beside_a_missing_or_unknown_field_is_not_repeated() -> None:
    class Person(Model):
        kind: str
        private: dict[str, str]

    found = refused(Person, {"private": {"name": "张三"}, "nmae": "张三"})
    assert {one.code for one in found} == {"field_missing", "field_unknown"}
    assert "张三" not in str(found)


def _codes(file: Path) -> list[str]:
    return [
        str(node.args[0].value)
        for node in ast.walk(parsed(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "PydanticCustomError"
        and isinstance(node.args[0], ast.Constant)
    ]


@pytest.mark.parametrize(
    ("changes", "where", "nearest"),
    [
        ({"royality": 1}, "offer.royality", "royalty"),
        (
            {"royalty": {"form": "lump_sum", "amount": "1", "pay_in_days": 3}},
            "offer.royalty.pay_in_days",
            "pay_within_days",
        ),
        ({"patentees": [{"party_id": str(UUID(int=1)), "domicil": "x"}]}, "offer.patentees.0.domicil", "domicile"),
        ({"Granted-On": "x"}, "offer.Granted-On", "granted_on"),
    ],
)
def test_a_field_that_nobody_knows_is_told_with_the_nearest(changes: Any, where: str, nearest: str) -> None:
    (found,) = submitted(**changes)
    assert (found.code, found.where) == ("field_unknown", where)
    assert found.facts["nearest"].split(", ")[0] == nearest
    assert nearest in refusal_text(found).remedy_zh


def test_a_missing_field_is_told_with_the_name_it_was_written_under() -> None:
    found = submitted(royalty={"form": "lump_sum", "amout": "100.00"})
    assert [(one.code, one.where) for one in found] == [
        ("field_missing", "offer.royalty.amount"),
        ("field_unknown", "offer.royalty.amout"),
    ]
    assert "amout" in refusal_text(found[0]).remedy_en
    assert "amout" in refusal_text(found[0]).remedy_zh
    assert "100.00" not in str(found)


def test_a_form_that_is_wrong_throughout_tells_its_first_defects_and_how_many_there_are() -> None:
    found = submitted(**{f"x{n}": 1 for n in range(1000)})
    assert len(found) == MOST_TOLD + 1
    assert (found[-1].code, found[-1].facts["more"]) == ("more_defects", "900")
