"""Whatever stands in any field of any act's form: it is text that does nothing, or it is refused beside its field."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from schemas.acts.act import Act, FilingKind
from schemas.examples.bodies import acts_of, examples_of, whole
from schemas.values.refusal import Refused
from schemas.wire.form import filled
from tests.web.walking.bad import BAD
from tests.web.walking.reading import forms_of
from texts.lines import Language
from web.forms.given import LONGEST, as_form, place, read_form
from web.forms.saying import form_sayings, wrong
from web.forms.shape import Control, Field, fields_of
from web.render import environment, sayings

MODELS = [
    pytest.param(model, id=f"{kind.value}.{model.model_fields['kind'].default}")
    for kind in FilingKind
    for model in acts_of(kind)
]
_FORM = """{% from "form.html" import fields_of with context %}<form>{{ fields_of(fields, given, problems) }}</form>"""
_CHOSEN = (Control.CHOICE, Control.YES_NO, Control.FORM)
"""What is chosen and not typed: a browser sends none but what the page has."""


def leaves(fields: tuple[Field, ...], above: str = "", chosen: Mapping[str, str] | None = None) -> Iterator[Any]:
    """Each field that takes a text, by its place in the form, with what must be chosen for it to be asked for."""
    for one in fields:
        yield from _below(one, place(above, one.name), chosen or {})


def _below(field: Field, at: str, chosen: Mapping[str, str]) -> Iterator[tuple[str, Field, Mapping[str, str]]]:
    match field.control:
        case Control.GROUP:
            yield from leaves(field.inner, at, chosen)
        case Control.SEVERAL:
            yield from _below(field.inner[0], place(at, "0"), chosen)
        case Control.FORM:
            yield place(at, field.told_by), field, chosen
            for form, inner in field.forms.items():
                yield from leaves(inner, place(at, form), {**chosen, place(at, field.told_by): form})
        case _:
            yield at, field, chosen


@pytest.mark.parametrize("model", MODELS)
def test_bad_input_is_inert_or_refused_beside_its_field(model: type[Act]) -> None:
    fields = fields_of(model)
    languages: tuple[Language, Language] = ("zh", "en")
    usual = as_form(fields, next(iter(examples_of(model).values())))
    for number, (at, field, chosen) in enumerate(leaves(fields)):
        for kind, bad in BAD.items():
            given = {**usual, **chosen, at: bad}
            try:
                filled(model, whole(model, read_form(fields, given)))
            except Refused as refused:
                above, beside = wrong(fields, given, refused.refusals, languages[number % 2])
                assert all("href" in one for one in above), (at, kind, above)
                if kind == "huge":
                    assert set(beside) == {at}
                    assert str(LONGEST) in beside[at].replace(",", "")
            else:
                is_text = field.control in (Control.TEXT, Control.LONG_TEXT)
                assert is_text or kind in ("id", "negative"), f"{at} takes {kind} for what it is"


@pytest.mark.parametrize("model", MODELS)
def test_what_was_typed_stays_and_nothing_of_it_becomes_a_part_of_the_page(model: type[Act]) -> None:
    found = list(leaves(fields_of(model)))
    typed = [at for at, field, _ in found if field.control not in _CHOSEN]
    forms = {at: choice for _, _, chosen in found for at, choice in chosen.items()}
    (plain,) = forms_of(_shown(model, typed, forms, "plain", "zh"))
    (form,) = forms_of(_shown(model, typed, forms, BAD["html"], "en"))
    assert form.tags == plain.tags, "markup that was typed would be obeyed"
    assert {at for at in typed if form.fields.get(at) != BAD["html"]} == set()


def _shown(model: type[Act], typed: list[str], forms: Mapping[str, str], text: str, language: Language) -> str:
    """The form as the page of its act shows it, with that text in every field and as what is wrong with it."""
    told = {"fields": fields_of(model), "given": {**dict.fromkeys(typed, text), **forms}}
    context = {**told, "problems": dict.fromkeys(typed, text), "language": language}
    said = {**sayings(language), **form_sayings(language)}
    return environment().from_string(_FORM).render(context | said)
