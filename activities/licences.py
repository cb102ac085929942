"""Licences, as the recording activity handles them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from activities.entitlements import post_entitlements
from activities.handling import Change, Rows
from database.pool import Connection
from database.record.derived_rows import bank_line_row, licence_row, receipt_rows
from database.record.posting import Message, Receipt
from database.standing.offers import lock_offer, next_licence_number
from rules.filing.verdict import Verdict
from rules.law.calendar import Calendar
from rules.licence.guards import guard_licence
from rules.licence.payouts import licence_view_for_payouts, payouts_called_for
from rules.licence.position import derive_licence, determinations_of
from rules.licence.settlements import receipts_for_settlements
from schemas.acts.act import Act, FilingKind, SurroundingsChanged
from schemas.acts.licence import LICENCE_ACT, GiveNotice, Pay, TakeOverLicence
from schemas.acts.royalty import BookReceipt
from schemas.lifecycle.licence import LICENCE
from schemas.standing.answer import Start
from schemas.standing.fact import Fact
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import LicenceSurroundings, OfferView, Surroundings
from schemas.standing.topics import TELL_PAYOUTS, TELL_SETTLEMENTS
from schemas.values.determination import Determination
from schemas.values.money import STORED
from schemas.values.refusal import refuse


class LicenceHandling:
    """See ``activities.handling.Handling``."""

    kind = FilingKind.LICENCE
    lifecycle = LICENCE
    adapter = LICENCE_ACT
    position_type = LicencePosition

    async def surroundings(self, connection: Connection, act: Act, known: Surroundings | None) -> Surroundings:
        if isinstance(act, GiveNotice | TakeOverLicence):
            declaration_id = act.declaration_id
        elif isinstance(act, Pay | SurroundingsChanged) and isinstance(known, LicenceSurroundings):
            declaration_id = known.offer.declaration_id
        elif known is not None:
            return known
        else:
            raise refuse("filing_unknown", "filing_id", filing_id=act.filing_id)
        offer = await lock_offer(connection, declaration_id, "share")
        if offer is None:
            raise refuse("filing_unknown", "declaration_id", filing_id=declaration_id)
        if isinstance(act, GiveNotice) and act.n != await next_licence_number(connection, declaration_id, act.licensee):
            raise refuse("stale_licence_number", "n", n=act.n)
        return LicenceSurroundings(offer=OfferView.model_validate(offer.terms, context=STORED))

    def derive(
        self, facts: Sequence[Fact[Any]], surroundings: LicenceSurroundings, calendar: Calendar
    ) -> LicencePosition:
        return derive_licence(facts, surroundings, calendar)

    def guard(
        self,
        act: Any,
        position: LicencePosition | None,
        facts: Sequence[Fact[Any]],
        surroundings: LicenceSurroundings,
        calendar: Calendar,
    ) -> Verdict:
        return guard_licence(act, position, facts, surroundings, calendar)

    def parent_id(self, act: Act) -> UUID | None:
        return act.declaration_id if isinstance(act, GiveNotice | TakeOverLicence) else None

    def determinations(self, change: Change, calendar: Calendar) -> tuple[Determination, ...]:
        act: Any = change.act  # of the licence's union, as every act that this handling is given
        return determinations_of(act, change.facts, change.surroundings, calendar)

    def rows(self, change: Change) -> Rows:
        act, declaration_id = change.act, change.surroundings.offer.declaration_id
        licence = licence_row(act.filing_id, declaration_id, change.after)
        receipts = receipt_rows(act.filing_id, change.after)
        same, old = False, frozenset[Receipt]()
        if change.before is not None:
            same = licence == licence_row(act.filing_id, declaration_id, change.before)
            old = frozenset(receipt_rows(act.filing_id, change.before))
        return Rows(
            licence=None if same else licence,
            bank_line=bank_line_row(act) if isinstance(act, BookReceipt) else None,
            receipts=tuple(one for one in receipts if one not in old),
        )

    def starts(self, position: LicencePosition, surroundings: LicenceSurroundings) -> tuple[Start, ...]:
        return payouts_called_for(position, surroundings)

    async def posts_besides(self, connection: Connection, change: Change) -> None:
        await post_entitlements(connection, change.act, change.before, change.after, change.surroundings)

    def tells(self, change: Change) -> tuple[Message, ...]:
        if change.before is None:
            return ()
        key, messages = f"{change.act.filing_id}:{change.version}", []
        payload = {"licence_id": change.act.filing_id, "cause": change.act.act_id, "on": change.act.on}
        before = licence_view_for_payouts(change.before, change.surroundings)
        # Without a receipt there was no payout; whichever there are, the sender finds.
        if change.before.receipts and before != licence_view_for_payouts(change.after, change.surroundings):
            messages.append(Message(TELL_PAYOUTS, key, payload))
        claimable = receipts_for_settlements(change.after, change.surroundings)
        if receipts_for_settlements(change.before, change.surroundings) != claimable:
            receipts = [str(one.receipt_id) for one in claimable]
            messages.append(Message(TELL_SETTLEMENTS, key, {**payload, "receipts": receipts}))
        return tuple(messages)
