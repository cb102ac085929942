"""Every printed form of a number is the same patent; a wrong check character is none."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.settings import ROOT
from schemas.values.patent_number import PatentKind, PatentNumber, check_character, filed_in, parse_patent_number

_SERIALS = st.from_regex(r"[0-9]{7}", fullmatch=True)
_NEW = st.builds("{}{}{}".format, st.integers(2003, 2030), st.sampled_from("12389"), _SERIALS)
_FEW = st.from_regex(r"[0-9]{5}", fullmatch=True)
_OLD = st.builds("{:02d}{}{}".format, st.integers(0, 99), st.sampled_from("12389"), _FEW)
_PRINTS = st.sampled_from(["{}.{}", "ZL{}.{}", "ZL {}.{}", "CN{}.{}", "zl{}{}", "　ＺＬ {} . {}"])
KINDS = {"发明": PatentKind.INVENTION, "实用新型": PatentKind.UTILITY_MODEL, "外观设计": PatentKind.DESIGN}


def _code(printed: str) -> str:
    with pytest.raises(ValueError, match="number_") as error:
        parse_patent_number(printed)
    return str(error.value)


@given(_NEW | _OLD, _PRINTS)
def test_every_printed_form_is_the_same_number(digits: str, printed: str) -> None:
    canonical = f"{digits}.{check_character(digits)}"
    assert parse_patent_number(printed.format(digits, check_character(digits))) == canonical
    assert parse_patent_number(canonical) == canonical


@given(_NEW | _OLD, st.data())
def test_one_mistyped_digit_is_noticed(digits: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(5 if len(digits) == 12 else 3, len(digits) - 1))
    other = data.draw(st.sampled_from([one for one in "0123456789" if one != digits[place]]))
    mistyped = digits[:place] + other + digits[place + 1 :]
    assert _code(f"{mistyped}.{check_character(digits)}") == "number_check_failed"


def test_all_numbers_of_the_examples_are_true_and_of_the_kind_that_is_printed() -> None:
    with (ROOT / "examples" / "patents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 60
    false = []
    for row in rows:
        try:
            number = parse_patent_number(row["number_as_printed"])
        except ValueError:
            false.append(row["number_as_printed"])
        else:
            assert number.kind is KINDS[row["kind_by_digit"]], row
    assert len(false) <= 4  # the made-up ones


@pytest.mark.parametrize(
    ("printed", "canonical", "kind", "year"),
    [
        ("02139508.X", "02139508.X", PatentKind.INVENTION, 2002),
        ("ZL 02139508.x", "02139508.X", PatentKind.INVENTION, 2002),
        ("ZL201910065946.9", "201910065946.9", PatentKind.INVENTION, 2019),
        ("ｚｌ２０１９１００６５９４６．９", "201910065946.9", PatentKind.INVENTION, 2019),
        ("ｃｎ０２１３９５０８．ｘ", "02139508.X", PatentKind.INVENTION, 2002),
        ("202220769416.X", "202220769416.X", PatentKind.UTILITY_MODEL, 2022),
    ],
)
def test_kind_and_year_are_read_from_the_number(printed: str, canonical: str, kind: PatentKind, year: int) -> None:
    number = parse_patent_number(printed)
    assert (number, number.kind, number.filing_year) == (canonical, kind, year)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("", "number_malformed"),
        ("ZL", "number_malformed"),
        ("2019100659469X", "number_malformed"),
        ("20191006594.6", "number_malformed"),
        ("US201910065946.9", "number_malformed"),
        ("199910065946.9", "number_malformed"),
        ("201910065946.9 x", "number_malformed"),
        ("2019100659٤6.9", "number_malformed"),
        ("201970065946.9", "number_kind_unknown"),
        ("201910065946.8", "number_check_failed"),
        ("02139508.1", "number_check_failed"),
    ],
    ids=ascii,
)
def test_a_wrong_number_says_what_is_wrong_with_it(printed: str, code: str) -> None:
    assert _code(printed) == code


def test_the_years_of_eight_digit_numbers_begin_with_the_law() -> None:
    assert PatentNumber("85100001.0").filing_year == 1985
    assert PatentNumber("03100001.0").filing_year == 2003


def test_a_divisional_keeps_the_earlier_day_and_no_number_is_older_than_its_filing() -> None:
    number = parse_patent_number("201910065946.9")
    assert filed_in(number, date(2019, 1, 23))
    assert filed_in(number, date(2017, 5, 1))
    assert not filed_in(number, date(2020, 1, 1))
