"""Payouts, as the recording activity handles them."""

from activities.handlings.handling import Before, Handling
from database.pool import Connection
from database.reads.read_model import sibling_positions
from database.record.event_log import find_head, snapshot_of
from rules.filing.succession import joined_with
from rules.kinds import DECLARATION, LICENCE, PAYOUT
from rules.licence.payouts import licence_view_for_payouts
from schemas.acts.act import FilingKind, SurroundingsChanged
from schemas.acts.payout import DecideObjection, Determine, PayoutAct, StateFacts, TakeOverPayout
from schemas.standing.position import DeclarationPosition, PayoutPosition
from schemas.standing.surroundings import LicenceSurroundings, PayoutSurroundings, SiblingFacts
from schemas.values.money import STORED
from schemas.values.refusal import refuse

_NEEDS_NEWS = (Determine, TakeOverPayout, StateFacts, DecideObjection, SurroundingsChanged)


class PayoutHandling(Handling[PayoutAct, PayoutPosition, PayoutSurroundings]):
    """See ``activities.handlings.handling.Handling``."""

    kind = PAYOUT

    async def surroundings(
        self, connection: Connection, act: PayoutAct, before: Before[PayoutPosition, PayoutSurroundings]
    ) -> PayoutSurroundings:
        position, known = before
        if known is not None and not isinstance(act, _NEEDS_NEWS):
            return known
        if isinstance(act, Determine | TakeOverPayout):
            parent_id, unit = act.parent_id, act.unit
        else:
            if position is None:
                raise refuse("filing_unknown", "filing_id", filing_id=act.filing_id)
            parent_id, unit = position.parent_id, position.unit
        # Locked: an act of the licence that we do not see must find this payout when it tells the payouts.
        parent = await find_head(connection, parent_id, locked=True)
        if parent is None:
            raise refuse("filing_unknown", "parent_id", filing_id=parent_id)
        if parent.kind == FilingKind.DECLARATION.value:
            return _grant(DECLARATION.stored_position(parent.position))
        snapshot = await snapshot_of(connection, parent_id)
        offer = LicenceSurroundings.model_validate(snapshot, context=STORED)
        view = licence_view_for_payouts(LICENCE.stored_position(parent.position), offer)
        siblings, joined = [], joined_with(unit, view.successions)
        for stored in await sibling_positions(connection, parent_id, act.filing_id):
            sibling = PAYOUT.stored_position(stored)
            if sibling.unit in joined:
                siblings.append(SiblingFacts(subject=sibling.subject, facts=sibling.facts, costs=sibling.costs))
        return view.but(siblings=tuple(sorted(siblings, key=lambda one: one.subject)))


def _grant(position: DeclarationPosition) -> PayoutSurroundings:
    if position.offer is None:
        raise refuse("filing_unknown", "parent_id", filing_id="?")
    offer = position.offer
    return PayoutSurroundings(patent_kind=offer.patent_kind, granted_on=offer.granted_on, owners=offer.owners)
