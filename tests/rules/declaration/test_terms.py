"""The offered terms: caps warn, a term beyond the patent and advertising are refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rules.declaration.terms import check_terms
from rules.law.law import Law
from schemas.statements.royalty import FixedEnd, LicenceTerm, UntilPatentEnds, YearsFromEffect
from schemas.statements.terms import TermsNote
from schemas.values.money import Money
from schemas.values.refusal import refusal
from texts.words import refusal_text

BEGINS = date(2026, 3, 1)
PATENT_ENDS = date(2038, 5, 9)


def notes(**changes: Any) -> tuple[TermsNote, ...]:
    terms: dict[str, Any] = {
        "fixed_total": Money.of("20000000"),
        "rates": [("net_sales", Decimal(20)), ("profit", Decimal(40))],
        "term": UntilPatentEnds(),
        "begins_on": BEGINS,
        "patent_last_day": PATENT_ENDS,
        "fee_explanation": "测" * 2_000,
        "texts": {},
    }
    return check_terms(Law(BEGINS), **{**terms, **changes})


def codes(**changes: Any) -> list[tuple[str, str]]:
    return [(note.code, note.level) for note in notes(**changes)]


def test_terms_exactly_at_every_limit_pass() -> None:
    assert notes() == ()


def test_a_free_offer_passes() -> None:
    assert notes(fixed_total=None, rates=[]) == ()


def test_a_fixed_fee_one_fen_above_the_cap_warns() -> None:
    (note,) = notes(fixed_total=Money.of("20000000.01"))
    assert (note.code, note.level) == ("fixed_fee_above_cap", "warning")
    assert note.facts == {"amount": "20000000.01", "cap": "20000000.00"}


@pytest.mark.parametrize("percent", ["0.03", "0.005", "0.099999"])
def test_a_rate_a_hundred_times_below_the_usual_warns(percent: str) -> None:
    (note,) = notes(rates=[("net_sales", Decimal(percent)), ("net_sales", Decimal("0.1"))])
    assert (note.code, note.level) == ("running_rate_as_fraction", "warning")
    assert note.facts == {"percent": percent, "hundredfold": f"{Decimal(percent) * 100:f}"}


@pytest.mark.parametrize(("base", "percent"), [("net_sales", "20.000001"), ("profit", "40.5")])
def test_a_rate_above_the_cap_of_its_base_warns(base: str, percent: str) -> None:
    (note,) = notes(rates=[(base, Decimal("1")), (base, Decimal(percent))])
    assert (note.code, note.level) == ("running_rate_above_cap", "warning")
    assert note.facts["base"] == base
    assert note.facts["percent"] == percent


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (FixedEnd(ends_on=PATENT_ENDS), []),
        (FixedEnd(ends_on=date(2038, 5, 10)), [("term_beyond_patent", "refusal")]),
        (FixedEnd(ends_on=date(2026, 2, 28)), [("term_is_over", "refusal")]),
        (FixedEnd(ends_on=date(2031, 2, 28)), []),  # five full years
        (FixedEnd(ends_on=date(2031, 2, 27)), [("term_under_tax_relief", "warning")]),
        (YearsFromEffect(years=5), []),
        (YearsFromEffect(years=4), [("term_under_tax_relief", "warning")]),
        (YearsFromEffect(years=13), [("term_cut_by_patent", "warning")]),
    ],
)
def test_the_term_is_held_against_the_patent_and_the_tax_relief(
    term: LicenceTerm, expected: list[tuple[str, str]]
) -> None:
    assert codes(term=term) == expected


def test_years_cut_by_the_patents_end_lose_the_tax_relief() -> None:
    assert codes(term=YearsFromEffect(years=5), patent_last_day=date(2029, 1, 1)) == [
        ("term_cut_by_patent", "warning"),
        ("term_under_tax_relief", "warning"),
    ]


def test_a_patent_that_has_run_out_cannot_be_offered() -> None:
    assert codes(patent_last_day=date(2026, 2, 28)) == [("term_is_over", "refusal")]


def test_a_long_explanation_warns_with_its_length() -> None:
    (note,) = notes(fee_explanation="测" * 2_001)
    assert (note.code, note.level, note.where) == ("fee_explanation_long", "warning", "fee_explanation")
    assert note.facts == {"length": "2001", "limit": "2000"}


def test_advertising_is_refused_where_it_stands() -> None:
    found = notes(fee_explanation="本技术独一无二", texts={"other_matters": "欢迎洽购，机不可失", "title": "一种阀门"})
    assert [(note.code, note.level, note.where) for note in found] == [
        ("advertising_words", "refusal", "fee_explanation"),
        ("advertising_words", "refusal", "other_matters"),
    ]
    assert found[1].facts == {"words": "欢迎洽购、机不可失"}


@pytest.mark.parametrize(
    "changes",
    [
        {"term": FixedEnd(ends_on=date(2039, 1, 1))},
        {"patent_last_day": date(2026, 2, 28)},
        {"texts": {"other_matters": "稳赚"}},
    ],
)
def test_every_refusal_has_its_text_in_both_languages(changes: dict[str, Any]) -> None:
    (note,) = notes(**changes)
    said = refusal_text(refusal(note.code, note.where, **note.facts))
    for value in note.facts.values():
        assert value in said.zh + said.remedy_zh
        assert value in said.en + said.remedy_en
