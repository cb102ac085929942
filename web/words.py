"""The words of the console in both languages; those of acts, stages, refusals and tasks are in ``texts``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from texts.lines import Language, Said, said_of
from texts.rows import TextFault, read_rows

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
