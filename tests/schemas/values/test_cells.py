"""Days, amounts, whole numbers and rates as people, spreadsheets and programs write them are read in one way."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from rules.questions.registry import RULES
from schemas.schemes.inputs import CallInputs, YearInputs
from schemas.statements.royalty import Percent, YearsFromEffect
from schemas.statements.share import Percent as Share
from schemas.values.calendar import YearTable
from schemas.values.cells.reading import CELLS
from schemas.values.model import Day, Model, ShortText
from schemas.values.money import Money
from schemas.values.refusal import Refused
from schemas.wire.form import filled
from tests.contracts.shapes import TRAVELLING

DAYS = st.dates(date(1985, 4, 1), date(2199, 12, 31))


class Row(Model):
    """One of each."""

    on: Day = date(2026, 11, 5)
    amount: Money = Money(0)
    rate: Percent = Decimal(3)
    share: Share = Decimal(3)
    text: ShortText = "-"
    term: YearsFromEffect = YearsFromEffect(years=1)


def read(**cells: Any) -> Row:
    return filled(Row, cells)


def refused(**cells: Any) -> str:
    with pytest.raises(Refused) as no:
        read(**cells)
    (one,) = no.value.refusals
    return one.code


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-05",
        "2026-11-5",
        "2026/11/5",
        "2026.11.05",
        "20261105",
        "2026年11月5日",
        "2026 年 11 月 5 日",
        "２０２６年１１月５日",
        "２０２６－１１－０５",
        " 2026-11-05\t",
        "2026-11-05 00:00:00",
        "2026/11/5 0:00",
        "2026-11-05T00:00:00",
        "2026-11-05T00:00:00.000",
        "2026-11-05T00:00:00+08:00",
        "2026-11-05T00:00:00Z",
        "2026-11-04T16:00:00Z",
        "2026-11-04T16:00:00.000Z",
        "2026-11-05 01:00+0900",
    ],
)
def test_a_day_is_read_as_it_is_written_anywhere(written: str) -> None:
    assert read(on=written).on == date(2026, 11, 5)


@given(
    DAYS,
    st.sampled_from(["{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0:%Y%m%d}", "{0.year}年{0.month}月{0.day}日"]),
)
def test_every_day_is_read_as_itself(day: date, form: str) -> None:
    assert read(on=form.format(day)).on == day


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("05/11/2026", "day_order_unclear"),
        ("25.12.2026", "day_order_unclear"),
        ("46331", "day_as_number"),
        ("46331.0", "day_as_number"),
        ("2026-11-05 08:30", "day_with_time"),
        ("2026-11-05T23:59:59.999", "day_with_time"),
        ("2026-11-05T00:00:00.5", "day_with_time"),
        ("2026-11-05T00:00:00+09:00", "day_with_time"),
        ("2026-11-04T15:00:00Z", "day_with_time"),
        ("2026-02-30", "not_a_day"),
        ("20260230", "not_a_day"),
        ("2026-13-01", "not_a_day"),
        ("2026/11-05", "not_a_day"),
        ("26-11-05", "not_a_day"),
        ("2026-11", "not_a_day"),
        ("2026-11-05T24:00", "not_a_day"),
        ("2026-11-05T00:00:00+99:00", "not_a_day"),
        ("9999-12-31T16:00:00Z", "not_a_day"),
        ("1795824000", "not_a_day"),
        ("yesterday", "not_a_day"),
        (20261105, "not_a_day"),
        (46331, "not_a_day"),
        (46331.0, "not_a_day"),
        (True, "not_a_day"),
    ],
)
def test_what_can_be_read_as_two_days_or_as_none_is_refused_with_its_reason(written: Any, code: str) -> None:
    assert refused(on=written) == code


@given(DAYS.filter(lambda day: day > date(1990, 1, 1)))
def test_a_spreadsheets_number_of_a_day_is_refused_with_both_days_that_it_can_be(day: date) -> None:
    with pytest.raises(Refused) as no:
        read(on=str((day - date(1899, 12, 30)).days))
    facts = no.value.refusals[0].facts
    assert facts["first"] == day.isoformat()
    assert facts["second"] == (day + timedelta(days=1462)).isoformat()


@pytest.mark.parametrize(
    "written",
    [
        "10000",
        "10,000",
        "10,000.00 元",
        "¥10000.0",
        "￥10,000元",
        "１００００",
        "１０，０００．００",
        "人民币10000元整",
        "RMB 10,000",
        " 10000 ",
    ],
)
def test_an_amount_is_read_as_people_write_it(written: str) -> None:
    assert read(amount=written).amount == Money(1_000_000)


@pytest.mark.parametrize("written", ["-10,000.00", "−10000", "￥-10000", "-￥10,000"])
def test_what_is_taken_back_keeps_its_sign(written: str) -> None:
    assert read(amount=written).amount == Money(-1_000_000)


@pytest.mark.parametrize(
    "written",
    [
        "1,00",
        "10,0000",
        ",100",
        "1万",
        "一万",
        "1e4",
        "1_000",
        "10 000",
        "1.005",
        "--1",
        "$5",
        "(5)",
        "NaN",
        "",
        5,
        5.0,
        True,
    ],
)
def test_an_amount_that_can_be_read_in_two_ways_is_refused(written: Any) -> None:
    assert refused(amount=written) == "not_money"


@given(st.integers(-(10**17) + 1, 10**17 - 1))
def test_every_amount_with_thousands_apart_is_read_to_the_fen(fen: int) -> None:
    sign, (yuan, rest) = "-" if fen < 0 else "", divmod(abs(fen), 100)
    assert read(amount=f"￥{sign}{yuan:,}.{rest:02}元").amount == Money(fen)


@pytest.mark.parametrize("written", ["3.5", "3.5%", "３．５％", " 3.5 % "])
def test_a_rate_is_percent_with_or_without_its_sign(written: str) -> None:
    row = read(rate=written, share=written)
    assert (row.rate, row.share) == (Decimal("3.5"), Decimal("3.5"))


@pytest.mark.parametrize("written", ["3,5", "3‰", "1e1", "1_0", "%", "3%%", 3.5, True])
def test_a_rate_that_can_be_read_in_two_ways_is_refused(written: Any) -> None:
    assert refused(rate=written) in ("not_a_percentage", "float_rate")
    assert refused(share=written) == "not_a_percentage"


@pytest.mark.parametrize("written", ["10", "１０", " 10 ", 10])
def test_a_whole_number_is_digits(written: Any) -> None:
    assert read(term={"form": "years_from_effect", "years": written}).term.years == 10


@pytest.mark.parametrize("written", ["1_0", "1e1", "10.0", "+10", "0x10", "十", "", "true", True, 10.0, "9" * 19])
def test_a_whole_number_is_nothing_else(written: Any) -> None:
    assert refused(term={"form": "years_from_effect", "years": written}) == "not_a_whole_number"


def test_a_character_of_nobodys_table_is_told_with_its_place() -> None:
    with pytest.raises(Refused) as no:
        read(text="一种\ue5e5装置")
    assert no.value.refusals[0].facts == {"character": "U+E5E5", "place": "3"}


def test_what_travels_between_programs_has_one_form_only() -> None:
    for told in ({"on": "20261105"}, {"amount": "1,000"}, {"rate": "3%"}):
        with pytest.raises(ValidationError):
            Row.model_validate(told)


def _fields(form: Any, kind: type, seen: set[Any]) -> Iterator[tuple[str, Any]]:
    """Every field of that kind, or of it and None, in the models that a form is made of."""
    if isinstance(form, type) and issubclass(form, BaseModel):
        if form in seen:
            return
        seen.add(form)
        for name, field in form.model_fields.items():
            inner = get_args(field.annotation)
            if kind is field.annotation or any(kind is one or get_args(one)[:1] == (kind,) for one in inner):
                yield f"{form.__name__}.{name}", Annotated[field.annotation, *(field.metadata or ("",))]
            yield from _fields(field.annotation, kind, seen)
    for one in get_args(form):
        yield from _fields(one, kind, seen)


FORMS = [
    *(adapter._type for name, adapter in TRAVELLING.items() if name.endswith(" acts")),
    *(rule.inputs for rule in RULES.values()),
    YearInputs,
    CallInputs,
    YearTable,
]


@pytest.mark.parametrize(
    ("kind", "known", "no_such"),
    [
        (int, {"Running.report_within_days", "UnitPriceStep.from_year"}, (True, "1_0", 3.0, "3.0")),
        (date, {"TakeOverDeclaration.announced_on", "Submit.on"}, (1795824000, "1795824000", 46331)),
    ],
)
def test_no_field_of_any_form_takes_what_is_none(kind: type, known: set[str], no_such: tuple[Any, ...]) -> None:
    seen: set[Any] = set()
    found = [one for form in FORMS for one in _fields(form, kind, seen)]
    assert known <= {name for name, _ in found}
    wrong = []
    for name, field in found:
        for told in no_such:
            try:
                TypeAdapter(field).validate_python(told, context=CELLS)
                wrong.append((name, told))
            except ValidationError:
                pass
    assert wrong == []
