"""What the command line says of itself, in one language; read without anything that knows an act."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from texts.rows import FOLDER, LANGUAGES, read_rows, texts_of

Language = Literal["zh", "en"]
Lines = Literal["commands", "options", "columns", "placeholders", "heads", "sentences", "demo"]


class Said(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str


def line_text(kind: Lines, key: str, language: Language, **facts: object) -> str:
    """A text of the command line; raises KeyError where there is none."""
    text: str = getattr(line_rows(kind)[key], language)
    return text.format_map({name: str(value) for name, value in facts.items()}) if facts else text


@cache
def line_rows(kind: Lines) -> Mapping[str, Said]:
    """Every text of that kind that the command line shows."""
    return read_rows(FOLDER / "command_line" / f"{kind}.yaml", said_of)


def said_of(fields: Mapping[str, Any]) -> Said:
    """The texts of a row."""
    return Said(*texts_of(fields, *LANGUAGES))
