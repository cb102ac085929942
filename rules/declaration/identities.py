"""What a declaration says is its own: the live declaration of its patent (D-33), its numbers, and its Gazette items."""

from collections.abc import Iterator

from rules.filing.order import last, of_kind
from schemas.acts.declaration import DeclarationAct
from schemas.lifecycle.stages.declaration import LIVE, DeclarationStage
from schemas.standing.fact import DeclarationFacts
from schemas.standing.identity import Identity, IdentityKind
from schemas.statements.offer import Offer
from schemas.values.outside import normal


def identities_of(ordered: DeclarationFacts, offer: Offer, stage: DeclarationStage) -> Iterator[Identity]:
    """All of them; ``ordered`` are the facts that count, ``stage`` is what they make of the offer."""
    begun = next(iter(of_kind(ordered, "submit", "take_over", "announce")), None)
    if begun is not None and stage in LIVE:
        # A fixed last day frees the patent by itself; an end of the right that can be undone does not.
        ends_on = None if stage == DeclarationStage.PATENT_ENDED_PROVISIONAL else offer.offer_ends_on
        yield Identity(
            what=IdentityKind.LIVE_DECLARATION,
            value=offer.patent_number,
            act_id=begun.act.act_id,
            since_on=begun.act.on,
            until_on=ends_on and max(ends_on, begun.act.on),
        )
    numbered = last(ordered, "announce") or last(ordered, "take_over")
    if numbered is not None and numbered.act.declaration_number is not None:
        yield Identity(
            what=IdentityKind.DECLARATION_NUMBER,
            value=normal("office_number", numbered.act.declaration_number),
            act_id=numbered.act.act_id,
            since_on=numbered.act.on,
        )
    filed = last(ordered, "mark_filed")
    if filed is not None:
        yield Identity(
            what=IdentityKind.OFFICE_RECEIPT_NUMBER,
            value=normal("office_number", filed.act.office_receipt_number),
            act_id=filed.act.act_id,
            since_on=filed.act.on,
        )
    printed: dict[str, DeclarationAct] = {}
    for fact in ordered:
        gazette = getattr(fact.act, "gazette", None)
        if gazette is not None and gazette.item is not None:
            printed.setdefault(f"{normal('gazette', gazette.issue)}:{normal('gazette', gazette.item)}", fact.act)
    for place, act in printed.items():
        yield Identity(what=IdentityKind.GAZETTE_ITEM, value=place, act_id=act.act_id, since_on=act.on)
