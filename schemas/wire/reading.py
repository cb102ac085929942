"""How much of a JSON or YAML text is read, and how a defect of one is told: with its place, in both languages."""

from typing import Any, NamedTuple

from schemas.values.refusal import Refused, refuse

DEEPEST = 50
"""Lists and objects inside each other; far more than any form has, far less than readers give up at."""
MOST_VALUES = 50_000
"""Values of one text: some 6,000 rows of register evidence."""
LONGEST_KEY = 200
MOST_DIGITS = 18
"""Digits of a whole number: what every program keeps exactly."""


class Why(NamedTuple):
    """Why a text cannot be read on."""

    zh: str
    en: str


TOO_DEEP = Why(f"嵌套超过 {DEEPEST} 层", f"more than {DEEPEST} lists and objects stand inside each other")
TOO_MANY = Why(f"值超过 {MOST_VALUES} 个，请拆分文件", f"more than {MOST_VALUES} values; split the file")
KEY_TOO_LONG = Why(f"字段名超过 {LONGEST_KEY} 字", f"this name of a field is longer than {LONGEST_KEY} characters")
NUMBER_TOO_LONG = Why(
    f"数字超过 {MOST_DIGITS} 位；确需如此请写成文字（加引号）",
    f"a number of more than {MOST_DIGITS} digits; if it is meant so, write it as text, in quotation marks",
)
ENDS_EARLY = Why("内容在此处中断", "the text ends here and is not complete")


def malformed(where: str, line: int, column: int, why: Why) -> Refused:
    """The refusal of a text; line and column count from 1."""
    return refuse("json_malformed", where, line=line, column=column, why_zh=why.zh, why_en=why.en)


def twice(where: str, line: int, column: int, field: object) -> Refused:
    """The refusal of a field that stands twice; the place is that of the second."""
    return refuse("field_twice", where, field=field, line=line, column=column)


def out_of_place(text: str, offset: int) -> Why:
    """What stands at an offset where it cannot stand: one character only, since a text can be personal."""
    if not text[offset:].strip():
        return ENDS_EARLY
    one = text[offset]
    name = f"{one} (U+{ord(one):04X})" if one.isprintable() and one != " " else f"U+{ord(one):04X}"
    return Why(
        f"此处不能是 {name}；请检查其前面的引号、括号、冒号、逗号和缩进",
        f"{name} cannot stand here; look at the quotation marks, brackets, colons, commas and indentation before it",
    )


def unseen_in(name: str) -> Why | None:
    """What is wrong with the name of a field that has a character which nobody sees; None where it has none."""
    if name.isprintable():
        return None
    code = next(f"U+{ord(one):04X}" for one in name if not one.isprintable())
    return Why(f"字段名中有看不见的字符 {code}", f"this name of a field has a character that is not seen, {code}")


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def kind_of(value: Any) -> str:
    """What was written instead of an object, by its own signs."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "[…]" if isinstance(value, list) else '"…"' if isinstance(value, str) else "123"
