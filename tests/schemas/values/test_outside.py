"""What the outside world names is the same thing however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.acts.royalty import BankLine
from schemas.statements.offer import Gazette
from schemas.values.model import ContentHash, Model, ShortText, Text
from schemas.values.money import STORED
from schemas.values.outside import WRITINGS, kept, normal
from schemas.values.patent_number import parse_patent_number, patent_name

LINE = {"bank": "中国银行", "account": "6217000010001234567", "serial": "00420017A"}


@pytest.mark.parametrize(
    ("field", "spelt"),
    [
        ("account", "6217 0000 1000 1234 567"),
        ("account", "6217-0000-1000-1234-567"),
        ("serial", "００４２００１７Ａ"),
        ("serial", "00420017A\u200b"),
        ("serial", "\ufeff0042\u00ad0017a"),
        ("serial", "0042\u30000017A\t"),
        ("bank", " 中国\u3000银行"),
        ("bank", "中国\ufe00银行\u2060"),
    ],
)
def test_a_bank_line_is_one_line_in_every_writing(field: str, spelt: str) -> None:
    line = BankLine.model_validate(LINE)
    assert BankLine.model_validate(LINE | {field: spelt}) == line
    assert BankLine.model_validate(LINE | {field: spelt}).receipt_id == line.receipt_id


def test_other_numbers_stay_other_numbers() -> None:
    lines = [LINE, LINE | {"serial": "42-0017A"}, LINE | {"serial": "42-0017B"}, LINE | {"bank": "中国工商银行"}]
    assert len({BankLine.model_validate(one).receipt_id for one in lines}) == len(lines)


def test_a_foreign_banks_name_keeps_its_words() -> None:
    assert normal("bank", "Bank  of\u00a0China ") == "BANK OF CHINA"


def test_what_was_recorded_keeps_its_words() -> None:
    recorded = LINE | {"serial": "ａ 1"}
    assert BankLine.model_validate(recorded, context=STORED).serial == "ａ 1"


def test_the_gazettes_dash_is_a_hyphen() -> None:
    assert Gazette(issue="42–50", item="１２ ") == Gazette(issue="42-50", item="12")


def test_a_documents_hash_is_read_in_capitals() -> None:
    class Paper(Model):
        paper: ContentHash

    assert Paper(paper="AB" * 32).paper == "ab" * 32


@pytest.mark.parametrize(
    "printed", ["201910065946.9", "ZL201910065946.9", "zl 2019 1006 5946.9", "ＺＬ２０１９１００６５９４６．９\u200b"]
)
def test_a_patent_is_one_patent_in_every_printed_form(printed: str) -> None:
    assert patent_name(printed) == parse_patent_number(printed) == "201910065946.9"
    assert patent_name(" us 9,123,456 b2") == "US9,123,456B2"


@pytest.mark.parametrize("printed", ["201910065946", "ZL 2019 1 0065946", "ＣＮ２０１９１００６５９４６"])
def test_a_patent_of_a_cap_is_named_without_its_check_character_too(printed: str) -> None:
    assert patent_name(printed) == "201910065946.9"
    assert patent_name("999999999999") == "999999999999"  # no Chinese number


@given(st.sampled_from(sorted(WRITINGS)), st.text(max_size=40))
def test_a_normal_form_is_its_own_normal_form(kind: str, text: str) -> None:
    assert normal(kind, normal(kind, text)) == normal(kind, text)


@pytest.mark.parametrize("text", ["a\u200b\u3000b", "\U00020000\U000e0001\U0001d11e"])
def test_a_name_is_the_same_name_when_its_characters_came_before(text: str) -> None:
    first = normal("bank", text)
    assert normal("bank", text) == normal("bank", text[::-1])[::-1] == first
    assert not {"\u200b", "\u3000", "\U000e0001"} & {*first}


class Written(Model):
    title: ShortText
    text: Text = "x"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("一种\x0b方法\x07", "一种方法"),
        ("一种\r\n（带散热）的灯", "一种（带散热）的灯"),
        ("LED\x0blamp\u200b", "LED lamp"),
        ("按费率\x1b[31m确定", "按费率[31m确定"),
        ("\ufeff\u202e一种\u2028方法\u200e", "一种方法"),
        ("ＬＥＤ灯（带散热）", "ＬＥＤ灯（带散热）"),
        ("ᠮᠣᠩᠭᠣᠯ\u202f\u180e", "ᠮᠣᠩᠭᠣᠯ\u202f\u180e"),
    ],
)
def test_a_text_is_stored_without_what_a_terminal_would_obey_and_nobody_sees(typed: str, stored: str) -> None:
    assert Written(title=typed).title == stored


def test_a_text_of_several_lines_keeps_them() -> None:
    assert Written(title="x", text="一\r\n二\x0b三\t四\x00"[:-1]).text == "一\n二\n三 四"


def test_a_text_that_was_recorded_keeps_its_characters() -> None:
    assert Written.model_validate({"title": "a\x07"}, context=STORED).title == "a\x07"


@given(st.text(), st.booleans())
def test_what_is_stored_is_stored_again_as_it_is(text: str, lines: bool) -> None:
    once = kept(text, lines=lines)
    assert kept(once, lines=lines) == once
    assert not {*once} & {chr(n) for n in (*range(1, 10), *range(11, 32), 0x7F, 0x9B, 0x200B, 0x202E)}
