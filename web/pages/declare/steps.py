"""The pages of the guided declaration and the fields of the form that each asks for."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from schemas.acts.declaration import Submit
from schemas.values.refusal import Refusal
from web.forms.given import Given
from web.forms.shape import Field, fields_of

_FIELDS = {one.name: one for one in fields_of(Submit)}
OFFER = _FIELDS["offer"]
BARS = _FIELDS["bars"]


class Step(NamedTuple):
    """One page. ``fields``: places in the act; all stand below the offer but the bars."""

    key: str
    fields: tuple[str, ...]


STEPS: tuple[Step, ...] = (
    Step("patent", ("offer.patent_number", "offer.title", "offer.filed_on", "offer.granted_on")),
    Step("owners", ("offer.patentees", "offer.co_owner_agreement")),
    Step("price", ("offer.royalty",)),
    Step("term", ("offer.term", "offer.offer_ends_on")),
    Step("explanation", ("offer.fee_explanation", "offer.other_matters", "offer.technical_fields", "offer.products")),
    Step("contact", ("offer.contact", "offer.agency", "offer.sub_platform")),
    Step("papers", ("offer.evaluation_report", "offer.attachments", "offer.main_classification")),
    Step("bars", ("bars",)),
    Step("commitment", ("offer.commitments",)),
)


def step_of(key: str) -> Step | None:
    """The page of that name."""
    return next((one for one in STEPS if one.key == key), None)


def asked_by(step: Step) -> tuple[Field, ...]:
    """The fields of a page, each with its whole place as its name is looked up below what is around it."""
    return tuple(_field(place) for place in step.fields)


def _field(place: str) -> Field:
    above, _, name = place.rpartition(".")
    return next(one for one in (OFFER.inner if above else tuple(_FIELDS.values())) if one.name == name)


def is_of(step: Step, name: str) -> bool:
    """Whether a place in the form or in the act is asked for on that page."""
    return any(name == one or name.startswith(f"{one}.") for one in step.fields)


def of_step(step: Step, refusals: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    """What is wrong with what that page asks for."""
    return tuple(one for one in refusals if is_of(step, one.where))


def address_of(draft_id: UUID, refusal: Refusal) -> str | None:
    """The page on which that can be mended, for what is shown elsewhere."""
    step = next((one for one in STEPS if of_step(one, (refusal,))), None)
    return step and f"/declare/{draft_id}/{step.key}"


def changes(kept: Given, step: Step, typed: Mapping[str, str]) -> dict[str, str | None]:
    """What that page says now, and None for what it says no more: a row that was removed would come back."""
    gone: dict[str, str | None] = {name: None for name in kept if is_of(step, name) and name not in typed}
    return {**gone, **{name: value for name, value in typed.items() if is_of(step, name)}}


def state_of(step: Step, kept: Given, refusals: tuple[Refusal, ...]) -> str:
    """Of the task list: whether a page is done, begun, or nothing yet."""
    is_begun = any(value and is_of(step, name) for name, value in kept.items())
    if of_step(step, refusals):
        return "wrong" if is_begun else "to_do"
    return "done" if is_begun else "optional"
