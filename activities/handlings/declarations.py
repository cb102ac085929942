"""Declarations, as the recording activity handles them."""

from activities.handlings.handling import Before, Handling, Rows
from database.pool import Connection
from database.record.derived_rows import offer_row
from database.registers.patents import find_patent
from database.standing.offers import lock_offer
from rules.filing.change import Change
from rules.kinds import DECLARATION
from schemas.acts.declaration import DeclarationAct, Resubmit, SaveDraft, Submit, TakeOverDeclaration
from schemas.lifecycle.stages.declaration import LIVE
from schemas.standing.position import DeclarationPosition
from schemas.standing.surroundings import DeclarationSurroundings, RegisterView


class DeclarationHandling(Handling[DeclarationAct, DeclarationPosition, DeclarationSurroundings]):
    """See ``activities.handlings.handling.Handling``."""

    kind = DECLARATION

    async def surroundings(
        self, connection: Connection, act: DeclarationAct, before: Before[DeclarationPosition, DeclarationSurroundings]
    ) -> DeclarationSurroundings:
        if isinstance(act, SaveDraft | Submit | Resubmit | TakeOverDeclaration):
            patent = await find_patent(connection, act.offer.patent_number)
            shared = before.surroundings.shared if before.surroundings else ()
            if patent is None:
                return DeclarationSurroundings(shared=shared)
            facts = dict(patent.facts)
            return DeclarationSurroundings(
                shared=shared,
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
                ),
            )
        # An end waits for the notices that hold the offer's row, and they for it: that orders recording.
        await lock_offer(connection, act.filing_id, "update")
        return before.surroundings or DeclarationSurroundings()

    def rows(self, change: Change[DeclarationAct, DeclarationPosition, DeclarationSurroundings]) -> Rows:
        before, after = change.before, change.after
        if before is not None and before.offer == after.offer and (before.stage in LIVE) == (after.stage in LIVE):
            return Rows()
        return Rows(offer=offer_row(change.filing_id, after, change.facts[0].act.origin.value))
