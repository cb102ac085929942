"""What was recorded in English or as a key, as a person reads it: reasons, steps, articles, lines and accounts."""

from typing import Any

from cli.terminal import value_text
from cli.typed.language import spoken
from texts.words import name_of, name_rows

_ARTICLES = frozenset({"article", "clause"})
_SAID = frozenset({"because", "how", "result", "what"})
_TYPED = frozenset({"act_id", "bank_serial", "claim_id", "number", "serial", "title"})
"""What people and authorities call things, which may look like a key and is none."""


def recorded(field: str, value: Any) -> str:
    """A value of a field: a word by its name, and in Chinese whatever a rule said of it."""
    shown = value_text(field, value)
    if spoken() == "en" or not isinstance(value, str) or shown != value or field in _TYPED:
        return shown
    from texts.citations import article_in  # English needs none of them
    from texts.traces.told import key_in, step_in

    if field == "role":
        return name_of("roles", value, "zh")
    if field in _ARTICLES:
        return article_in(value, "zh")
    if field in _SAID:
        return step_in(value, "zh")
    return value if " " in value else key_in(value, "zh")


def path_said(path: str) -> str:
    """Where in a record something stands: ``tasks.adjust:person:ID``."""
    if spoken() == "en":
        return path
    return ".".join(map(_part_said, path.split(".")))


def _part_said(part: str) -> str:
    from texts.traces.told import key_in

    known = name_rows("contents").get(part)
    return known.zh if known else key_in(part, "zh")
