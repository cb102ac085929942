"""Rows of repeated fields: one more, one less, without a script in the page."""

from collections.abc import Iterable

from web.forms.given import Given, place, rows_of
from web.forms.shape import Control, Field

ADD, REMOVE = "add", "remove"
"""Names of the buttons; their value is the place of the repeated field, or of the row."""


def changed_rows(fields: Iterable[Field], given: Given) -> dict[str, str] | None:
    """What the form has after the button that was pressed; None where none of these was."""
    if (at := given.get(ADD)) and find(fields, at):
        return {**_without_buttons(given), place(at, str(max(rows_of(given, at), default=-1) + 1)): ""}
    if at := given.get(REMOVE):
        kept = {name: value for name, value in given.items() if name != at and not name.startswith(f"{at}.")}
        return _without_buttons(kept)
    return None


def _without_buttons(given: Given) -> dict[str, str]:
    return {name: value for name, value in given.items() if name not in (ADD, REMOVE)}


def find(fields: Iterable[Field], at: str) -> Field | None:
    """The field at a place of the form, such as ``offer.patentees``; None where there is none."""
    first, _, rest = at.partition(".")
    field = next((one for one in fields if one.name == first), None)
    return field if field is None or not rest else _below(field, rest)


def _below(field: Field, rest: str) -> Field | None:
    first, _, below = rest.partition(".")
    match field.control:
        case Control.SEVERAL:
            inner = field.inner[0]
            return (_below(inner, below) if below else inner) if first.isdecimal() else None
        case Control.FORM:
            return find(field.forms.get(first, ()), below)
        case _:
            return find(field.inner, rest)
