"""What a draft would be as a declaration: what is wrong with it, what would happen, what a licence would bring."""

from dataclasses import dataclass

from database.console.drafts import Draft
from schemas.acts.act import FilingKind
from schemas.acts.declaration import Submit
from schemas.standing.answer import Preview
from schemas.values.refusal import Refusal, Refused
from web.asking import stated
from web.forms.given import read_form
from web.forms.shape import fields_of
from web.pages.declare.brought import Brought, brought_by
from web.parties import with_parties
from web.visit import Visit

FIELDS = fields_of(Submit)


@dataclass(frozen=True)
class Checked:
    """Everything that is wrong or missing; where nothing is, what the declaration would do and bring."""

    refusals: tuple[Refusal, ...] = ()
    preview: Preview | None = None
    brought: Brought | None = None


async def submitted(visit: Visit, draft: Draft) -> Submit:
    """The act that asks for the draft; raises Refused with everything that is wrong or missing in its form."""
    body = await with_parties(visit, FIELDS, read_form(FIELDS, draft.fields))
    act = await stated(visit, Submit, body, draft.draft_id)
    assert isinstance(act, Submit)
    return act


async def wrong_in(visit: Visit, draft: Draft) -> tuple[Refusal, ...]:
    """Everything that is wrong or missing in the form as it stands."""
    try:
        await submitted(visit, draft)
    except Refused as refused:
        return refused.refusals
    return ()


async def checked(visit: Visit, draft: Draft, price: str, *, state_set: bool) -> Checked:
    """Nothing is written; ``price``: for which a licence is taken, as it was typed."""
    brought = None
    try:
        act = await submitted(visit, draft)
        brought = brought_by(visit, act.offer, price, state_set=state_set)
        return Checked((), await visit.console.preview(FilingKind.DECLARATION, (act,)), brought)
    except Refused as refused:
        return Checked(refused.refusals, None, brought)
