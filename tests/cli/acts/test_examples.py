"""Every example that the schemas and the pages show is one: it is taken by its model, and an offer by the guards."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from rules.declaration.guards import guard_declaration
from rules.law.calendar import Calendar
from schemas.acts.act import Act, FilingKind
from schemas.acts.declaration import Submit
from schemas.examples.bodies import acts_of, examples_of, whole
from schemas.examples.samples import DAY, TITLE, UNIVERSITY
from schemas.standing.surroundings import DeclarationSurroundings, RegisterView
from schemas.statements.offer import Offer
from schemas.values.actor import Role
from schemas.wire.form import filled

ALL = [
    pytest.param(model, body, id=f"{kind.value} {model.__name__} {name}")
    for kind in FilingKind
    for model in acts_of(kind)
    for name, body in examples_of(model).items()
]


@pytest.mark.parametrize(("model", "body"), ALL)
def test_an_example_is_taken(model: type[Act], body: dict[str, Any]) -> None:
    assert filled(model, whole(model, body)).kind == model.model_fields["kind"].default


@pytest.mark.parametrize("name", examples_of(Submit))
def test_an_example_of_an_offer_can_be_submitted(name: str) -> None:
    body = whole(Submit, examples_of(Submit)[name])
    body |= {"by": {"role": Role.LICENSOR, "party_id": UNIVERSITY}, "on": DAY}
    submitted = filled(Submit, body)
    offer: Offer = submitted.offer
    seen: dict[str, Any] = {
        "patent_number": offer.patent_number,
        "kind": "invention",
        "status": "granted",
        "source": "office",
    }
    seen |= {"title": TITLE, "filed_on": offer.filed_on, "granted_on": offer.granted_on}
    at = DeclarationSurroundings(register_row=RegisterView.model_validate(seen))
    refusals = guard_declaration(submitted, None, (), at, Calendar.bundled()).refusals
    assert [(one.code, one.where) for one in refusals] == []
    assert date.fromisoformat(DAY) == submitted.on
    assert submitted.by.party_id == UUID(UNIVERSITY)


def test_there_is_an_offer_for_every_form_of_royalty_and_of_term() -> None:
    offers = [filled(Offer, body["offer"]) for body in examples_of(Submit).values()]
    assert {one.royalty.form for one in offers} == {"free", "lump_sum", "instalments", "running", "entry_plus_running"}
    assert {one.term.form for one in offers} == {"years_from_effect", "until_patent_ends", "fixed_end"}
