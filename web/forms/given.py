"""From the flat names of a form to the body of an act, and back: ``offer.patentees.0.domicile``.

A field left empty is not stated. Of several forms only the fields of the chosen one are read: they stand below its name
(``offer.royalty.lump_sum.amount``), since the others may have fields of the same name. What the shape does not name is
not read at all.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schemas.values.refusal import Refused, refuse
from schemas.wire.json_text import parse_json
from web.forms.shape import Control, Field

Given = Mapping[str, str]
UPLOADED = "@file"
"""``evidence.0@file`` is the file whose hash becomes the field ``evidence.0``; so is what is wrong with it called."""
_TRUTHS = {"true": True, "false": False}
LONGEST = 20_000
"""Signs of one field; no field of an act takes as many, and what is longer need not be shown again."""


def place(above: str, name: str) -> str:
    """The name of a field below another."""
    return f"{above}.{name}" if above else name


def read_form(fields: Iterable[Field], given: Given, above: str = "") -> dict[str, Any]:
    """The body that the form states below ``above``; raises Refused ``too_long`` before anything looks at a huge field.

    What is refused is told by its place in the body, as whatever else reads the body tells it.
    """
    return _body(fields, given, above, "")


def _body(fields: Iterable[Field], given: Given, above: str, where: str) -> dict[str, Any]:
    read = ((one.name, _read(one, given, place(above, one.name), place(where, one.name))) for one in fields)
    return {name: value for name, value in read if value is not None}


def _read(field: Field, given: Given, at: str, where: str) -> Any:
    """``at``: where it stands in the form; ``where``: in the body."""
    match field.control:
        case Control.GROUP:
            return _body(field.inner, given, at, where) or None
        case Control.FORM:
            form = _text(given, place(at, field.told_by), place(where, field.told_by))
            if form is None:
                return None
            return {field.told_by: form, **_body(field.forms.get(form, ()), given, place(at, form), where)}
        case Control.SEVERAL:
            read = list[Any]()
            for row in rows_of(given, at):
                one = _read(field.inner[0], given, place(at, str(row)), place(where, str(len(read))))
                read += [] if one is None else [one]
            return read or None
        case Control.YES_NO:
            text = _text(given, at, where)
            return text if text is None else _TRUTHS.get(text, text)
        case Control.OBJECT:
            text = _text(given, at, where)
            return text if text is None else parse_json(text, where)
        case _:
            return _text(given, at, where)


def _text(given: Given, at: str, where: str) -> str | None:
    text = given.get(at, "")
    if len(text) > LONGEST:
        raise refuse("too_long", where, most=LONGEST)
    return text.strip() or None


def rows_of(given: Given, at: str) -> list[int]:
    """The numbers of the rows that the form has of a repeated field, in order."""
    start = f"{at}."
    numbers = {name[len(start) :].partition(".")[0] for name in given if name.startswith(start)}
    return sorted(int(one) for one in numbers if one.isascii() and one.isdecimal() and len(one) <= 4)


def as_form(fields: Iterable[Field], body: Mapping[str, Any], above: str = "") -> dict[str, str]:
    """The other way: a body as the form shows it."""
    return dict(_shown(fields, body, above))


def _shown(fields: Iterable[Field], body: Mapping[str, Any], above: str) -> Iterator[tuple[str, str]]:
    if "numerator" in body:  # a share as it is kept, shown as it may be signed
        body = {**body, "percent": f"{body['numerator']}/{body['denominator']}"}
    for field in fields:
        value = body.get(field.name)
        if value is not None:
            yield from _one(field, value, place(above, field.name))


def _one(field: Field, value: Any, at: str) -> Iterator[tuple[str, str]]:
    match field.control:
        case Control.GROUP:
            yield from _shown(field.inner, value, at)
        case Control.FORM:
            form = str(value[field.told_by])
            yield place(at, field.told_by), form
            yield from _shown(field.forms.get(form, ()), value, place(at, form))
        case Control.SEVERAL:
            for row, one in enumerate(value):
                yield from _one(field.inner[0], one, place(at, str(row)))
        case Control.YES_NO:
            yield at, str(value).lower()
        case Control.OBJECT:
            yield at, json.dumps(value, ensure_ascii=False)
        case _:
            yield at, str(value)


def place_of(fields: Iterable[Field], given: Given, where: str, above: str = "") -> str:
    """Where in the form a place of the body stands, or a file of the form itself; as much of it as the form has."""
    if where.endswith(UPLOADED):
        return where.removesuffix(UPLOADED)
    first, _, rest = where.partition(".")
    field = next((one for one in fields if one.name == first), None)
    if field is None:
        return above
    return _place_below(field, given, rest, place(above, first))


def _place_below(field: Field, given: Given, rest: str, at: str) -> str:
    if not rest:  # what is not stated of several forms is which one
        return place(at, field.told_by) if field.control is Control.FORM else at
    match field.control:
        case Control.GROUP:
            return place_of(field.inner, given, rest, at)
        case Control.FORM:
            form = given.get(place(at, field.told_by), "")
            if rest == field.told_by or form not in field.forms:
                return place(at, field.told_by)
            return place_of(field.forms[form], given, rest, place(at, form))
        case Control.SEVERAL:
            row, _, below = rest.partition(".")
            return _place_below(field.inner[0], given, below, place(at, _row_of(field, given, at, row)))
        case _:
            return at


def _row_of(field: Field, given: Given, at: str, number: str) -> str:
    """The row of the form that is that member of the list in the body: rows that say nothing are not in it."""
    stated = [row for row in rows_of(given, at) if _says_something(field.inner[0], given, place(at, str(row)))]
    return str(stated[int(number)]) if number.isdecimal() and int(number) < len(stated) else number


def _says_something(field: Field, given: Given, at: str) -> bool:
    try:
        return _read(field, given, at, at) is not None
    except Refused:
        return True
