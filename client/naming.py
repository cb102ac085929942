"""Ids of what a program asks for: the natural key where an act has one, so that every channel names an act alike."""

from typing import Any
from uuid import UUID, uuid4

from schemas.acts.act import Act
from schemas.acts.beginning import BEGINNINGS, filing_id_of, natural_act_id


def named(act: Act, act_id: UUID | None = None, filing_id: UUID | None = None, asked_as: UUID | None = None) -> Any:
    """The act with its ids; what is not given is derived from its content, else ``asked_as``, else made anew.

    ``filing_id`` is needed for acts that do not begin a filing, and for a declaration that goes on from its draft.
    ``asked_as``: the id of a request, which is the same when it is sent again.
    """
    beginning, made = BEGINNINGS.get(type(act)), asked_as or uuid4()
    if beginning is not None and (beginning.named_by or filing_id is None):
        filing_id = filing_id_of(act.but(act_id=act_id or made))
        if not beginning.named_by:
            act_id = act_id or made
    act = act.but(filing_id=filing_id)
    return act.but(act_id=act_id or natural_act_id(act) or made)
