"""What a scheme's file is refused with is said in our words, in each language, and its remedy is about its fault."""

import re

import pytest

from rules.law.loader import ParameterFault
from rules.law.yaml_text import parse_yaml, typed
from rules.schemes.catalogue import parse_scheme, read_scheme
from schemas.values.refusal import Refusal, Refused
from tests.rules.schemes.test_scheme_files import GOOD
from texts.words import refusal_text

LIBRARY = re.compile(
    r"input should|valid (string|integer|dictionary|list|boolean|number)|extra inputs|field required|\[type=|pydantic"
    r"|string should|tuple should|value error|expected <|found (character|undefined)|mapping values|while parsing"
    r"|while scanning|yaml\.|decimal input|greater than or equal",
    re.IGNORECASE,
)
OTHERS = [
    ("title_zh: 测试", "title_zh: 2024"),
    ("title_zh: 测试", "title_zh: ' '"),
    ("title_zh: 测试", "title_zh: [a]"),
    ("id: TEST-2", "id: test 2"),
    ("beneficiary: licensor", "beneficiary: somebody"),
    ("versions:\n", "versions: 5\nversions_of_old:\n"),
    ("from: 2021-01-01", "from: 20210101"),
    ("from: 2021-01-01", 'from: "yesterday"'),
    ("from: 2021-01-01", "from: {}"),
    ("mark: V1", "mark: V1\n    publicity_days: 366"),
    ("mark: V1", "mark: V1\n    evidence: [A B]"),
    ("mark: V1", "mark: V1\n    floors: {per: year}"),
    ("{measure: received}", '{measure: received, growth: "true"}'),
    ("{measure: received}", "[received]"),
    ('at_least: "10"}', 'at_least: "1234567890123456"}'),
    ('at_least: "10"}', 'count_of: contract, count_at_least: "3"}'),
    ('at_least: "10"}', "count_of: contract, count_at_least: 0}"),
    ('amount: {rate: "0.05"}', "amount: [\n"),
    ('amount: {rate: "0.05"}', "amount: {marginal: []}"),
    ('amount: {rate: "0.05"}', 'amount: {rate: "0.123456789"}'),
    ("mark: V1", "mark: *V1"),
    ("mark: V1", "mark: !!str V1"),
    ("mark: V1", "mark: @V1"),
    ("mark: V1", "\tmark: V1"),
]


def refused_by(good: str, bad: str) -> tuple[Refusal, ...]:
    assert GOOD.count(good) == 1
    with pytest.raises(Refused) as refused:
        read_scheme(GOOD.replace(good, bad), "x.yaml")
    return refused.value.refusals


def both(refusal: Refusal) -> tuple[str, str]:
    text = refusal_text(refusal)
    return f"{text.zh}\n{text.remedy_zh}", f"{text.en}\n{text.remedy_en}"


@pytest.mark.parametrize(("good", "bad"), OTHERS)
def test_no_sentence_of_a_library_stands_in_what_is_told(good: str, bad: str) -> None:
    for one in refused_by(good, bad):
        for said in both(one):
            assert not LIBRARY.search(said), said


@pytest.mark.parametrize(("good", "bad"), OTHERS)
def test_a_file_of_the_release_is_told_in_our_words_too(good: str, bad: str) -> None:
    with pytest.raises((ParameterFault, Refused)) as fault:
        parse_scheme(parse_yaml(GOOD.replace(good, bad), "x.yaml", typed), "x.yaml")
    assert not LIBRARY.search(str(fault.value)), str(fault.value)


def remedies(good: str, bad: str, code: str) -> tuple[str, str]:
    return next(both(one) for one in refused_by(good, bad) if one.code == code)


@pytest.mark.parametrize(
    ("good", "bad", "code", "zh", "en"),
    [
        ("title_zh: 测试", "title_zh: 2024", "wrong_type", "加引号", "in quotation marks"),
        ("provision: art. 1", "provision: 2024-01-01", "wrong_type", "加引号", "in quotation marks"),
        ('at_least: "10"}', "at_least: 10}", "not_money", "加引号", "with quotation marks"),
        (
            'at_least: "10"}',
            'count_of: contract, count_at_least: "3"}',
            "wrong_type",
            "不加引号",
            "without quotation marks",
        ),
        (
            "{measure: received}",
            '{measure: received, growth: "true"}',
            "wrong_type",
            "不加引号",
            "without quotation marks",
        ),
        (
            'at_least: "10"}',
            'at_least: "1234567890123456"}',
            "not_money",
            "15 位（平台上限）",
            "15 digits (the platform",
        ),
    ],
)
def test_where_quotes_or_a_limit_are_the_fault_they_are_named(good: str, bad: str, code: str, zh: str, en: str) -> None:
    said_zh, said_en = remedies(good, bad, code)
    assert zh in said_zh
    assert en in said_en


def test_a_cap_of_nothing_is_told_nothing_of_licences() -> None:
    said = "".join(remedies('amount: "1000"', 'amount: "0"', "no_money"))
    assert "free" not in said
    assert "免费" not in said


def test_a_negative_threshold_is_told_nothing_of_refunds() -> None:
    assert "reverse" not in "".join(remedies('at_least: "10"}', 'at_least: "-10"}', "negative_money"))
