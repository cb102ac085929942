"""Which fields a form has at a place, so that a misspelt one can be told with what was probably meant."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

_MOST = 12
"""Names that are listed where none is near."""
_JOIN = ", "


def fields_at(form: Any, place: Sequence[int | str]) -> tuple[str, ...]:
    """The names of the fields at a place as pydantic tells it, tags of unions included; none where it has no form."""
    found = form
    for part in place:
        found = _inside(found, part)
    return tuple(found.model_fields) if _is_model(found) else ()


def near(name: str, names: Iterable[str]) -> str:
    """The names that are nearest to this one; where none is near, those that there are."""
    known = tuple(names)
    close = get_close_matches(name.lower().replace("-", "_"), known, n=2)
    return _JOIN.join(close or known[:_MOST]) + ("" if close or len(known) <= _MOST else " …")


def _inside(form: Any, part: int | str) -> Any:
    origin, inner = get_origin(form), get_args(form)
    if origin is Annotated:
        return _inside(inner[0], part)
    if origin in (Union, UnionType):
        members = [one for one in inner if one is not type(None)]
        tagged = next((one for one in members if part in _tags(one)), None)
        if tagged is not None:
            return tagged
        return next((found for one in members if (found := _inside(one, part)) is not None), None)
    if _is_model(form):
        field = form.model_fields.get(part)
        return None if field is None else _bare(field.annotation)
    if isinstance(part, int) and origin in (tuple, list):
        return _bare(inner[0])
    return _bare(inner[1]) if origin is dict else None


def _bare(form: Any) -> Any:
    """A form behind what is only said about it; of one that can be left out, the form itself."""
    origin, inner = get_origin(form), get_args(form)
    if origin is Annotated:
        return _bare(inner[0])
    if origin in (Union, UnionType):
        members = [one for one in inner if one is not type(None)]
        return _bare(members[0]) if len(members) == 1 else form
    return form


def _is_model(form: Any) -> bool:
    return isinstance(form, type) and issubclass(form, BaseModel)


def _tags(form: Any) -> tuple[Any, ...]:
    """By what pydantic names a member of a union: its form or kind, else its class."""
    form = _bare(form)
    if not _is_model(form):
        return ()
    fields = (form.model_fields.get(name) for name in ("form", "kind"))
    return (form.__name__, *(one.default for one in fields if one is not None))
