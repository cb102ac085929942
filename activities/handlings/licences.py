"""Licences, as the recording activity handles them."""

from contextlib import suppress
from uuid import UUID

from activities.entitlements import post_entitlements
from activities.handlings.handling import Before, Handling, Rows
from database.pool import Connection
from database.record.derived_rows import bank_line_row, licence_row, receipt_rows
from database.record.posting import Receipt
from database.registers.parties import natural_persons
from database.standing.offers import lock_offer, next_licence_number, take_receipt_number, treated_elsewhere
from rules.filing.change import Change
from rules.kinds import LICENCE
from rules.licence.once.told_once import books_line
from schemas.acts.act import CorrectFact, Countersign, SurroundingsChanged
from schemas.acts.beginning import parent_id_of
from schemas.acts.licence import GiveNotice, LicenceAct, Pay, SubstituteParty
from schemas.acts.royalty import BookReceipt, Settle, Waive, WriteOff
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import LicenceSurroundings, OfferView, TreatedElsewhere
from schemas.values.money import STORED, Money
from schemas.values.refusal import refuse

_CLOSING = (Settle, Waive, WriteOff)
_NEEDS_NEWS = (Pay, SurroundingsChanged, *_CLOSING, SubstituteParty, CorrectFact, Countersign)


class LicenceHandling(Handling[LicenceAct, LicencePosition, LicenceSurroundings]):
    """See ``activities.handlings.handling.Handling``."""

    kind = LICENCE

    async def surroundings(
        self, connection: Connection, act: LicenceAct, before: Before[LicencePosition, LicenceSurroundings]
    ) -> LicenceSurroundings:
        declaration_id, (position, known) = parent_id_of(act), before
        if declaration_id is None:
            if known is None:
                raise refuse("filing_unknown", "filing_id", filing_id=act.filing_id)
            if not isinstance(act, _NEEDS_NEWS):
                return known
            if not isinstance(act, Pay | SurroundingsChanged):
                return known.but(
                    elsewhere=await _elsewhere(connection, act, known, position),
                    persons=await _persons(connection, act, known),
                )
            declaration_id = known.offer.declaration_id
        offer = await lock_offer(connection, declaration_id, "share")
        if offer is None:
            raise refuse("filing_unknown", "declaration_id", filing_id=declaration_id)
        if isinstance(act, GiveNotice) and act.n != await next_licence_number(connection, declaration_id, act.licensee):
            raise refuse("stale_licence_number", "n", n=act.n)
        view = OfferView.model_validate(offer.terms, context=STORED)
        if known is None:
            return LicenceSurroundings(offer=view)
        return known.but(offer=view, elsewhere=await _elsewhere(connection, act, known, position))

    async def receipt_number(self, connection: Connection, act: LicenceAct) -> str | None:
        if not isinstance(act, GiveNotice):
            return None
        return await take_receipt_number(connection, act.declaration_id, act.filing_id)

    def rows(self, change: Change[LicenceAct, LicencePosition, LicenceSurroundings]) -> Rows:
        act, declaration_id = change.act, change.surroundings.offer.declaration_id
        licence = licence_row(change.filing_id, declaration_id, change.after)
        receipts = receipt_rows(change.filing_id, change.after, change.facts)
        same, old = False, frozenset[Receipt]()
        if change.before is not None:
            same = licence == licence_row(change.filing_id, declaration_id, change.before)
            old = frozenset(receipt_rows(change.filing_id, change.before, change.facts))
        return Rows(
            licence=None if same else licence,
            bank_line=bank_line_row(act) if isinstance(act, BookReceipt) and books_line(change.facts, act) else None,
            receipts=tuple(one for one in receipts if one not in old),
        )

    async def posts_besides(
        self, connection: Connection, change: Change[LicenceAct, LicencePosition, LicenceSurroundings]
    ) -> None:
        await post_entitlements(connection, change.act, change.before, change.after, change.surroundings)


async def _persons(connection: Connection, act: LicenceAct, known: LicenceSurroundings) -> tuple[UUID, ...]:
    """The natural persons among those who came, or are said to have come, into a party's place."""
    named = {*known.persons}
    if isinstance(act, SubstituteParty):
        named.add(act.successor)
    elif isinstance(act, CorrectFact) and "successor" in act.replacement:
        with suppress(ValueError):  # the guard says what is wrong with it
            named.add(UUID(str(act.replacement["successor"])))
    return await natural_persons(connection, sorted(named)) if named else ()


async def _elsewhere(
    connection: Connection, act: LicenceAct, known: LicenceSurroundings, position: LicencePosition | None
) -> tuple[TreatedElsewhere, ...]:
    """How other licensees were treated in what was given up, or is being given up, of this one's obligations."""
    if position is None:
        return ()
    keys = {one.key for one in position.obligations if one.given_up}
    if isinstance(act, _CLOSING):
        keys.add(act.obligation)
    keys |= {one.obligation for one in known.elsewhere}
    if not keys:
        return ()
    found = await treated_elsewhere(connection, known.offer.declaration_id, sorted(keys), position.licensee)
    return tuple(
        [
            TreatedElsewhere(
                licence_id=one.licence_id, obligation=one.obligation, owed=Money(one.owed), given_up=Money(one.given_up)
            )
            for one in found
        ]
    )
