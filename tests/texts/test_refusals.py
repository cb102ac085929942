"""Every no has its words in both languages, and every place that says it gives the facts which they name."""

import re
from collections.abc import Iterable
from string import Formatter

from database.record.guards import REFUSED_BY
from rules.declaration.terms import TERMS_ARTICLES
from runtime.settings import ROOT
from schemas.values.refusal import Refusal, refusal
from schemas.wire.form import FACTS_OF_A_FIELD
from tests.texts.called import Call, calls, form_errors, literals, unknown_ways
from texts.words import Told, refusal_json, refusal_rows, refusal_text

DYNAMIC = {
    ("rules/filing/remarks.py", "code"): "the callers of refused and warned are looked at themselves",
    ("schemas/values/refusal.py", "code"): "refuse passes on what it is given; its callers are looked at",
    ("cli/typed/mistakes.py", "code"): "mistyped passes on what it is given; its callers are looked at",
    ("schemas/wire/form.py", "code"): "made from the errors of models, which are looked at below",
    ("cli/whatif/tables.py", "cell.code"): "each BadCell is looked at",
    ("cli/whatif/table/cells.py", "why.code"): "what the reader of all cells says; errors of forms are looked at below",
    ("rules/declaration/guards.py", "note.code"): "each _note of rules/declaration/terms.py is looked at",
    ("web/pages/offers/cost.py", "note.code"): "each _note of rules/declaration/terms.py is looked at",
    ("rules/questions/offer.py", "note.code"): "each _note of rules/declaration/terms.py is looked at",
    ("database/record/guards.py", "code"): "one of REFUSED_BY, which are looked at below",
    ("activities/record.py", "known_as(act)"): ("act_id_reused", "bank_line_known", "fact_known", "voucher_known"),
    ("client/deliver/matching.py", "known_as(act)"): ("bank_line_known", "fact_known", "voucher_known"),
    ("client/files/csv_file.py", "code"): ("quote_unclosed", "line_too_long"),
    ("rules/remuneration/pool.py", "_LEAST_REFUSALS[recipient]"): (
        "main_contributors_below_minimum",
        "transfer_staff_below_minimum",
    ),
}
"""Where a code is no text: the codes that it can be, or the reason why nothing need be looked at there."""
OF_A_KEY = {
    "already_declared": {"number"},
    "open_licence_exists": {"filing_id", "last", "first"},
    "voucher_known": {"filing_id"},
    "bank_line_known": {"filing_id"},
    "stale_licence_number": {"n"},
    "same_person": {"first", "second"},
    "held": {"filing_id", "hold_id", "reason"},
}
"""Facts that those give who write what a unique key refuses; the others have none."""
ELSEWHERE_THAN_FORMS = {"not_exact", "bad_key", "unordered", "keys_differ_from_by", "provisional_without_reason"}
"""Errors of the parameter files and of our own deadlines, which nobody fills in."""


def placeholders(row: Iterable[str]) -> set[str]:
    """The names that the texts of a row want filled in."""
    return {name for text in row for _, name, _, _ in Formatter().parse(text) if name}


def _lacking(call: Call, code: str) -> str | None:
    """What the texts of the code name and the call does not give."""
    row = refusal_rows().get(code)
    if row is None:
        return f"{call.place}: {code} has no text"
    lacking = placeholders(row) - call.facts
    return f"{call.place}: {code} lacks {', '.join(sorted(lacking))}" if lacking else None


def test_every_place_that_says_no_gives_what_the_words_name() -> None:
    wrong, seen = [], set()
    for call in calls():
        if call.is_text:
            wrong.append(_lacking(call, call.code))
            continue
        key = (call.place.partition(":")[0], call.code)
        seen.add(key)
        codes = DYNAMIC.get(key, ())
        if not codes:
            wrong.append(f"{call.place}: {call.code} is no text; name its codes in DYNAMIC")
        elif not isinstance(codes, str):
            wrong += [_lacking(call, code) for code in codes]
    assert [one for one in wrong if one] == []
    assert sorted(set(DYNAMIC) - seen) == [], "these no longer stand there"


def test_every_function_that_says_no_is_looked_at() -> None:
    assert sum(call.is_text for call in calls()) > 200
    assert unknown_ways() == set()


def test_every_error_of_a_form_gives_what_its_words_name() -> None:
    wrong = []
    for call in form_errors():
        if call.is_text and call.code not in ELSEWHERE_THAN_FORMS:
            told = call._replace(facts=call.facts | set(FACTS_OF_A_FIELD.get(call.code, ())))
            wrong.append(_lacking(told, call.code))
    assert [one for one in wrong if one] == []


