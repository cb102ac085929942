"""What the pages of an evidence bundle say, in one language each."""

from collections.abc import Mapping
from functools import cache

from texts.lines import Language, Said, said_of
from texts.rows import FOLDER, read_rows


def bundle_text(key: str, language: Language, **facts: object) -> str:
    """A text of the pages, filled with its facts; raises KeyError where there is none."""
    text: str = getattr(bundle_rows()[key], language)
    return text.format_map({name: str(value) for name, value in facts.items()})


@cache
def bundle_rows() -> Mapping[str, Said]:
    """Every text of the pages."""
    return read_rows(FOLDER / "bundle.yaml", said_of)
