"""Payouts, as the recording activity handles them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from activities.handling import Change, Rows
from database.pool import Connection
from database.reads.read_model import sibling_positions
from database.record.event_log import find_head, snapshot_of
from database.record.posting import Message
from rules.filing.verdict import Verdict
from rules.law.calendar import Calendar
from rules.licence.payouts import licence_view_for_payouts
from rules.payout.guards import guard_payout
from rules.payout.position import derive_payout, determinations_made
from schemas.acts.act import Act, FilingKind, SurroundingsChanged
from schemas.acts.payout import PAYOUT_ACT, DecideObjection, Determine, StateFacts, TakeOverPayout
from schemas.lifecycle.payout import PAYOUT as PAYOUT_LIFECYCLE
from schemas.standing.answer import Start
from schemas.standing.fact import Fact
from schemas.standing.position import DeclarationPosition, LicencePosition, PayoutPosition
from schemas.standing.surroundings import LicenceSurroundings, PayoutSurroundings, SiblingFacts, Surroundings
from schemas.standing.topics import TELL_PAYOUTS
from schemas.values.determination import Determination
from schemas.values.money import STORED
from schemas.values.refusal import refuse

_NEEDS_NEWS = (Determine, TakeOverPayout, StateFacts, DecideObjection, SurroundingsChanged)


class PayoutHandling:
    """See ``activities.handling.Handling``."""

    kind = FilingKind.PAYOUT
    lifecycle = PAYOUT_LIFECYCLE
    adapter = PAYOUT_ACT
    position_type = PayoutPosition

    async def surroundings(self, connection: Connection, act: Act, known: Surroundings | None) -> Surroundings:
        if known is not None and not isinstance(act, _NEEDS_NEWS):
            return known
        if isinstance(act, Determine | TakeOverPayout):
            parent_id, unit = act.parent_id, act.unit
        else:
            own = await find_head(connection, act.filing_id)
            if own is None:
                raise refuse("filing_unknown", "filing_id", filing_id=act.filing_id)
            position = PayoutPosition.model_validate(own.position, context=STORED)
            parent_id, unit = position.parent_id, position.unit
        # Locked: an act of the licence that we do not see must find this payout when it tells the payouts.
        parent = await find_head(connection, parent_id, locked=True)
        if parent is None:
            raise refuse("filing_unknown", "parent_id", filing_id=parent_id)
        if parent.kind == FilingKind.DECLARATION.value:
            return _grant(DeclarationPosition.model_validate(parent.position, context=STORED))
        snapshot = await snapshot_of(connection, parent_id)
        offer = LicenceSurroundings.model_validate(snapshot, context=STORED)
        licence = LicencePosition.model_validate(parent.position, context=STORED)
        view = licence_view_for_payouts(licence, offer)
        siblings = []
        for stored in await sibling_positions(connection, parent_id, act.filing_id):
            sibling = PayoutPosition.model_validate(stored, context=STORED)
            if sibling.unit == unit:
                siblings.append(SiblingFacts(subject=sibling.subject, facts=sibling.facts, costs=sibling.costs))
        return view.but(siblings=tuple(sorted(siblings, key=lambda one: one.subject)))

    def derive(
        self, facts: Sequence[Fact[Any]], surroundings: PayoutSurroundings, calendar: Calendar
    ) -> PayoutPosition:
        return derive_payout(facts, surroundings, calendar)

    def guard(
        self,
        act: Any,
        position: PayoutPosition | None,
        facts: Sequence[Fact[Any]],
        surroundings: PayoutSurroundings,
        calendar: Calendar,
    ) -> Verdict:
        return guard_payout(act, position, facts, surroundings, calendar)

    def parent_id(self, act: Act) -> UUID | None:
        return act.parent_id if isinstance(act, Determine | TakeOverPayout) else None

    def determinations(self, change: Change, calendar: Calendar) -> tuple[Determination, ...]:
        del calendar
        return determinations_made(change.before, change.after)

    def rows(self, change: Change) -> Rows:
        del change
        return Rows()

    def starts(self, position: Any, surroundings: Any) -> tuple[Start, ...]:
        del position, surroundings
        return ()

    async def posts_besides(self, connection: Connection, change: Change) -> None:
        del connection, change

    def tells(self, change: Change) -> tuple[Message, ...]:
        after: PayoutPosition = change.after
        before: PayoutPosition | None = change.before
        if before is None or (before.facts, before.costs) == (after.facts, after.costs) or after.subject == "grant":
            return ()
        payload = {
            "licence_id": after.parent_id,
            "cause": change.act.act_id,
            "on": change.act.on,
            "but": change.act.filing_id,
        }
        return (Message(TELL_PAYOUTS, f"{change.act.filing_id}:{change.version}", payload),)


def _grant(position: DeclarationPosition) -> PayoutSurroundings:
    if position.offer is None:
        raise refuse("filing_unknown", "parent_id", filing_id="?")
    offer = position.offer
    return PayoutSurroundings(patent_kind=offer.patent_kind, granted_on=offer.granted_on, owners=offer.owners)
