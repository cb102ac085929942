"""What determinations record in English is told in Chinese: steps of all cases, legal values and citations."""

import re
from collections.abc import Iterator

import pytest

from cli.rules.cases import BUNDLED_CASES, run_cases
from rules.law.loader import bundled_parameters
from rules.schemes.catalogue import bundled_schemes
from schemas.schemes.kinds import PartySort
from schemas.values.determination import Citation, Determination
from schemas.values.model import Model
from tests.architecture.sources import sources
from texts.citations import article_in, instrument_rows
from texts.traces.told import cited_in, key_in, phrase_rows, step_in, word_rows

ENGLISH = re.compile(r"[A-Za-z_]*[a-z]{2}[a-z_]*")
HAN = re.compile("[\u4e00-\u9fff，；：、]")
WORDS_OF_FACTS = {"first", "second", "third", "one", "two", "sister", "platform", "batch", "rating", "plant", "no"}
"""How cases call their items and what they state in words of their own."""


def _determinations() -> Iterator[Determination]:
    for outcome in run_cases((BUNDLED_CASES,)):
        if outcome.determination is not None:
            yield outcome.determination


def _told(made: Determination) -> Iterator[tuple[str, str]]:
    for step in made.steps:
        yield from ((text, step_in(text, "zh")) for text in (step.what, step.how, step.result))
        yield step.article, article_in(step.article, "zh")
    for read in made.reads:
        yield read.name, key_in(read.name, "zh")
        yield read.value, step_in(read.value, "zh")
        yield read.citation.provision, cited_in(read.citation.provision, read.citation.instrument, "zh")
    for line in made.result:
        yield line.name, key_in(line.name, "zh")
    for name, answer in made.answers.items():
        yield name, key_in(name, "zh")
        yield answer, step_in(answer, "zh")
    yield from ((name, key_in(name, "zh")) for name in made.unknown)


def test_every_step_of_every_case_is_told_in_chinese() -> None:
    left = {
        text: zh for made in _determinations() for text, zh in _told(made) if set(ENGLISH.findall(zh)) - WORDS_OF_FACTS
    }
    assert left == {}


def test_english_has_no_chinese_but_what_was_cited_or_typed() -> None:
    mixed = [
        text
        for made in _determinations()
        for step in made.steps
        for text in (step.what, step.how, step.result)
        if HAN.search(step_in(text, "en"))
    ]
    assert mixed == []
    assert step_in("transaction_taxes、upkeep", "en") == "transaction_taxes, upkeep"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "70 % of 42000.00, half up to the fen; at least 50 % of net income, then up to the fen",
            "42000.00 的 70 %，四舍五入至分；不少于净收入的 50 %，进至分",
        ),
        ("claimant", "申报人"),
        ("kind is university / research_institute", "类型为高等学校 / 科研院所"),
        ("held: art. 4: registered is not known", "暂缓：第4条：已登记不详"),
        ("declined: art. 1: no plant was ever seen", "不予推荐：第1条：no plant was ever seen"),
        ("E1: an exclusive or sole licence is in its term", "E1：独占或者排他许可尚在有效期内"),
    ],
)
def test_a_step_is_told_whole_and_a_reason_that_somebody_wrote_stays(english: str, chinese: str) -> None:
    assert step_in(english, "zh") == chinese
    assert step_in(english, "en") == english


def test_a_key_keeps_its_ids() -> None:
    party = "11111111-1111-4111-8111-111111111111"
    assert key_in(f"person:{party}", "zh") == f"个人:{party}"
    assert key_in(f"licensee_due:{party}", "zh") == f"应收被许可人:{party}"
    assert key_in("national.remuneration_floor", "zh") == "国家.报酬最低比例"
    assert key_in("due:1", "en") == "due:1"


def test_every_legal_value_has_a_name_and_every_citation_its_chinese() -> None:
    names = {key_in(name, "zh") for name in bundled_parameters().parameters}
    assert [one for one in names if ENGLISH.search(one)] == []
    cited = {one for found in (bundled_parameters().parameters, bundled_schemes()) for one in _citations(found)}
    told = {one: article_in(one, "zh") for one in cited}
    assert {one: zh for one, zh in told.items() if ENGLISH.search(zh)} == {}


def test_whoever_can_claim_has_a_name() -> None:
    assert [one.value for one in PartySort if one.value not in word_rows()] == []


def test_no_phrase_is_for_nothing() -> None:
    said = {word for source in sources() if source.folder == "rules" for word in re.findall("[a-z]+", source.text)}
    said |= {part for word in word_rows() for part in word.split("_")}
    asked = {phrase: re.findall("[a-z]+", re.sub(r"\{.*?\}", "", phrase)) for phrase in phrase_rows()}
    assert [phrase for phrase, words in asked.items() if not said.issuperset(words)] == []


def test_every_instrument_is_named_in_one_language() -> None:
    assert [zh for zh in instrument_rows().values() if ENGLISH.search(zh)] == []


def _citations(found: object) -> Iterator[str]:
    if isinstance(found, Citation):
        yield from (found.provision, found.instrument)
    elif isinstance(found, Model):
        for name in type(found).model_fields:
            yield from _citations(getattr(found, name))
    elif isinstance(found, dict):
        for one in found.values():
            yield from _citations(one)
    elif isinstance(found, list | tuple):
        for one in found:
            yield from _citations(one)
