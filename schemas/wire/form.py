"""From what a model says of a form to refusals: every defect at once, each with what, where and what to do next."""

import re
import reprlib
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, core_schema

from schemas.values.cells.reading import CELLS
from schemas.values.model import HASH_PATTERN
from schemas.values.refusal import Refusal, Refused, nearest_first, refusal
from schemas.wire.nearest import fields_at, near

_PYDANTICS = frozenset(get_args(core_schema.ErrorType))
_CODES = {
    "missing": "field_missing",
    "extra_forbidden": "field_unknown",
    "string_too_short": "empty_text",
    "too_short": "empty_text",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_pattern_mismatch": "malformed",
    "literal_error": "not_a_choice",
    "enum": "not_a_choice",
    "union_tag_invalid": "not_a_choice",
    "union_tag_not_found": "field_missing",
    "uuid_parsing": "not_an_id",
    "uuid_type": "not_an_id",
    "date_from_datetime_parsing": "not_a_day",
    "date_from_datetime_inexact": "not_a_day",
    "date_parsing": "not_a_day",
    "date_type": "not_a_day",
}
_ENDINGS = {"_type": "wrong_type", "_parsing": "wrong_type", "_equal": "out_of_range", "_than": "out_of_range"}
FACTS_OF_A_FIELD = {
    "wrong_type": ("given", "wanted_zh", "wanted_en"),
    "field_unknown": ("nearest",),
    "field_missing": ("hint_zh", "hint_en"),
    "empty_text": ("least",),
    "too_long": ("most",),
    "not_a_choice": ("given", "choices"),
    "out_of_range": ("given", "bounds"),
    "not_a_day": ("given",),
    "day_order_unclear": ("given",),
    "not_a_whole_number": ("given",),
    "not_an_id": ("given",),
    "malformed": ("given", "pattern"),
    "not_a_hash": ("given",),
    "not_money": ("given",),
    "not_a_percentage": ("given",),
}
"""Which facts a refusal carries beside those of an error type of ours. No others: a refusal is kept, and what stands
beside a missing field, or in one that nobody knows, can be what identifies a person."""
_WANTED = {
    "bool": ("true 或 false", "true or false"),
    "int": ("整数", "a whole number"),
    "decimal": ("数字", "a number"),
    "float": ("数字", "a number"),
    "string": ("文字", "text"),
    "list": ("列表", "a list"),
    "tuple": ("列表", "a list"),
    "frozen": ("列表", "a list"),
    "set": ("列表", "a list"),
    "dict": ("带字段名的对象", "an object with named fields"),
    "model": ("带字段名的对象", "an object with named fields"),
}
"""What a field takes, by the first word of pydantic's error type, in both languages."""
_SOMETHING = ("该字段的值", "a value of this field")
_BOUNDS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
_NAMED_BY_PYDANTIC = {
    "least": ("min_length",),
    "most": ("max_length",),
    "choices": ("expected", "expected_tags"),
    "pattern": ("pattern",),
}
_UNKNOWN = "?"
_SHOWN = 60
MOST_TOLD = 100
"""Defects of one form that are told; of a file that is wrong throughout nobody reads more."""
_TAG_FIELDS = ("form", "kind")
_PERSONAL = "private"
"""What stands below this field is never repeated in a refusal, since refusals are kept."""


M = TypeVar("M", bound=BaseModel)


def filled(model: type[M], given: Any) -> M:
    """What people or other programs wrote as a model; raises Refused with every defect."""
    try:
        return model.model_validate(given, context=CELLS)
    except ValidationError as error:
        raise Refused(*form_refusals(error, given, model)) from error


def form_refusals(error: ValidationError, given: Any = None, form: Any = None) -> tuple[Refusal, ...]:
    """One refusal for each defect, in the order of the fields.

    ``given`` is what was validated; with it ``where`` is the path the sender wrote, without the names of the forms
    that pydantic puts into it (``offer.royalty.amount`` and not ``offer.royalty.lump_sum.amount``). ``form`` is the
    model: with it a field that nobody knows, or that is missing, is told with the nearest name.
    """
    every = error.errors(include_url=False)
    found = every[:MOST_TOLD]
    # A list without its invalid parts can be too short for pydantic; whoever wrote it has only to mend the parts.
    parts = {one["loc"][:depth] for one in found for depth in range(len(one["loc"]))}
    told = [_refusal(one, given, form) for one in found if one["type"] != "too_short" or one["loc"] not in parts]
    return (
        *told,
        *([refusal("more_defects", told=MOST_TOLD, more=len(every) - MOST_TOLD)] if every[MOST_TOLD:] else ()),
    )


_OF_A_FILE = {"field_unknown": "unknown key; correct its spelling or remove it", "field_missing": "is missing; add it"}


class FileDefect(NamedTuple):
    """What is wrong at one place of a file. ``loc``: the same place, part by part."""

    where: str
    said: str
    loc: tuple[int | str, ...]


