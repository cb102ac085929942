"""Text that two programs could read differently is refused, with its place."""

import pytest

from schemas.values.refusal import Refused
from schemas.wire.json_text import decoded, parse_json
from texts.words import refusal_text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": 1, "a": 2}', "field_twice"),
        ('{"a": NaN}', "json_malformed"),
        ("[" * 100_000, "json_malformed"),
        ('{"a": ' + "1" * 5_000 + "}", "json_malformed"),
        ("", "json_malformed"),
    ],
)
def test_json_that_programs_read_differently_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as error:
        parse_json(text, "body")
    assert error.value.refusals[0].code == code


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
