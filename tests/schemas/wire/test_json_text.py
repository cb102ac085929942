"""Text that two programs could read differently is refused, with its place."""

from typing import Any

import pytest

from schemas.values.refusal import Refused
from schemas.wire.json_text import decoded, parse_json
from schemas.wire.reading import DEEPEST, MOST_VALUES
from tests.processor_time import least_of_three
from texts.words import refusal_text

TEN_MEGABYTES = 10 * 1024 * 1024
DEFECTS = {
    "a key twice": ('{"a": 1,\n "a": 2}', "field_twice", 2, 2),
    "a key twice, written otherwise": ('{"a": 1, "\\u0061": 2}', "field_twice", 1, 10),
    "a key twice, deep inside": ('[{"b": {"a": [{}, 1], "c": "a:", "a": 2}}]', "field_twice", 1, 34),
    "no number": ('{"a": NaN}', "json_malformed", 1, 7),
    "a number without end": ('{"a": -Infinity}', "json_malformed", 1, 7),
    "a number that is too large to be one": ('{"a": 1e999}', "json_malformed", 1, 7),
    "a number of 5,000 digits": ('{"a":\n ' + "1" * 5_000 + "}", "json_malformed", 2, 2),
    "too deep": ("[" * 100_000, "json_malformed", 1, DEEPEST + 1),
    "nothing": ("", "json_malformed", 1, 1),
    "a control character": ('{"a": "b\x0b"}', "json_malformed", 1, 9),
    "a character in a key that nobody sees": ('{"a\u200b": 1}', "json_malformed", 1, 2),
    "a key as long as a page": ('{"' + "k" * 900 + '": 1}', "json_malformed", 1, 2),
    "a comma too many": ('{"a": 1,}', "json_malformed", 1, 9),
    "two values": ("{} {}", "json_malformed", 1, 4),
}
HOSTILE = {
    "10 MB of brackets": "[" * TEN_MEGABYTES,
    "10 MB of objects inside each other": '{"a":' * (TEN_MEGABYTES // 5),
    "10 MB of digits": "1" * TEN_MEGABYTES,
    "10 MB of an exponent": "1e" + "9" * TEN_MEGABYTES,
    "10 MB of commas": "," * TEN_MEGABYTES,
    "10 MB of numbers": f"[{'1,' * (TEN_MEGABYTES // 2)}1]",
    "10 MB of empty objects": f"[{'{},' * (TEN_MEGABYTES // 3)}" + "{}]",
    "10 MB of blanks": " " * TEN_MEGABYTES,
    "a key of 10 MB": '{"' + "k" * TEN_MEGABYTES + '": 1}',
    "a key of 10 MB in escapes": '{"' + "\\u0041" * (TEN_MEGABYTES // 6) + '": 1}',
    "a text of 10 MB that is not closed": '"' + "x" * TEN_MEGABYTES,
    "10 MB of quotation marks": '"' * TEN_MEGABYTES,
    "a key twice at the end": "{" + ",".join(f'"k{n}":1' for n in range(MOST_VALUES - 1)) + ',"k0":1}',
    "no number at the end": f"[{'1,' * (MOST_VALUES - 1)}NaN]",
}


def refused(text: str) -> tuple[str, str, str]:
    with pytest.raises(Refused) as error:
        parse_json(text, "body")
    (no,) = error.value.refusals
    told = refusal_text(no)
    for said in (told.zh, told.en):
        assert no.facts["line"] in said
        assert no.facts["column"] in said
        assert len(said) < 400
    return no.code, no.facts["line"], no.facts["column"]


@pytest.mark.parametrize("defect", DEFECTS)
def test_json_that_programs_read_differently_is_refused_with_its_place(defect: str) -> None:
    text, code, line, column = DEFECTS[defect]
    assert refused(text) == (code, str(line), str(column))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_refused_within_a_second(hostile: str) -> None:
    assert least_of_three(lambda: refused(HOSTILE[hostile])) < 1


@pytest.mark.parametrize(
    "value",
    ["[" * DEEPEST + "]" * DEEPEST, '{"a": "' + "，," * MOST_VALUES + '"}', '[{"a": 1}, {"a": 1}]', "1e99", "-0.5"],
)
def test_what_is_unusual_and_clear_is_read(value: str) -> None:
    read: Any = parse_json(value, "body")
    assert read is not None


@pytest.mark.parametrize(("body", "guess"), [("期限".encode("gb18030"), "GB18030"), (b"{\xff}", "not UTF-8")])
def test_other_encodings_are_named_as_far_as_they_can_be(body: bytes, guess: str) -> None:
    with pytest.raises(Refused) as error:
        decoded(body, "facts.json")
    (reason,) = error.value.refusals
    assert (reason.code, reason.where) == ("encoding_unknown", "facts.json")
    assert guess in refusal_text(reason).en


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert parse_json(decoded(b"\xef\xbb\xbf{}", "facts.json"), "facts.json") == {}


def test_a_defect_in_a_line_of_a_file_is_told_with_the_line_of_the_file() -> None:
    with pytest.raises(Refused) as error:
        parse_json('{"a": ', "7", first_line=7)
    assert "line 7, column 7 " in refusal_text(error.value.refusals[0]).en