def file_defects(error: ValidationError, given: Any = None, form: Any = None) -> list[FileDefect]:
    """Every defect of a file of a release or of cases, in one language: the text of a fault, not that of a refusal.

    In our own words: of an error type of ours its sentence, of any other our code with its facts. A fault between two
    values has no place of its own; it names its key in the context.
    """
    found = []
    for one in error.errors(include_url=False):
        refused = _refusal(one, given, form)
        facts = ", ".join(f"{name} {value}" for name, value in refused.facts.items() if not name.endswith("_zh"))
        said = _OF_A_FILE.get(refused.code) or (f"{refused.code} ({facts})" if facts else refused.code)
        place = refused.where or str((one.get("ctx") or {}).get("key", ""))
        found.append(FileDefect(place, said if one["type"] in _PYDANTICS else one["msg"], one["loc"]))
    # A list whose only member is wrong is called empty as well.
    return [one for one in found if not any(other.where.startswith(f"{one.where}.") for other in found)]


def form_defects(error: ValidationError, given: Any = None, form: Any = None) -> str:
    """The same in one line."""
    return "; ".join(f"{one.where or 'file'}: {one.said}" for one in file_defects(error, given, form))


def _refusal(error: ErrorDetails, given: Any, form: Any) -> Refusal:
    context = {name: value for name, value in (error.get("ctx") or {}).items() if name != "error"}
    path = _path(error["loc"], given)
    if "discriminator" in context:  # the form of a union was not named, or is none of them
        path = (*path, str(context["discriminator"]).strip("'"))
    kind = error["type"]
    code = "not_a_hash" if context.get("pattern") == HASH_PATTERN else code_of(kind)
    wanted_zh, wanted_en = _wanted(kind, error["input"])
    known: dict[str, Any] = {
        "wanted_zh": wanted_zh,
        "wanted_en": wanted_en,
        "bounds": ", ".join(f"{_BOUNDS[name]} {value}" for name, value in context.items() if name in _BOUNDS),
        "given": "***" if _PERSONAL in path else _shown(context.get("tag", error["input"])),
        **{
            fact: next((context[name] for name in names if name in context), _UNKNOWN)
            for fact, names in _NAMED_BY_PYDANTIC.items()
        },
    }
    # Pydantic joins the choices with an English word, which would stand in a Chinese sentence.
    choices = re.findall(r"'([^']*)'", str(known["choices"]))
    known["choices"] = ", ".join(nearest_first(str(known["given"]), choices)) or known["choices"]
    if code == "field_unknown":
        known["nearest"] = near(path[-1], fields_at(form, error["loc"][:-1])) or _UNKNOWN
    elif code == "field_missing":  # what is missing of two fields stands at none of them
        known |= _meant(path[-1] if path else "", fields_at(form, error["loc"][:-1]), error["input"])
    own = {} if kind in _PYDANTICS else context
    if _PERSONAL in path:
        own = dict.fromkeys(own, "***")
    return refusal(code, ".".join(path), **{name: known[name] for name in FACTS_OF_A_FIELD.get(code, ())} | own)


def _wanted(kind: str, given: Any) -> tuple[str, str]:
    """What the field takes, and where quotation marks are all that is wrong, whether they have to be there."""
    wanted = _WANTED.get(kind.split("_")[0], _SOMETHING)
    if kind == "string_type" and isinstance(given, int | float | date):
        return wanted[0] + "，请加引号", wanted[1] + ", in quotation marks"
    if kind in ("int_type", "bool_type") and isinstance(given, str):
        return wanted[0] + "，不加引号", wanted[1] + ", without quotation marks"
    return wanted


def _meant(missing: str, fields: tuple[str, ...], given: Any) -> dict[str, str]:
    """Which name that nobody knows was probably meant as the missing one; only names, since values can be personal."""
    unknown = [str(name) for name in given if name not in fields] if isinstance(given, dict) else []
    close = get_close_matches(missing, unknown, n=1)
    return {
        "hint_zh": f"；是否误写为 {_shown(close[0])}？" if close else "",
        "hint_en": f"; is {_shown(close[0])} meant?" if close else "",
    }


def code_of(kind: str) -> str:
    """The code of our refusal for a type of pydantic's errors; our own error types are their own codes."""
    if kind not in _PYDANTICS:
        return kind
    if kind in _CODES:
        return _CODES[kind]
    return next((code for ending, code in _ENDINGS.items() if kind.endswith(ending)), "field_invalid")


def _path(location: tuple[int | str, ...], given: Any) -> tuple[str, ...]:
    path: list[str] = []
    node, tagged = given, False
    for part in location:
        if not tagged and isinstance(node, dict) and part in [node.get(name) for name in _TAG_FIELDS]:
            tagged = True  # names which form of a union it is; a field of that very name can still follow
            continue
        path.append(str(part))
        node, tagged = _inside(node, part), False
    return tuple(path)


def _inside(node: Any, part: int | str) -> Any:
    if isinstance(node, dict):
        return node.get(part)
    if isinstance(node, list | tuple) and isinstance(part, int) and part < len(node):
        return node[part]
    return None


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else reprlib.repr(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
