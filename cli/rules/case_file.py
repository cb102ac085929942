"""Case files: what a lawyer expects of a rule, as sentences with facts; every defect is named with its line.

A file names a ``rule`` or a ``scheme`` and has ``cases``. A case is a sentence, a day ``as_of``, ``facts`` and what to
``expect`` of them: ``result`` (line -> yuan), ``answers`` (name -> text), ``unknown`` (what must be asked)
or ``refused`` (a code). Only what is named is compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from cli.files.given import read_file
from cli.typed.mistakes import mistyped
from rules.law.yaml_text import Place, parse_yaml, places_in, typed
from schemas.values.model import Day, Model, ShortText, Text
from schemas.values.money import Money
from schemas.values.refusal import Refused
from schemas.wire.form import file_defects
from schemas.wire.json_text import decoded
from texts.words import refusal_text


def _as_text(answer: Any) -> Any:
    """A day or a whole number is what it looks like; true and false would not be *yes* and *no*."""
    if isinstance(answer, date):
        return answer.isoformat()
    return str(answer) if type(answer) is int else answer


class Expected(Model):
    """What a case expects; what is not named is not compared."""

    result: Annotated[dict[str, Money], Field(min_length=1)] | None = None
    answers: Annotated[dict[str, Annotated[str, BeforeValidator(_as_text)]], Field(min_length=1)] | None = None
    unknown: tuple[ShortText, ...] | None = None
    """All that must be asked, in any order; an empty list expects that nothing is unknown."""
    refused: ShortText | None = None

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("expects_nothing", "a case without an expectation proves nothing; add one")
        if self.refused is not None and len(self.model_fields_set) > 1:
            raise PydanticCustomError("refused_has_no_result", "what is refused has no result, answer or unknown")
        return self


class Case(Model):
    """One sentence with its facts."""

    case: Text
    as_of: Day
    facts: dict[str, Any]
    expect: Expected


class CaseFile(Model):
    """The cases of one rule or one scheme."""

    rule: ShortText | None = None
    scheme: ShortText | None = None
    cases: tuple[Case, ...]

    @model_validator(mode="after")
    def _is_about_one_thing(self) -> Self:
        if (self.rule is None) is (self.scheme is None):
            raise PydanticCustomError("rule_or_scheme", "a case file names one rule or one scheme")
        if not self.cases:
            raise PydanticCustomError("no_cases", "a case file has cases; add one, or remove the file")
        return self


class PlacedCase(NamedTuple):
    """A case and where it stands."""

    path: Path
    line: int
    about: CaseFile
    case: Case


class CaseDefect(NamedTuple):
    """What is wrong with a case file, and in which line."""

    where: str
    what: str


def case_paths(given: Sequence[Path]) -> tuple[Path, ...]:
    """The case files that were named, and those in the folders that were named; raises Refused where there is none."""
    paths: list[Path] = []
    for one in given:
        found = sorted(one.rglob("*.yaml")) if one.is_dir() else [one]
        if not found:
            raise mistyped(
                "file_unreadable",
                str(one),
                name=one,
                why_zh="其中没有案例文件（*.yaml）",
                why_en="no case file (*.yaml) is in it",
            )
        paths += found
    return tuple(dict.fromkeys(paths))


def read_cases(path: Path) -> tuple[list[PlacedCase], list[CaseDefect]]:
    """The cases of a file, or else all that is wrong with it."""
    try:
        text = decoded(read_file(str(path)), str(path))
        data = parse_yaml(text, str(path), typed)
        about = CaseFile.model_validate(data)
    except Refused as refused:
        return [], [CaseDefect(one.where, refusal_text(one).en) for one in refused.refusals]
    except ValidationError as error:
        return [], list(_defects(error, path, text))
    places = places_in(text, str(path))
    return [
        PlacedCase(path, _line(places, ("cases", number)), about, case) for number, case in enumerate(about.cases)
    ], []


def _defects(error: ValidationError, path: Path, text: str) -> Iterator[CaseDefect]:
    places = places_in(text, str(path))
    for one in file_defects(error, form=CaseFile):
        what = f"{one.where}: {one.said}" if one.where else one.said
        yield CaseDefect(f"{path}:{_line(places, one.loc)}", what)


def _line(places: Mapping[tuple[int | str, ...], Place], place: Sequence[int | str]) -> int:
    """The line, from 1, of a place in the document; of what is missing, the line of what it is missing from."""
    known = (
        places[tuple(place[:length])].line for length in range(len(place), 0, -1) if tuple(place[:length]) in places
    )
    return next(known, 1)
