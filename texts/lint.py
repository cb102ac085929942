"""What lint says of a scheme, a parameter or a calendar, in both languages."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

from texts.citations import article_in
from texts.lines import Said, said_of
from texts.rows import FOLDER, TextFault, read_rows, texts_of

Level = Literal["error", "warning", "information"]


class LintTold(NamedTuple):
    """What lint says of a scheme: how grave it is, what it is, what to do next."""

    level: Level
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


def lint_cause(code: str, **facts: object) -> dict[str, str]:
    """Why, as part of what lint says, in both languages: the facts ``cause_zh`` and ``cause_en``."""
    said = cause_rows()[code]
    return {"cause_zh": said.zh.format(**facts), "cause_en": said.en.format(**facts)}


def lint_text(code: str, **facts: object) -> LintTold:
    """What lint says of a scheme, a parameter or a calendar, filled with the facts."""
    row = lint_rows()[code]
    filled = {name: str(value) for name, value in facts.items()}
    cited = {"source": article_in(filled["source"], "zh")} if "source" in filled else {}
    chinese = filled | cited
    return LintTold(
        row.level,
        row.zh.format(**chinese),
        row.en.format(**filled),
        row.remedy_zh.format(**chinese),
        row.remedy_en.format(**filled),
    )


@cache
def lint_rows() -> Mapping[str, LintTold]:
    """Everything that lint can say of a scheme, a parameter or a calendar, by code."""
    return read_rows(FOLDER / "lint.yaml", _lint)


@cache
def cause_rows() -> Mapping[str, Said]:
    """Every cause that lint can name, by code."""
    return read_rows(FOLDER / "lint_causes.yaml", said_of)


def _lint(fields: Mapping[str, Any]) -> LintTold:
    level, *texts = texts_of(fields, *LintTold._fields)
    for one in get_args(Level):
        if level == one:
            return LintTold(one, *texts)
    raise TextFault(f"level {level} is none of {', '.join(get_args(Level))}")
