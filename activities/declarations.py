"""Declarations, as the recording activity handles them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from activities.handling import Change, Rows
from database.pool import Connection
from database.record.derived_rows import offer_row
from database.record.posting import Message
from database.registers.patents import find_patent
from database.standing.offers import lock_offer
from rules.declaration.guards import guard_declaration
from rules.declaration.position import derive_declaration
from rules.filing.verdict import Verdict
from rules.law.calendar import Calendar
from schemas.acts.act import Act, FilingKind
from schemas.acts.declaration import DECLARATION_ACT, Resubmit, SaveDraft, Submit, TakeOverDeclaration
from schemas.lifecycle.declaration import DECLARATION, LIVE
from schemas.standing.answer import Start
from schemas.standing.fact import Fact
from schemas.standing.position import DeclarationPosition
from schemas.standing.surroundings import DeclarationSurroundings, OfferView, RegisterView, Surroundings
from schemas.standing.topics import TELL_LICENCES, TELL_PAYOUTS
from schemas.values.determination import Determination


class DeclarationHandling:
    """See ``activities.handling.Handling``."""

    kind = FilingKind.DECLARATION
    lifecycle = DECLARATION
    adapter = DECLARATION_ACT
    position_type = DeclarationPosition

    async def surroundings(self, connection: Connection, act: Act, known: Surroundings | None) -> Surroundings:
        if isinstance(act, SaveDraft | Submit | Resubmit | TakeOverDeclaration):
            patent = await find_patent(connection, act.offer.patent_number)
            if patent is None:
                return DeclarationSurroundings()
            facts = dict(patent.facts)
            return DeclarationSurroundings(
                register_row=RegisterView.model_validate(
                    {
                        "patent_number": patent.patent_number,
                        "title": patent.title or None,
                        "kind": patent.kind,
                        "status": patent.status,
                        "filed_on": patent.filed_on,
                        "granted_on": patent.granted_on,
                        "ended_on": facts.get("ended_on"),
                        "checked_on": facts.get("checked_on"),
                        "source": patent.source,
                    }
                )
            )
        # An end waits for the notices that hold the offer's row, and they for it: that orders recording.
        await lock_offer(connection, act.filing_id, "update")
        return known or DeclarationSurroundings()

    def derive(
        self, facts: Sequence[Fact[Any]], surroundings: DeclarationSurroundings, calendar: Calendar
    ) -> DeclarationPosition:
        return derive_declaration(facts, surroundings, calendar)

    def guard(
        self,
        act: Any,
        position: DeclarationPosition | None,
        facts: Sequence[Fact[Any]],
        surroundings: DeclarationSurroundings,
        calendar: Calendar,
    ) -> Verdict:
        return guard_declaration(act, position, facts, surroundings, calendar)

    def parent_id(self, act: Act) -> UUID | None:
        del act
        return None

    def determinations(self, change: Change, calendar: Calendar) -> tuple[Determination, ...]:
        del change, calendar
        return ()

    def rows(self, change: Change) -> Rows:
        after: DeclarationPosition = change.after
        before: DeclarationPosition | None = change.before
        if before is not None and before.offer == after.offer and (before.stage in LIVE) == (after.stage in LIVE):
            return Rows()
        return Rows(offer=offer_row(change.act.filing_id, after, change.facts[0].act.origin.value))

    def starts(self, position: Any, surroundings: Any) -> tuple[Start, ...]:
        del position, surroundings
        return ()

    async def posts_besides(self, connection: Connection, change: Change) -> None:
        del connection, change

    def tells(self, change: Change) -> tuple[Message, ...]:
        if change.before is None or change.after.offer is None or change.before.offer is None:
            return ()
        before, after = change.before.offer, change.after.offer
        key, declaration_id = f"{change.act.filing_id}:{change.version}", change.act.filing_id
        payload = {"declaration_id": declaration_id, "cause": change.act.act_id, "on": change.act.on}
        messages = []
        if told(before) != told(after):
            messages.append(Message(TELL_LICENCES, key, payload))
        if told_of_grant(before) != told_of_grant(after):
            messages.append(Message(TELL_PAYOUTS, key, payload))
        return tuple(messages)


def told(view: OfferView) -> OfferView | None:
    """What licences depend on; nothing before the offer was in force, since there were no licences then."""
    return view if view.in_force_from is not None or view.regime.value == "pilot" else None


def told_of_grant(view: OfferView) -> tuple[object, ...]:
    """What the payout of the bonus for the grant depends on; it can begin before anything is announced."""
    return view.patent_kind, view.granted_on, view.owners
