"""Bars, terms and periods asked without a filing: the same rules, with a trace."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.declaration.bars import answer_bars
from rules.law.law import Law
from rules.law.loader import ParameterFault, bundled_parameters
from rules.law.service import STATUS_EVIDENCE_AT_FILING_DAYS
from rules.questions.offer import OFFER_RULES, determine_bars, determine_deadline, determine_terms
from schemas.questions.offer import BarsInputs, DeadlineInputs, TermsInputs
from schemas.statements.bars import Bar, BarAnswer
from schemas.statements.royalty import Free, UntilPatentEnds
from schemas.values.determination import Answer3
from schemas.values.model import Model
from schemas.values.patent_number import PatentKind
from schemas.values.refusal import Refused
from texts.words import refusal_text

ON = date(2026, 11, 20)
PAPER = "a" * 64
_DAYS = st.dates(date(2024, 1, 20), date(2027, 12, 31))


def looked_at(bar: Bar, on: date, answer: Answer3 = Answer3.NO) -> BarAnswer:
    since = on if answer is Answer3.YES else None
    return BarAnswer(bar=bar, answer=answer, evidence=PAPER, checked_on=on, since=since)


@given(
    kind=st.sampled_from(PatentKind),
    statements=st.lists(st.builds(looked_at, st.sampled_from(Bar), _DAYS, st.sampled_from(Answer3)), max_size=20),
    on=_DAYS,
)
def test_a_declaration_may_be_filed_exactly_when_all_nine_answers_are_no(
    kind: PatentKind, statements: list[BarAnswer], on: date
) -> None:
    made = determine_bars(BarsInputs(patent_kind=kind, statements=tuple(statements)), on)
    answers = [one.answer for one in answer_bars(kind, statements, on, STATUS_EVIDENCE_AT_FILING_DAYS)]
    assert [made.answers[bar.value] for bar in Bar] == [one.value for one in answers]
    assert (made.answers["may_declare"] == "yes") is (set(answers) == {Answer3.NO})
    assert (made.answers["may_declare"] == "no") is (Answer3.YES in answers)
    assert made.unknown == tuple(bar.value for bar in Bar if made.answers[bar.value] == "unknown")
    assert {one.name for one in made.reads} == {"national.declaration_bars", "national.declaration_bars_of_guidelines"}


def test_the_cited_bars_are_the_nine() -> None:
    parameters = bundled_parameters().parameters
    cited = [
        word
        for name in ("declaration_bars", "declaration_bars_of_guidelines")
        for word in parameters[f"national.{name}"].values[-1].value
    ]
    assert sorted(cited) == [bar.value for bar in Bar]


def test_a_no_that_is_too_old_is_asked_for_again_and_the_trace_says_how_old() -> None:
    old = ON - timedelta(days=STATUS_EVIDENCE_AT_FILING_DAYS + 1)
    statements = tuple(looked_at(bar, old if bar is Bar.E3 else ON) for bar in Bar)
    made = determine_bars(BarsInputs(patent_kind=PatentKind.DESIGN, statements=statements), ON)
    assert made.unknown == ("E3",)
    assert "31 days ago: older than 30 days, look again" in next(one.how for one in made.steps if "E3" in one.what)


def test_the_remarks_on_terms_cite_their_articles() -> None:
    facts = TermsInputs.model_validate(
        {
            "patent_kind": "invention",
            "filed_on": "2019-01-24",
            "royalty": {"form": "free"},
            "term": {"form": "years_from_effect", "years": 2},
            "fee_explanation": "行业第一的技术",
        }
    )
    made = determine_terms(facts, ON)
    assert made.answers == {
        "acceptable": "no",
        "term_under_tax_relief": "warning @ term",
        "advertising_words": "refusal @ fee_explanation",
    }
    assert all(one.article for one in made.steps)
    assert "national.income_tax_relief_term" in [one.name for one in made.reads]


@given(start=st.dates(date(2000, 1, 1), date(2150, 12, 31)), months=st.integers(0, 600))
def test_every_period_ends_after_its_start_under_the_law_of_every_day(start: date, months: int) -> None:
    for name, parameter in bundled_parameters().parameters.items():
        if not parameter.counted or parameter.by:
            continue
        as_of = parameter.values[0].since + timedelta(days=30 * months)
        facts = DeadlineInputs(period=name, start=start)
        if not Law(as_of).holds(name):
            with pytest.raises(Refused, match="day_before_first_value"):
                determine_deadline(facts, as_of)
            continue
        made = determine_deadline(facts, as_of)
        assert date.fromisoformat(made.answers["by"]) > start
        assert ("because" in made.answers) is (made.answers["provisional"] == "yes")
        assert [one.name for one in made.reads] == [name]


_FACTS: dict[str, Model] = {
    "bars": BarsInputs(patent_kind=PatentKind.UTILITY_MODEL),
    "terms": TermsInputs(
        patent_kind=PatentKind.INVENTION, filed_on=date(2020, 1, 24), royalty=Free(), term=UntilPatentEnds()
    ),
    "deadline": DeadlineInputs(period="national.recordal_period", start=date(2020, 1, 24)),
}


@pytest.mark.parametrize("name", OFFER_RULES)
def test_a_rule_answers_on_every_quarter_of_its_life(name: str) -> None:
    for year in range(2024, 2028):
        for month in (2, 4, 7, 10):
            made = OFFER_RULES[name].determine(_FACTS[name], date(year, month, 1))
            assert made.rule == name
            assert made.answers


@pytest.mark.parametrize("name", ["bars", "terms"])
def test_before_the_first_value_the_day_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        OFFER_RULES[name].determine(_FACTS[name], date(2024, 1, 19))
    (reason,) = refused.value.refusals
    assert reason.where == "as_of"
    assert "2024-01-19" in refusal_text(reason).en
    assert "2024-01-20" in refusal_text(reason).en


def test_a_patent_filed_before_there_was_a_patent_law_is_a_fault() -> None:
    facts = TermsInputs.model_construct(**{**dict(_FACTS["terms"]), "filed_on": date(1985, 3, 31)})
    with pytest.raises(ParameterFault, match="1985-03-31"):
        determine_terms(facts, ON)
