"""What a licence of the declared offer would bring to whom, for the price in the address of the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from client.today import today
from rules.cost.outlook import Outlook, outlook, typical_price
from schemas.statements.offer import Offer
from schemas.values.cells.reading import CELLS
from schemas.values.determination import Determination
from schemas.values.money import Amount, Money
from texts.lines import Language
from texts.traces.told import cited_in, key_in, step_in
from web.visit import Visit
from web.words import word

_AMOUNT: TypeAdapter[Money] = TypeAdapter(Amount)
_LONGEST = 40


@dataclass(frozen=True)
class Brought:
    """The question as it was typed, and the answer where it could be read."""

    price: str
    state_set: bool
    found: Outlook | None
    wrong: str = ""


def brought_by(visit: Visit, offer: Offer, price: str, *, state_set: bool) -> Brought:
    """For the unit that files, or the first patentee where an agency does; ``price``: as it was typed."""
    typed = price[:_LONGEST].strip()
    mine, owners = visit.membership.organisation_id, [one.party_id for one in offer.patentees]
    unit = mine if mine in owners else owners[0]
    assert unit is not None
    try:
        paid = _AMOUNT.validate_python(typed, context=CELLS) if typed else typical_price(offer)
    except ValidationError:
        return Brought(typed, state_set, None, word("brought_price_wrong", visit.language))
    return Brought(f"{paid.yuan:.2f}", state_set, outlook(offer, unit, paid, today(), state_set=state_set))


def traced(language: Language) -> Mapping[str, Callable[..., Any]]:
    """How the page tells the steps of a determination."""
    return {
        "key": lambda text: key_in(text, language),
        "step": lambda text: step_in(text, language),
        "cited": lambda one: cited_in(one.provision, one.instrument, language),
        "fees": _fees,
    }


def _fees(made: Determination) -> Mapping[str, Money]:
    return {one.name: one.amount for one in made.result}
