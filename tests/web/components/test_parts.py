"""The parts of pages escape what they are given, speak one language, and say amounts and days as readers write them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.values.money import Money
from tests.web.components.rendered import WEB, Parsed, components, environment, macro, words
from texts.lines import Language

HOSTILE = "<script>alert(1)</script>\"'>{{ 7*7 }}</textarea>&"
CALLS = {
    'text_input("n", x, x, x, x, prefix=x, suffix=x)': "fields.html",
    "text_input(x, x)": "fields.html",
    'textarea("n", x, x, x, x)': "fields.html",
    'select("n", x, [{"value": x, "text": x}], x, x, x, x)': "fields.html",
    'radios("n", x, [{"value": x, "text": x, "hint": x, "reveal": x}], x, x, x)': "fields.html",
    'checkboxes("n", x, [{"value": x, "text": x, "hint": x, "reveal": x}], [x], x, x)': "fields.html",
    "chosen_box(x, x, x)": "fields.html",
    'day_input("n", x, x, x, x)': "fields.html",
    'file_upload("n", x, x, x, x)': "fields.html",
    'hidden("n", x)': "fields.html",
    'button(x, "primary", "n", x, x, attributes={"hx-get": x})': "buttons.html",
    "link_button(x, x, start=true)": "buttons.html",
    "link(x, x)": "buttons.html",
    'error_summary([{"text": x, "href": x, "note": x}])': "errors.html",
    'summary_list([{"key": x, "value": x, "note": x, "actions": [{"href": x, "text": x}]}], x)': "lists.html",
    'table(x, [x, {"text": x, "kind": "number"}], [[x, x]], foot=[x, x])': "lists.html",
    'task_list([{"text": x, "href": x, "hint": x, "status": x}])': "lists.html",
    "stage_tag(x)": "marks.html",
    "badge(x)": "marks.html",
    "with_note(x, x)": "marks.html",
    "article(x)": "marks.html",
    "deadline(on, x, true, x)": "marks.html",
    'banner(x, "warning", x)': "messages.html",
    "warning(x)": "messages.html",
    "inset(x)": "messages.html",
    "details(x, x)": "messages.html",
    "panel(x, x, x)": "messages.html",
    "empty_state(x, x, x, x)": "messages.html",
    "heading(x, x, x, x)": "messages.html",
    'timeline([{"on": on, "title": x, "by": x, "text": x, "links": [(x, x)]}])': "timeline.html",
    'timeline([{"on": on, "title": x, "is_quiet": true}])': "timeline.html",
    "pagination(x, x, x)": "filters.html",
    "next_page(x)": "filters.html",
    'saved_views({"rows": [{"name": x, "href": x, "change": x, "is_current": true, "is_shared": true}], "save": x})': (
        "filters.html"
    ),
    "sections([(x, x, true)], x)": "filters.html",
    'tabs([{"id": x, "text": x, "panel": x}], x)': "filters.html",
    'bar_chart(x, [{"label": x, "value": 3, "text": x}], x, x)': "figures.html",
    'line_chart(x, [x, x], [{"name": x, "values": [1, 2]}, {"name": x, "values": [2, none]}], x, x)': "figures.html",
    "qr_figure([[1, 0], [0, 1]], x, x)": "figures.html",
    "progress(1, 2, x, x)": "figures.html",
}
CHINESE = re.compile(r"[一-鿿]")
NOT_WORDS = re.compile(r"English|KF\d+|ZL|PDF|MB|https?:\S+")


@pytest.mark.parametrize("call", CALLS)
def test_what_is_given_to_a_part_stays_text(call: str) -> None:
    plain = Parsed(macro(CALLS[call], call, x="plain", on=date(2026, 5, 1)))
    hostile = Parsed(macro(CALLS[call], call, x=HOSTILE, on=date(2026, 5, 1)))
    assert hostile.elements == plain.elements
    assert len(hostile.texts) == len(plain.texts)
    assert any(HOSTILE in text for text in [*hostile.texts, *(value for _, value in hostile.attributes)])


def test_every_part_is_given_something_hostile() -> None:
    tested = {call.partition("(")[0] for call in CALLS}
    # These take no text, pass it on to one that is tested, or have a text of their own.
    tested |= {"money", "count", "day", "long_day", "nothing", "provisional", "step", "money_input", "csrf"}
    # These take what others made, by a call block.
    tested |= {"group", "next_step", "filter_panel"}
    assert _macros() == tested


def _macros() -> set[str]:
    sources = [(WEB / "components" / name).read_text(encoding="utf-8") for name in {*CALLS.values()}]
    return {name for source in sources for name in re.findall(r"{% macro ([a-z]\w+)\(", source)}


@given(text=st.text())
def test_whatever_was_typed_into_a_long_field_stays_in_it(text: str) -> None:
    html = macro("fields.html", 'textarea("n", "label", x)', x=text)
    inside = re.search(r"<textarea[^>]*>\n(.*)</textarea>", html, re.DOTALL)
    assert inside is not None
    assert str(environment().from_string("{{ x }}").render(x=text)) == inside[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_speaks_one_language(language: Language) -> None:
    texts = Parsed(components(language)).texts
    if language == "zh":
        body = [NOT_WORDS.sub("", text) for text in texts if "alert(1)" not in text]
        assert [text for text in body if re.search(r"[A-Za-z]{3}", text)] == []
    else:
        assert [text for text in texts if CHINESE.search(text)] == ["中文"]


def test_no_word_of_the_parts_is_left_over() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("components", "templates")
        for path in (WEB / folder).glob("*.html")
    )
    made = {"parts.banner_information", "parts.banner_success", "parts.banner_warning"}
    own = {key for key in words() if key.startswith(("parts.", "samples."))}
    assert {key for key in own if f'"{key}"' not in sources and f"'{key}'" not in sources} == made


def test_the_markup_has_no_style_and_no_script_inside() -> None:
    parsed = Parsed(components("zh"))
    assert [name for name, _ in parsed.attributes if name == "style" or name.startswith("on")] == []
    assert all("src" in names for tag, names in parsed.elements if tag == "script")


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (1_000_000, "10,000.00 元", "10,000.00 yuan"),
        (5, "0.05 元", "0.05 yuan"),
        (-50_000, "\N{MINUS SIGN}500.00 元", "\N{MINUS SIGN}500.00 yuan"),
        (Money(123_456_789_012), "1,234,567,890.12 元", "1,234,567,890.12 yuan"),
        (0, "0.00 元", "0.00 yuan"),
    ],
)
def test_an_amount_is_told_to_the_fen(fen: int | Money, zh: str, en: str) -> None:
    assert Parsed(macro("marks.html", "money(fen)", "zh", fen=fen)).texts == [zh]
    assert Parsed(macro("marks.html", "money(fen)", "en", fen=fen)).texts == [en]


def test_no_amount_and_no_day_are_said_for_those_who_cannot_see_the_dash() -> None:
    assert Parsed(macro("marks.html", "money(none)")).texts == ["–", "无"]
    assert Parsed(macro("marks.html", "day(none)", "en")).texts == ["–", "none"]


def test_a_day_is_written_as_its_readers_write_it() -> None:
    assert Parsed(macro("marks.html", "long_day(on)", "zh", on=date(2026, 5, 1))).texts == ["2026 年 5 月 1 日"]
    assert Parsed(macro("marks.html", "long_day(on)", "en", on=date(2026, 5, 1))).texts == ["1 May 2026"]


def test_a_deadline_that_the_law_does_not_set_says_so() -> None:
    assert Parsed(macro("marks.html", "deadline(none)")).texts == ["无法定期限"]


def test_idle_time_is_one_line_and_what_no_person_did_is_folded() -> None:
    items = [
        {"on": date(2026, 6, 12), "title": "c"},
        {"on": date(2026, 6, 1), "title": "q", "is_quiet": True},
        {"on": date(2026, 5, 20), "title": "b"},
        {"on": date(2026, 3, 2), "title": "a"},
    ]
    texts = Parsed(macro("timeline.html", "timeline(items)", items=items)).texts
    assert [text for text in texts if "年" not in text] == ["c", "1 条系统记录", "q", "b", "此间 79 天没有记录", "a"]


def test_an_error_leads_to_the_field_that_has_its_name() -> None:
    for call in ('day_input("n", "label", error="e")', 'radios("n", "label", [{"value": 1, "text": "a"}], error="e")'):
        assert ("id", "n") in Parsed(macro("fields.html", call)).attributes


@pytest.mark.parametrize("values", [[0, 0], [1, None], [None, None], [10**12, 3], [7]])
def test_a_line_is_drawn_of_any_numbers(values: list[int | None]) -> None:
    labels = [str(number) for number in range(len(values))]
    html = macro(
        "figures.html", 'line_chart("t", labels, [{"name": "n", "values": values}], "l")', labels=labels, values=values
    )
    places = [float(place) for place in re.findall(r'c[xy]="([\d.-]+)%"', html)]
    assert len(places) == 2 * sum(value is not None for value in values)
    assert all(0 <= place <= 100 for place in places)


def test_a_password_is_never_written_back() -> None:
    assert "secret" not in macro("fields.html", 'text_input("n", "label", "secret", type="password")')
