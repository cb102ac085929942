"""Cells as people write them become the fields of a declaration, or a reason with its column."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.importing.columns import COLUMNS, column_of, read_header
from client.importing.row import read_cells
from texts.words import refusal_text


def offer(**cells: str) -> dict[str, Any]:
    read = read_cells({"royalty_form": "free", **cells})
    assert read.wrong == []
    fields: dict[str, Any] = read.act["offer"]
    return fields


@pytest.mark.parametrize(
    ("cell", "counted"),
    [
        ("15", {}),
        ("15 日", {}),
        ("１５天", {}),
        *(
            (cell, {"pay_within_days_counted": "working_days"})
            for cell in ("15个工作日", "15 工作日", "15 working days")
        ),
    ],
)
def test_days_to_pay_are_days_or_working_days(cell: str, counted: dict[str, str]) -> None:
    royalty = offer(royalty_form="一次总付", amount="5", pay_within_days=cell)["royalty"]
    assert royalty == {"form": "lump_sum", "amount": "5", "pay_within_days": "15", **counted}


def test_every_form_of_royalty_has_its_columns() -> None:
    assert offer()["royalty"] == {"form": "free"}
    assert offer(royalty_form="分期", instalments="0:6,000元；12：4000")["royalty"] == {
        "form": "instalments",
        "instalments": [{"after_months": "0", "amount": "6,000元"}, {"after_months": "12", "amount": "4000"}],
    }
    assert offer(royalty_form="提成", running_base="销售额", rate="３%", period="季度", minimum="100")["royalty"] == {
        "form": "running",
        "base": "net_sales",
        "rates": [{"from_year": 1, "percent": "３%"}],
        "period": "quarter",
        "minimum": "100",
    }
    assert offer(royalty_form="entry_plus_running", amount="5", running_base="units", unit_price="1")["royalty"] == {
        "form": "entry_plus_running",
        "entry": "5",
        "running": {"form": "running", "base": "units", "unit_prices": [{"from_year": 1, "price": "1"}]},
    }


def test_a_running_royalty_says_its_calendar_and_from_when_it_is_paid() -> None:
    cells = {
        "running_base": "销售额",
        "rate": "3",
        "period": "半年",
        "periods_by": "自然历",
        "report_within_days": "１５个工作日",
        "pay_from": "报告期限",
    }
    running = {
        "form": "running",
        "base": "net_sales",
        "rates": [{"from_year": 1, "percent": "3"}],
        "period": "half_year",
        "periods_by": "calendar",
        "pay_from": "last_report_day",
        "report_within_days": "15",
        "report_within_days_counted": "working_days",
    }
    alone = offer(royalty_form="提成", pay_within_days="10", **cells)["royalty"]
    assert alone == {**running, "pay_within_days": "10"}
    beside = offer(
        royalty_form="入门费加提成", amount="5", pay_within_days="30", running_pay_within_days="10", **cells
    )["royalty"]
    assert beside == {
        "form": "entry_plus_running",
        "entry": "5",
        "pay_within_days": "30",
        "running": {**running, "pay_within_days": "10"},
    }


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"royalty_form": "一次总付", "amount": "5", "periods_by": "calendar"}, "cell_out_of_place", "periods_by"),
        ({"royalty_form": "提成", "running_pay_within_days": "5"}, "cell_out_of_place", "running_pay_within_days"),
        ({"royalty_form": "免费", "amount": "5"}, "cell_out_of_place", "amount"),
        ({"royalty_form": "look"}, "cell_not_a_choice", "royalty_form"),
        ({"royalty_form": "分期", "instalments": "6000;4000"}, "instalment_malformed", "instalments"),
        ({"term_years": "3", "term_ends_on": "2030-01-01"}, "terms_twice", "term_years"),
        ({"announced_on": "2024-05-06"}, "cell_without_stage", "announced_on"),
        ({"patentees": "a", "consents": "b;c"}, "too_long", "consents"),
    ],
)
def test_what_would_be_lost_or_guessed_is_refused(cells: dict[str, str], code: str, column: str) -> None:
    assert (code, column) in [(one.code, one.where) for one in read_cells(cells).wrong]


def test_the_header_may_be_chinese_or_english_with_marks_of_needed_columns() -> None:
    names, wrong = read_header(["* 专利号", "TITLE"] + [one.zh[0] for one in COLUMNS[2:]])
    assert names == [one.name for one in COLUMNS]
    assert wrong == []


def test_a_name_in_full_or_half_width_is_the_same_column() -> None:
    assert read_header(["＊ｔｉｔｌｅ", "许可费(元)", "提成率(%)"])[0] == ["title", "amount", "rate"]


def test_a_name_that_fills_the_screen_is_cut() -> None:
    _, wrong = read_header(["x" * 5_000])
    assert len(wrong[0].where) < 100
    assert len(refusal_text(wrong[0]).en) < 200


def test_a_wrong_header_is_told_in_one_go() -> None:
    _, wrong = read_header([one.name for one in COLUMNS if one.name != "title"] + ["专利号", "价格", ""])
    assert [(one.code, one.where) for one in wrong] == [
        ("column_twice", "专利号"),
        ("column_unknown", "价格"),
        ("column_missing", "title"),
    ]


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("offer.patent_number", "patent_number"),
        ("offer.royalty.running.rates.0.percent", "rate"),
        ("offer.patentees.1.consent", "patentees"),
        ("by.party_id", "submitted_by"),
        ("on", "on"),
        ("offer.royalty.instalments.0.amount", "instalments"),
    ],
)
def test_a_field_of_the_form_leads_back_to_its_column(field: str, column: str) -> None:
    assert column_of(field) == column
    assert column in [one.name for one in COLUMNS]


@given(st.dictionaries(st.sampled_from([one.name for one in COLUMNS]), st.text(max_size=30)))
def test_whatever_stands_in_the_cells_a_row_is_read_or_refused(cells: dict[str, str]) -> None:
    read = read_cells(cells)
    assert set(read.act) <= {"offer", "on", "evidence", "by", "stage", "regime", "announced_on", "declaration_number"}


@given(st.sampled_from("=+-@"), st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=20))
def test_a_cell_that_begins_like_a_formula_stays_text(prefix: str, text: str) -> None:
    assert offer(title=prefix + text)["title"] == prefix + text
