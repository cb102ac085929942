"""Everything that a form asks for, and every choice of it, has its name in both languages."""

from collections.abc import Iterator

import pytest

from schemas.acts.act import FilingKind
from schemas.acts.all import models_of
from texts.words import name_rows
from web.forms.saying import stated_pairs
from web.forms.shape import Field, fields_of
from web.words import field_name, value_name, words


def all_of(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from all_of(field.inner)
        for form in field.forms.values():
            yield from all_of(form)


@pytest.mark.parametrize("kind", FilingKind)
def test_what_a_form_asks_for_has_its_name(kind: FilingKind) -> None:
    asked = [one for model in models_of(kind).values() for one in all_of(fields_of(model))]
    names = {one.name: field_name(one.name, "zh") for one in asked}
    assert {one for one, name in names.items() if name.isascii()} == set()
    chosen = [(one.told_by or one.name, choice) for one in asked for choice in one.choices]
    assert {f"{field}.{choice}" for field, choice in chosen if value_name(field, choice, "zh").isascii()} == set()


def test_names_are_not_told_twice() -> None:
    """What the acts' own names have would be changed in one place and not in the other."""
    told = {key.removeprefix("field.") for key in words() if key.startswith("field.")}
    assert told & set(name_rows("fields")) == set()


def test_what_was_stated_has_its_name_also_where_the_name_is_the_key() -> None:
    given = {"offer.title": "X", "offer.royalty.lump_sum.amount": "3"}
    assert stated_pairs(given, ["offer"], {}, "en") == [("title", "X"), ("royalty amount in yuan", "3")]
