"""The law of one day: dated values as they are read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from rules.law.calendar import Calendar, corresponding_day
from rules.law.loader import ParameterFault, ParameterSet, bundled_parameters
from rules.law.recorder import Recorder
from schemas.values.determination import Citation, Determination, ResultLine, ValueRead
from schemas.values.due import DueDay
from schemas.values.money import Money
from schemas.values.parameter import DatedValue, Exact, Parameter


class Law(Recorder):
    """What the parameters say on ``as_of``; records what is read of them, and the steps, for one determination.

    Every reading raises ParameterFault when there is no such parameter, when no value holds on ``as_of``, or when the
    value of that day is only planned or a draft. Ask ``holds`` first where the absence of a value is an answer.
    """

    def __init__(self, as_of: date, parameters: ParameterSet | None = None) -> None:
        super().__init__()
        self.as_of = as_of
        self._set = parameters if parameters is not None else bundled_parameters()

    def holds(self, name: str) -> bool:
        """Whether a value of that name is law on ``as_of``; for a name without parameter, no (no such local rule)."""
        parameter = self._set.parameters.get(name)
        dated = parameter.on(self.as_of) if parameter else None
        return dated is not None and dated.status in ("in_force", "repealed")

    def local(self, region: str, name: str) -> str:
        """The full name of the most specific value of ``name`` that holds for ``region``: city, province, else nation.

        ``region`` is ``province``, ``province.city`` or empty. Where nothing holds it is the national name.
        """
        parts = region.split(".") if region else []
        places = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        return next((f"{one}.{name}" for one in places if self.holds(f"{one}.{name}")), f"national.{name}")

    def value(self, name: str, *keys: str) -> Exact:
        """The exact value; ``keys`` follow the parameter's ``by``. The reading is recorded."""
        parameter, dated = self._dated(name)
        if len(keys) != len(parameter.by):
            raise ParameterFault(f"{name} is looked up by ({', '.join(parameter.by)}), not by {keys}; give these keys")
        value: Any = dated.value
        for key in keys:
            if key not in value:
                raise ParameterFault(f"{name} has no value for {key!r} on {self.as_of}; known: {', '.join(value)}")
            value = value[key]
        self.keep(
            ValueRead(
                name=".".join((name, *keys)),
                value="、".join(value) if isinstance(value, tuple) else str(value),
                since=dated.since,
                citation=dated.cite,
                mark=dated.mark,
            )
        )
        exact: Exact = value
        return exact

    def number(self, name: str, *keys: str) -> Decimal:
        """The value as an exact number."""
        value = self.value(name, *keys)
        if not isinstance(value, int | Decimal):
            raise ParameterFault(f"{name} is {value!r}, not a number; ask for it with value or words")
        return Decimal(value)

    def whole(self, name: str, *keys: str) -> int:
        """The value as a whole number: days, months, years, characters."""
        value = self.value(name, *keys)
        if not isinstance(value, int):
            raise ParameterFault(f"{name} is {value!r}, not a whole number; ask for it with number")
        return value

    def money(self, name: str, *keys: str) -> Money:
        """The value as an amount of yuan; only for parameters whose unit is CNY."""
        parameter, _ = self._dated(name)
        if parameter.unit != "CNY":
            raise ParameterFault(f"{name} is in {parameter.unit}, not in CNY; ask for it with number")
        return Money.of(str(self.number(name, *keys)))

    def words(self, name: str, *keys: str) -> tuple[str, ...]:
        """The value as a list of words."""
        value = self.value(name, *keys)
        if not isinstance(value, tuple):
            raise ParameterFault(f"{name} is {value!r}, not a list of words; ask for it with value")
        return value

    def cite(self, name: str) -> Citation:
        """The provision that the value of ``as_of`` rests on."""
        return self._dated(name)[1].cite

    def mark(self, name: str) -> str:
        """Confidence of the value of ``as_of``; a deadline that rests on ``M`` is shown as provisional."""
        return self._dated(name)[1].mark

    def day_count(self, name: str, *keys: str) -> tuple[int, Literal["days", "working_days"]]:
        """A length in days, and how they are counted; raises ParameterFault for a length in another unit."""
        parameter, _ = self._dated(name)
        match parameter.unit, parameter.counted:
            case "days", None:
                return self.whole(name, *keys), "days"
            case "working days", "working_days":
                return self.whole(name, *keys), "working_days"
            case unit, counted:
                raise ParameterFault(f"{name}, {unit} counted {counted}, is no length in days; correct it")

    def period(self, calendar: Calendar, name: str, start: date, *keys: str) -> DueDay:
        """The day by which something is due, ``start`` not counted, in the calendar that the parameter names.

        A period whose length is only remembered (mark M) gives a provisional day.
        """
        length, (parameter, dated) = self.whole(name, *keys), self._dated(name)
        spans = {"months": {"months": length}, "years": {"years": length}, "days": {"days": length}}
        match parameter.counted, spans.get(parameter.unit):
            case "working_days", None:
                due = calendar.working_days(start, length)
            case "patent_law", dict() as span:
                due = calendar.patent_period(start, **span)
            case "civil", dict() as span:
                due = calendar.civil_period(start, **span)
            case "corresponding_day", dict() as span if "days" not in span:
                due = DueDay(by=corresponding_day(start, **span))
            case _:
                raise ParameterFault(f"{name}, {parameter.unit} counted {parameter.counted}, is no period; correct it")
        return DueDay(by=due.by, provisional=True, because="unconfirmed_value") if dated.mark == "M" else due

    def determination(
        self,
        rule: str,
        inputs: Mapping[str, str],
        result: Sequence[ResultLine],
        unknown: Sequence[str] = (),
        answers: Mapping[str, str] | None = None,
        laws: Iterable["Law"] = (),
    ) -> Determination:
        """Everything read and done so far, with the result; with something ``unknown`` the result must be empty.

        ``laws``: every law that was read, in order, where facts of several days were each judged by the law of theirs.
        """
        made = self.close(rule, self.as_of, inputs, result, self._set.content_hash, unknown, answers)
        reads = tuple(dict.fromkeys(read for law in laws for read in law.reads))
        return made.but(reads=reads) if reads else made

    def _dated(self, name: str) -> tuple[Parameter, DatedValue]:
        parameter = self._set.parameters.get(name)
        if parameter is None:
            raise ParameterFault(f"there is no parameter {name}; add its file or correct the name")
        dated = parameter.on(self.as_of)
        if dated is None:
            first, last = parameter.values[0].since, parameter.values[-1].until
            known = f"first known: {first}" + (f", last: {last}" if last else "")
            raise ParameterFault(f"{name} has no value on {self.as_of} ({known}); add it with its source")
        if dated.status in ("planned", "draft"):
            raise ParameterFault(f"{name} on {self.as_of} is only {dated.status}; confirm it before it is used")
        return parameter, dated
