"""What a body says, the form shows; what the form shows, the body says again."""

from typing import Any

import pytest

from schemas.acts.act import Act, FilingKind
from schemas.acts.declaration import Submit
from schemas.examples.bodies import acts_of, examples_of, whole
from schemas.values.refusal import Refused
from schemas.wire.form import filled
from web.forms.given import LONGEST, as_form, place_of, read_form
from web.forms.rows import changed_rows, find
from web.forms.shape import Control, Field, fields_of

BODIES = [
    pytest.param(model, body, id=f"{kind.value}.{model.model_fields['kind'].default}.{name}")
    for kind in FilingKind
    for model in acts_of(kind)
    for name, body in examples_of(model).items()
]


@pytest.mark.parametrize(("model", "body"), BODIES)
def test_a_body_goes_through_the_form_and_back(model: type[Act], body: dict[str, Any]) -> None:
    fields = fields_of(model)
    read = read_form(fields, as_form(fields, body))
    assert filled(model, whole(model, read)) == filled(model, whole(model, body))


def test_only_the_chosen_form_is_read() -> None:
    field = Field("price", Control.FORM, forms={"free": (), "sum": (Field("amount", Control.YUAN),)}, told_by="form")
    given = {"price.form": "free", "price.sum.amount": "10", "price.unheard": "x"}
    assert read_form((field,), given) == {"price": {"form": "free"}}
    assert read_form((field,), given | {"price.form": "sum"}) == {"price": {"form": "sum", "amount": "10"}}


def test_what_is_left_empty_is_not_stated() -> None:
    field = Field("owners", Control.SEVERAL, inner=(Field("owners", Control.TEXT),))
    assert read_form((field,), {"owners.0": " ", "owners.10": "b", "owners.2": "a", "owners.x": "c"}) == {
        "owners": ["a", "b"]
    }


def test_a_huge_field_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(Refused) as told:
        read_form((Field("title", Control.TEXT),), {"title": "x" * (LONGEST + 1)})
    assert [(one.code, one.where) for one in told.value.refusals] == [("too_long", "title")]


@pytest.mark.parametrize(
    ("where", "stands_at"),
    [
        ("on", "on"),
        ("offer.patentees.0.share.percent", "offer.patentees.0.share.percent"),
        ("offer.royalty.amount", "offer.royalty.lump_sum.amount"),
        ("offer.royalty.form", "offer.royalty.form"),
        ("offer.royalty", "offer.royalty.form"),
        ("offer.unheard", "offer"),
        ("unheard", ""),
    ],
)
def test_what_is_wrong_with_a_body_stands_beside_its_field(where: str, stands_at: str) -> None:
    assert place_of(fields_of(Submit), {"offer.royalty.form": "lump_sum"}, where) == stands_at


def test_what_is_wrong_with_a_row_stands_in_the_row_that_was_typed_into() -> None:
    """A row that was removed, or left empty, is none of the body's."""
    fields = fields_of(Submit)
    given = {"offer.patentees.0.party_id": " ", "offer.patentees.2.party_id": "a", "offer.patentees.5.party_id": "b"}
    assert read_form(fields, given) == {"offer": {"patentees": [{"party_id": "a"}, {"party_id": "b"}]}}
    assert place_of(fields, given, "offer.patentees.1.party_id") == "offer.patentees.5.party_id"
    assert place_of(fields, given, "offer.patentees.1.consent@file") == "offer.patentees.1.consent"
    too_long = {**given, "offer.patentees.5.party_id": "x" * (LONGEST + 1)}
    assert place_of(fields, too_long, "offer.patentees.1.party_id") == "offer.patentees.5.party_id"


def test_a_row_comes_and_goes_by_a_button() -> None:
    fields = fields_of(Submit)
    more = changed_rows(fields, {"offer.patentees.0.party_id": "a", "add": "offer.patentees"})
    assert more == {"offer.patentees.0.party_id": "a", "offer.patentees.1": ""}
    less = changed_rows(fields, {**more, "offer.patentees.1.party_id": "b", "remove": "offer.patentees.0"})
    assert less == {"offer.patentees.1": "", "offer.patentees.1.party_id": "b"}
    assert changed_rows(fields, more) is None
    assert changed_rows(fields, {**more, "add": "offer.unheard"}) is None


@pytest.mark.parametrize("at", ["offer.royalty.instalments.instalments", "offer.patentees.3", "bars.0.evidence"])
def test_every_place_of_the_form_is_found(at: str) -> None:
    found = find(fields_of(Submit), at)
    assert found is not None
    assert at.rpartition(".")[2] in (found.name, "3")