def test_every_fact_of_a_field_is_named_by_its_words() -> None:
    for code, facts in FACTS_OF_A_FIELD.items():
        assert placeholders(refusal_rows()[code]) == set(facts)


def test_every_key_of_the_database_gives_what_the_words_name() -> None:
    for code in REFUSED_BY.values():
        assert placeholders(refusal_rows()[code]) == OF_A_KEY.get(code, set()), code


def test_no_words_are_for_nothing() -> None:
    assert sorted(set(refusal_rows()) - literals()) == []


def test_every_no_is_told_in_both_languages() -> None:
    for code, row in refusal_rows().items():
        assert re.search("[\u4e00-\u9fff]", row.zh), code
        assert re.search("[\u4e00-\u9fff]", row.remedy_zh), code
        assert re.sub(r"[“”’…×§\u4e00-\u9fff]", "", row.en + row.remedy_en).isascii(), code
        assert re.search("[a-z]", row.en), code
        assert re.search("[a-z]", row.remedy_en), code


def test_a_refusal_is_shown_with_its_facts_in_place() -> None:
    no = refusal("already_declared", "offer.patent_number", number="201910065946.9")
    assert no == Refusal(code="already_declared", where="offer.patent_number", facts={"number": "201910065946.9"})
    assert str(no) == "already_declared @ offer.patent_number (number=201910065946.9)"
    told = refusal_json(no)
    assert (told["code"], told["where"], told["article"]) == ("already_declared", "offer.patent_number", "D-33")
    assert told["en"] == "the patent 201910065946.9 already has a live declaration"
    assert set(told) == {"code", "where", "facts", *Told._fields}


def test_what_a_fact_says_is_no_placeholder() -> None:
    assert "{why} {0}" in refusal_text(refusal("not_a_day", given="{why} {0}")).en


def test_a_refusal_of_a_newer_release_is_still_told() -> None:
    told = refusal_text(refusal("not_known_here", day="2026-11-20"))
    assert "not_known_here" in told.zh
    assert "day 2026-11-20" in told.en
    assert "?" in refusal_text(Refusal(code="already_declared")).en


FORMS = {
    r"platform|scheme|call|docs/schemes\.md": "",
    r"(PL|IR|GL)-\d+(\.\d+)?(-\d+|\(\d+\))?( \((\{bar\}|E\d)\))?": "| PL-n,",
    r"GL I-[\d.-]+|(Examination )?Guidelines V-[\d.-]+(\(\d\))?": "Examination Guidelines V-n",
    r"Patent Law arts?\. [\d(), ]+": "Patent Law art. n",
    r"Implementing Regulations rule \d+(\(\d\))?": "Implementing Regulations rule n",
    r"Civil Code (arts?\. )?[\d, ]+": "Civil Code n",
    r"Order 62( art\. \d+)?": "Order 62",
    r"Transformation Law \d+|Law on Promoting Transformation art\. [\d()]+": "Transformation Law n",
    r"Measures 2000|Rules 2001 arts\. 51 to 53": "Measures 2000, Rules 2001",
    r"Measures 2026": "Measures 2026",
    r"Zhejiang Regulations on Promoting Transformation art\. [\d()]+": "Zhejiang Regulations",
    r"July 2024 notice": "July 2024 notice",
    r"Caishui 2018 no\. 58": "Caishui 2018 no. 58",
    r"Announcement 82 of 2015": "Announcement 82 of 2015",
    r"GB 32100-2015|GB/T 2260": "GB 32100-2015",
    r"R[1-7]": "| R1 |",
    r"\{(article|clause|rule)\}": "",
}
"""Each form of an article, and the row of docs/references.md that explains it."""


def _unexplained(article: str, explained: str, pages: set[str]) -> bool:
    if re.fullmatch(r"D-\d\d", article):
        return f"00{article[2:]}" not in pages
    if re.fullmatch(r"decision \d{4}", article):
        return article.removeprefix("decision ") not in pages
    if re.fullmatch(r"L-\d\d", article):
        return f"| {article} |" not in explained
    row = next((row for form, row in FORMS.items() if re.fullmatch(form, article)), None)
    return row is None or row not in explained


def test_every_article_is_an_instrument_a_decision_or_a_rule_that_is_explained() -> None:
    explained = (ROOT / "docs" / "references.md").read_text(encoding="utf-8")
    pages = {path.name[:4] for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")}
    wrong = {
        code: article
        for code, row in refusal_rows().items()
        for article in re.split(r"; |, (?=[A-Z])", row.article)
        if _unexplained(article, explained, pages)
    }
    assert wrong == {}


def test_the_steps_of_a_determination_cite_what_the_refusal_cites() -> None:
    assert {code: refusal_rows()[code].article for code in TERMS_ARTICLES} == TERMS_ARTICLES
