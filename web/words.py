"""The words of the console in both languages; those of acts, stages, refusals and tasks are in ``texts``."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from schemas.values.refusal import Refusal
from texts.lines import Language, Said, said_of
from texts.rows import TextFault, read_rows
from texts.words import field_name as name_in
from texts.words import finding_text, name_of, name_rows, refusal_in, task_text

FOLDER = Path(__file__).parent / "locale"


@cache
def words() -> Mapping[str, Said]:
    """Every word by its key; raises TextFault where a key stands in two files."""
    rows: dict[str, Said] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        read = read_rows(path, said_of)
        twice = sorted(set(rows) & set(read))
        if twice:
            raise TextFault(f"{path.name}: {', '.join(twice)} stands in another file as well; keep one")
        rows |= read
    return rows


def word(key: str, language: Language, **facts: object) -> str:
    """A text of the console, filled with its facts; raises KeyError where there is none."""
    text: str = getattr(words()[key], language)
    return text.format_map({name: str(value) for name, value in facts.items()}) if facts else text


def heading(key: str, language: Language) -> str:
    """What stands above a column: a text of the console, else what people call the field."""
    return word(key, language) if key in words() else field_name(key, language)


def task_in(what: str | None, language: Language) -> str:
    """What a task asks of a person; the code itself where an older release recorded it, nothing where there is none."""
    return _said(task_text(what), what, language) if what else ""


def role_in(role: str | None, language: Language) -> str:
    """What people call a role; nothing where nobody is meant."""
    return name_of("roles", role, language) if role else ""


def whys_in(refusals: Iterable[Refusal], language: Language) -> str:
    """Why not, in one cell."""
    return " ".join(refusal_in(why, language).what for why in refusals)


def finding_in(code: str, language: Language) -> str:
    """What a finding says, likewise."""
    return _said(finding_text(code), code, language)


def _said(said: Said | None, code: str, language: Language) -> str:
    return str(getattr(said, language)) if said else code


def field_name(name: str, language: Language) -> str:
    """What people call a field of a form: of an act, or of the console's own."""
    own = words().get(f"field.{name}")
    return name_in(name, language) if own is None else str(getattr(own, language))


def value_name(field: str, value: str, language: Language) -> str:
    """What people call a value of a field; the value itself where it is a word of nobody's."""
    if (said := words().get(f"value.{field}.{value}") or name_rows("values").get(f"{field}.{value}")) is not None:
        return str(getattr(said, language))
    return value
