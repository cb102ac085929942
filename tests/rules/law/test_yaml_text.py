"""YAML is read as strictly as JSON: what programs read differently is refused, with its place, before it costs time."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml import safe_dump

from rules.law.yaml_text import LONGEST_YAML, parse_yaml, places_in, text_of, typed
from schemas.values.refusal import Refused
from schemas.wire.reading import DEEPEST, MOST_VALUES
from tests.processor_time import least_of_three
from texts.words import refusal_text

BOMB = "a0: &a0 [x,x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
TEN_MEGABYTES = 10 * 1024 * 1024
DEFECTS = {
    "a key twice": ("a: 1\nb: 2\na: 3\n", "field_twice", 3, 1),
    "a key twice in a flow": ("a: {b: 1, b: 2}\n", "field_twice", 1, 11),
    "an alias": ("a: 1\nb: *a\n", "json_malformed", 2, 4),
    "an anchor that nobody uses": ("a: &a 1\n", "json_malformed", 1, 4),
    "a merged mapping": ("a: &a {b: 1}\nc: {<<: *a}\n", "json_malformed", 1, 4),
    "a tag": ("a: !!int 1\n", "json_malformed", 1, 4),
    "a tag of Python": ("a: !!python/object/apply:os.system [ls]\n", "json_malformed", 1, 4),
    "a directive": ("# x\n%YAML 1.1\n---\na: 1\n", "json_malformed", 2, 1),
    "two documents": ("a: 一\n---\nb: 2\n", "json_malformed", 2, 1),
    "two documents, the first closed": ("a: 1\n...\n---\nb: 2\n", "json_malformed", 3, 1),
    "a list as a key": ("? [a, b]\n: 1\n", "json_malformed", 1, 3),
    "a control character": ("a: 1\nb: 一\x0b二\n", "json_malformed", 2, 5),
    "a character in a key that nobody sees": ("b: 1\na\u200b: 2\n", "json_malformed", 2, 1),
    "a byte order mark inside": ("a: 1\n\ufeffb: 2\n", "json_malformed", 2, 1),
    "a bracket that is not closed": ("a: [1\nb: 2\n", "json_malformed", 2, 2),
    "a tab as indentation": ("a:\n\tb: 1\n", "json_malformed", 2, 1),
    "too deep": ("[" * (DEEPEST + 1), "json_malformed", 1, DEEPEST + 1),
    "a key as long as a page": (f"{'k' * 900}: 1\n", "json_malformed", 1, 1),
}
HOSTILE = {
    "aliases that stand for 10^9 values": BOMB,
    "10 MB of brackets": "[" * TEN_MEGABYTES,
    "brackets": "[" * (LONGEST_YAML - 9),
    "brackets, each on its line": "[\n" * (LONGEST_YAML // 2 - 9),
    "braces": "{" * (LONGEST_YAML - 9),
    "lists in one line": "- " * (LONGEST_YAML // 2 - 9),
    "mappings inside each other": "".join(" " * n + "a:\n" for n in range(1_400)),
    "many values": "- a\n" * (LONGEST_YAML // 4 - 9),
    "many empty lists": f"[{'[],' * (LONGEST_YAML // 3 - 9)}]",
    "many directives": "%TAG !a! b\n" * (LONGEST_YAML // 11 - 9),
    "directives after the document": "a\n...\n" + "%TAG !a! b\n" * (LONGEST_YAML // 11 - 9),
    "many documents": "---\n" * (LONGEST_YAML // 4 - 9),
    "a text that is not closed": 'a: "' + "x\n" * (LONGEST_YAML // 2 - 9),
    "a key twice at the end": "".join(f"k{n}: 1\n" for n in range(MOST_VALUES - 1)) + "k0: 1\n",
    "a huge key": f"? {'k' * (LONGEST_YAML - 9)}\n: 1",
    "colons": "a: " * (LONGEST_YAML // 3 - 9),
    "question marks": "? " * (LONGEST_YAML // 2 - 9),
}


def refused(text: str, **how: Any) -> tuple[str, str, str]:
    with pytest.raises(Refused) as error:
        parse_yaml(text, "body.yaml", **how)
    (no,) = error.value.refusals
    assert no.where == "body.yaml"
    told = refusal_text(no)
    for text_told in (told.zh, told.en):
        assert "?" not in text_told
        assert no.facts["line"] in text_told
        assert no.facts["column"] in text_told
    return no.code, no.facts["line"], no.facts["column"]


@pytest.mark.parametrize("defect", DEFECTS)
@pytest.mark.parametrize("scalar", [text_of, typed])
def test_what_programs_read_differently_is_refused_with_its_place(defect: str, scalar: Any) -> None:
    text, code, line, column = DEFECTS[defect]
    assert refused(text, scalar=scalar) == (code, str(line), str(column))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_refused_within_a_second(hostile: str) -> None:
    assert least_of_three(lambda: refused(HOSTILE[hostile])) < 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\n", {"a": 1}),
        ("a: 2026-11-20\n", {"a": date(2026, 11, 20)}),
        ('a: "0.5"\n', {"a": "0.5"}),
        ("a: null\n", {"a": None}),
        ("a: [true, 一]\n", {"a": [True, "一"]}),
        ("1: a\n", {1: "a"}),
    ],
)
def test_a_file_without_a_form_has_whole_numbers_days_and_truth(text: str, value: Any) -> None:
    assert parse_yaml(text, "x", typed) == value


@pytest.mark.parametrize(
    "text", ["a: 0.5", "a: 1_0", "a: 0x1F", "a: 017", "a: yes", "a: 2026-13-01", "a: 1:30", "a: .inf"]
)
def test_what_looks_like_another_value_than_it_is_must_be_quoted(text: str) -> None:
    assert refused(text, scalar=typed) == ("json_malformed", "1", "4")
    assert parse_yaml(text, "x") == {"a": text[3:]}


def test_comments_blank_lines_and_the_marks_of_one_document_are_no_defect() -> None:
    assert parse_yaml("# a\n---\na: 一\n...\n# b\n\n", "x") == {"a": "一"}
    assert parse_yaml("", "x") is None
    assert parse_yaml("# nothing\n", "x") is None


def test_every_value_has_its_place() -> None:
    assert places_in("a:\n  - b: 1\n    c: 2\n  - 3\n", "x") == {
        ("a",): (1, 1),
        ("a", 0): (2, 5),
        ("a", 0, "b"): (2, 5),
        ("a", 0, "c"): (3, 5),
        ("a", 1): (4, 5),
    }


WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9)
TREES = st.recursive(
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, TREES, max_size=5))
def test_what_another_program_writes_is_read_as_it_was(tree: dict[str, Any]) -> None:
    assert parse_yaml(safe_dump(tree, allow_unicode=True, default_style='"'), "x") == tree
