"""What a lint has to say about one value, file or scheme."""

from typing import NamedTuple

from texts.lint import Level, lint_text


class Finding(NamedTuple):
    """``code`` is compared, never the texts; ``where`` is the file or the name and day of the value."""

    code: str
    level: Level
    where: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


def found(code: str, where: str, **facts: object) -> Finding:
    """The finding of that code, filled with the facts that its texts name."""
    level, *texts = lint_text(code, **facts)
    return Finding(code, level, where, *texts)
