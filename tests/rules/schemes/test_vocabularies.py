"""A scheme asks for facts that somebody can state, and for values that those facts can have; else it is refused."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules.law.loader import ParameterFault
from rules.schemes.cases import run_scheme_case
from rules.schemes.catalogue import bundled_schemes, load_schemes, read_scheme
from rules.schemes.eligibility import satisfying
from schemas.schemes.conditions import ItemCondition
from schemas.schemes.inputs import Claimant, SchemeItem
from schemas.schemes.vocabularies import CLAIMANT_FACTS, ITEM_FACTS
from schemas.values.money import STORED
from schemas.values.refusal import Refusal, Refused, nearest
from tests.rules.schemes.scheme_files import LAST_DAY, item, lines, made, payable, scheme
from tests.rules.schemes.test_scheme_files import GOOD

CONDITION = "{fact: contract_kind, one_of: [licence]}"


def refused_by(condition: str = CONDITION, amount: str = '{rate: "0.05"}') -> Refusal:
    text = GOOD.replace(CONDITION, condition).replace('{rate: "0.05"}', amount)
    with pytest.raises(Refused) as refused:
        read_scheme(text, "x.yaml")
    (found,) = refused.value.refusals
    return found


@pytest.mark.parametrize(
    ("condition", "code", "first"),
    [
        ("{fact: patent_kind, one_of: [inventon]}", "not_a_choice", "invention"),
        ("{fact: patent_kind, none_of: [designs]}", "not_a_choice", "design"),
        ("{fact: contract_kind, one_of: [licence, license]}", "not_a_choice", "licence"),
        ("{fact: registered_class, one_of: [Transfer]}", "not_a_choice", "transfer"),
        ("{fact: counterparty_kind, one_of: [universty]}", "not_a_choice", "university"),
        ('{fact: registered, one_of: ["Yes"]}', "not_a_choice", "yes"),
        ("{fact: related_decision, one_of: [pay]}", "not_a_choice", "pays"),
        ("{fact: contract_knd, one_of: [licence]}", "fact_unknown", "contract_kind"),
        ("{fact: counterparty_regoin, within: hubei}", "fact_unknown", "counterparty_region"),
    ],
)
def test_the_word_that_was_probably_meant_is_named_first(condition: str, code: str, first: str) -> None:
    found = refused_by(condition)
    assert (found.code, found.facts["choices"].split(", ")[0]) == (code, first)
    assert found.where.startswith("x.yaml: versions.0.items.0")


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("{fact: received, one_of: ['100.00']}", "fact_unknown"),
        ("{fact: received_on, one_of: ['2025-01-01']}", "fact_unknown"),
        ("{fact: held, one_of: ['true']}", "fact_unknown"),
        ("{fact: other, one_of: [a]}", "fact_unknown"),
        ("{fact: other.contract_kind, one_of: [licence]}", "fact_is_common"),
        ("{fact: contract_kind, one_of: [unknown]}", "unknown_is_no_kind"),
        ("{fact: event, none_of: [unknown]}", "unknown_is_no_kind"),
        ("{fact: other.batch, one_of: [unknown]}", "unknown_is_no_kind"),
        ("{fact: event, one_of: [Approved]}", "value_impossible"),
        ("{fact: other.batch, one_of: [' first']}", "value_impossible"),
        ("{fact: counterparty_region, one_of: [hubie]}", "unknown_region"),
        ("{fact: counterparty_region, within: hubie.wuhan}", "unknown_region"),
        ("{fact: contract_kind, within: hubei}", "within_no_region"),
        ("{fact: patent_kind, one_of: [design], option: licence_as_taking_transfer}", "option_of_another_fact"),
    ],
)
def test_what_nobody_can_state_is_refused(condition: str, code: str) -> None:
    assert refused_by(condition).code == code


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ('{by: counterparty_knd, cases: {university: {rate: "0.05"}}}', "fact_unknown"),
        ('{by: counterparty_kind, cases: {universty: {rate: "0.05"}}}', "not_a_choice"),
        ('{by: patent_kind, cases: {unknown: {rate: "0.05"}}}', "unknown_is_no_kind"),
        ('{by: received, cases: {"1.00": {rate: "0.05"}}}', "fact_unknown"),
        ('{by: counterparty_region, cases: {hubie: {rate: "0.05"}}}', "unknown_region"),
        ('{by: exploited, cases: {"maybe": {rate: "0.05"}}}', "not_a_choice"),
    ],
)
def test_cases_are_of_a_fact_and_of_its_values(amount: str, code: str) -> None:
    assert refused_by(amount=amount).code == code


def test_a_region_that_is_misspelt_is_answered_with_the_one_that_was_meant() -> None:
    assert refused_by("{fact: counterparty_region, within: hubie.wuhan}").facts["like"] == "hubei.wuhan"
    assert refused_by("{fact: counterparty_region, within: 湖北}").facts["like"] == "guangdong.shenzhen"


@pytest.mark.parametrize(
    ("given", "meant"), [("inventon", "invention"), ("Utility-Model", "utility_model"), ("x", None)]
)
def test_what_is_near_is_near_whatever_its_capitals(given: str, meant: str | None) -> None:
    assert nearest(given, ITEM_FACTS["patent_kind"].words) == meant


def test_every_kind_that_a_scheme_can_ask_for_can_be_stated() -> None:
    for facts, model, own in ((ITEM_FACTS, SchemeItem, "item_id"), (CLAIMANT_FACTS, Claimant, "claimant")):
        for fact, vocabulary in facts.items():
            for word in vocabulary.words:
                assert vocabulary.takes(word)
                assert getattr(model.model_validate({own: "x", fact: word}), fact) == word


@pytest.mark.parametrize(
    ("fact", "given"),
    [("contract_kind", "licens"), ("counterparty_kind", "shop"), ("patent_kind", "inventon"), ("registered", "ja")],
)
def test_a_fact_of_another_word_is_refused_where_it_is_stated(fact: str, given: str) -> None:
    with pytest.raises(Refused) as refused:
        run_scheme_case(scheme(), {"items": [item("A", "10", **{fact: given})]}, LAST_DAY)
    assert [(one.code, one.where) for one in refused.value.refusals] == [("not_a_choice", f"items.0.{fact}")]


def test_what_was_recorded_before_a_word_was_fixed_is_read_as_it_is() -> None:
    old = SchemeItem.model_validate({"item_id": "A", "contract_kind": "exchange"}, context=STORED)
    assert old.but(related="no").contract_kind == "exchange"
    assert payable(
        scheme(items=[{"fact": "contract_kind", "one_of": ["licence"]}]), {**item("A", "1"), **dict(old)}
    ) == ("0.00")


NOT_ABROAD: dict[str, Any] = {"items": [{"fact": "counterparty_origin", "none_of": ["foreign"]}]}


@pytest.mark.parametrize("stated", [{}, {"counterparty_origin": "unknown"}])
def test_what_is_unknown_is_not_stated_and_of_no_kind(stated: dict[str, str]) -> None:
    assert made(scheme(**NOT_ABROAD), item("A", "10", **stated)).unknown == ("items.A.counterparty_origin",)
    by_origin = scheme(
        amount={"by": "counterparty_origin", "cases": {"foreign": {"rate": "0"}}, "otherwise": {"rate": "1"}}
    )
    assert made(by_origin, item("A", "10", **stated)).unknown == ("items.A.counterparty_origin",)


def test_a_further_fact_is_asked_for_and_stated_at_the_same_path() -> None:
    of = scheme(
        items=[{"fact": "other.batch", "one_of": ["first"]}], claimant=[{"fact": "other.rating", "none_of": ["D"]}]
    )
    who = {"claimant": "A"}
    assert made(of, item("A", "100"), claimant=who).unknown == ("claimant.other.rating", "items.A.other.batch")
    stated = item("A", "100", other={"batch": "first"})
    assert made(of, stated, claimant={**who, "other": {"rating": "A"}}).unknown == ()
    assert lines(made(of, stated, claimant={**who, "other": {"rating": "unknown"}})) == {}


def test_what_is_assumed_of_a_fact_is_one_of_its_words() -> None:
    for name, vocabulary in ITEM_FACTS.items():
        if vocabulary.words:
            condition = ItemCondition.model_validate({"fact": name, "none_of": [vocabulary.words[0]]})
            assert vocabulary.takes(satisfying([condition]))


def test_every_scheme_of_the_release_is_in_the_vocabulary() -> None:
    assert len(bundled_schemes()) > 10


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        ("measure: received}", "measure: received, growth: 1}", "wrong_type"),
        ("measure: received}", 'measure: received, growth: "yes"}', "wrong_type"),
        ("mark: V1", "mark: V1\n    recommended_by_district: 1", "wrong_type"),
        ("mark: V1", "mark: V1\n    publicity_days: true", "not_a_whole_number"),
        ("provision: art. 1", 'provision: ""', "empty_text"),
        ("provision: art. 1", 'provision: " "', "empty_text"),
        ("instrument: Order 1", 'instrument: "　"', "empty_text"),
        ("title_zh: 测试", 'title_zh: " "', "empty_text"),
        ("payer: district", "payer: payable", "payer_is_a_line"),
        ("payer: district", "payer: reserved", "payer_is_a_line"),
        ("payer: district", "payer: unknown", "payer_is_a_line"),
        ("mark: V1", "mark: V1\n    stacking: {rule: add, among: [TEST-2]}", "stacked_with_itself"),
        ("2026-11-15", "2026-11-28", "checked_in_the_future"),
    ],
)
def test_what_says_nothing_or_two_things_is_refused(good: str, bad: str, code: str) -> None:
    assert good in GOOD
    with pytest.raises(Refused) as refused:
        read_scheme(GOOD.replace(good, bad), "x.yaml", date(2026, 11, 27))
    assert [one.code for one in refused.value.refusals] == [code]


def _in_a_ring(name: str, rule: str, among: str) -> str:
    stacking = f"mark: V1\n    stacking: {{rule: {rule}, among: [{among}]}}"
    return GOOD.replace("id: TEST-2", f"id: {name}").replace("mark: V1", stacking)


def _folder(tmp_path: Path, **texts: str) -> Path:
    folder = tmp_path / "cn" / "hubei" / "wuhan" / "schemes"
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("rule", ["none", "best_of"])
def test_no_scheme_comes_back_to_itself_by_others(tmp_path: Path, rule: str) -> None:
    ring = {"a": _in_a_ring("A", rule, "B"), "b": _in_a_ring("B", "best_of", "C"), "c": _in_a_ring("C", rule, "A")}
    with pytest.raises(ParameterFault, match="A > B > C > A"):
        load_schemes(_folder(tmp_path, **ring))


def test_schemes_that_each_pay_in_full_look_at_none(tmp_path: Path) -> None:
    both = {"a": _in_a_ring("A", "add", "B"), "b": _in_a_ring("B", "best_of", "A")}
    assert set(load_schemes(_folder(tmp_path, **both))) == {"A", "B"}
