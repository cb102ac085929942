"""Which filing an event is about, and the act it is there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from client.deliver.cloud_event import Reference
from client.deliver.delivery import Delivery
from database.pool import Connection
from database.reads.matching import (
    Named,
    declarations_of_patent,
    filings_numbered,
    licence_with_receipt_number,
    licences_of_licensee,
    licences_of_line,
    notice_number,
    recorded_act,
    settlements_of_year,
)
from database.reads.read_model import find_filing
from database.record.derived_rows import line_key
from database.record.event_log import find_act, find_head
from database.standing.offers import find_receipt, lock_offer
from schemas.acts.act import Act, FilingKind
from schemas.acts.beginning import known_as, told_beside_as
from schemas.acts.declaration import Announce
from schemas.acts.licence import GiveNotice
from schemas.acts.royalty import Allocation, BookReceipt, ReverseReceipt
from schemas.standing.dues import Obligation
from schemas.standing.identity import IdentityKind
from schemas.standing.position import LicencePosition
from schemas.values.money import STORED, Money
from schemas.values.outside import normal
from schemas.values.refusal import Refusal, refusal
from schemas.wire.same_act import identity_hash

Allocate = Callable[[Sequence[Obligation], Money], tuple[Allocation, ...]]
"""Which obligations take a payment that names none; where nothing is owed, all of it is credit. It is a rule."""
_RECEIPT_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9A-F]{16}-\d{6,}(?!\d)")
_ID = re.compile(r"(?i)(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])")


@dataclass(frozen=True)
class Match:
    """The act on the filing that was found; ``root``: the declaration whose acts must not overtake each other."""

    act: Act
    root: UUID
    known: bool
    """It was granted before."""
    contradicts: Refusal | None = None
    """What is known already, and said otherwise."""

    @property
    def filing_id(self) -> UUID:
        return self.act.filing_id


class _Found(NamedTuple):
    """``booked``: the licences of the event's bank line; ``named``: what the event's other names mean."""

    named: Sequence[Named]
    booked: Sequence[Named] = ()


async def match(connection: Connection, delivery: Delivery, allocate: Allocate) -> Match | Refusal | None:
    """The filing and the act; a question where several filings can be meant; None when nothing has the event's names.

    A patent can have several declarations, one after the other: where one of them has this very act, that one is meant,
    else the one that lives.
    """
    found = await _candidates(connection, delivery)
    act = delivery.act
    if isinstance(act, ReverseReceipt) and delivery.reference.line and not found.booked:
        return refusal("reversal_before_money", "data.line", serial=delivery.reference.line.serial)
    meant = found.named
    if found.booked and not (isinstance(act, BookReceipt) and act.line_amount is not None):
        also_named = [one for one in found.booked if one.filing_id in {other.filing_id for other in found.named}]
        meant = also_named if isinstance(act, ReverseReceipt) and also_named else found.booked
    elsewhere = bool(found.named) and not {one.filing_id for one in found.named} & {one.filing_id for one in meant}
    matches = [await _matched(connection, delivery, one.filing_id, elsewhere, allocate) for one in meant]
    for one in matches:
        if one.known:
            return one
    best = [one for one, named in zip(matches, meant, strict=True) if named.stands] or matches[:1]
    if len(best) > 1:
        return refusal("name_of_several", "data", filings="、".join(str(one.filing_id) for one in best))
    if not best:
        return None
    act = best[0].act
    if isinstance(act, ReverseReceipt) and await find_receipt(connection, str(act.receipt_id)) is None:
        return refusal("reversal_before_money", "data.receipt_id", serial=str(act.receipt_id))
    return best[0]


async def _candidates(connection: Connection, delivery: Delivery) -> _Found:
    reference = delivery.reference
    if delivery.by_hand is not None:
        kind = FilingKind.DECLARATION if isinstance(delivery.act, GiveNotice) else delivery.type.kind
        booked = await licences_of_line(connection, line_key(reference.line)) if reference.line else ()
        return _Found(await _of_kind(connection, kind, delivery.by_hand), booked)
    if isinstance(delivery.act, GiveNotice):
        return _Found(await _declarations(connection, reference))
    match delivery.type.kind:
        case FilingKind.DECLARATION:
            return _Found(await _declarations(connection, reference, isinstance(delivery.act, Announce)))
        case FilingKind.LICENCE:
            booked = await licences_of_line(connection, line_key(reference.line)) if reference.line else ()
            return _Found(await _licences(connection, delivery), booked)
        case FilingKind.SETTLEMENT:
            return _Found(await _settlements(connection, reference))
    return _Found(await _of_kind(connection, FilingKind.PAYOUT, reference.payout_id))


async def _declarations(connection: Connection, reference: Reference, announces: bool = False) -> list[Named]:
    found = await _of_kind(connection, FilingKind.DECLARATION, reference.declaration_id)
    if not found and reference.declaration_number:
        found = await filings_numbered(connection, IdentityKind.DECLARATION_NUMBER, reference.declaration_number)
    if reference.declaration_id is None and reference.patent_number:
        of_patent = await declarations_of_patent(connection, reference.patent_number)
        both = [one for one in of_patent if one.filing_id in {other.filing_id for other in found}]
        if both or not (found and of_patent):
            return both or found or of_patent
        # An announcement gives the number, which may be another's already; for all else a person says who is meant.
        return of_patent if announces else [*found, *(one for one in of_patent if one.stands)]
    return found


async def _licences(connection: Connection, delivery: Delivery) -> list[Named]:
    reference = delivery.reference
    found = await _of_kind(connection, FilingKind.LICENCE, reference.licence_id)
    if not found and reference.receipt_number:
        found = await _with_receipt(connection, reference.receipt_number)
    if not found and reference.payment_reference:
        found = await _paid_for(connection, reference.payment_reference)
    numbers = (
        (IdentityKind.RECORDAL_NUMBER, reference.recordal_number),
        (IdentityKind.REGISTRATION_NUMBER, reference.registration_number),
    )
    for what, number in numbers:
        if not found and number:
            found = await filings_numbered(connection, what, number)
    if len(found) != 1 and reference.licensee:
        of_licensee: list[Named] = []
        for declaration in await _declarations(connection, reference):
            of_licensee += await licences_of_licensee(
                connection, declaration.filing_id, reference.licensee, delivery.act.on
            )
        both = [one for one in of_licensee if one.filing_id in {other.filing_id for other in found}]
        found = both or found or of_licensee
    return found


async def _settlements(connection: Connection, reference: Reference) -> list[Named]:
    found = await _of_kind(connection, FilingKind.SETTLEMENT, reference.settlement_id)
    if not found and reference.scheme and reference.year:
        found = await settlements_of_year(connection, reference.scheme, reference.year, reference.authority)
    return found


async def _with_receipt(connection: Connection, receipt_number: str) -> list[Named]:
    licence_id = await licence_with_receipt_number(connection, receipt_number)
    return [Named(licence_id, stands=True)] if licence_id else []


async def _paid_for(connection: Connection, text: str) -> list[Named]:
    """The licences that the payer named; of two different ones a person is asked."""
    named: list[Named] = []
    plain = normal("reason", text)
    for number in _RECEIPT_NUMBER.findall(plain.upper()):
        named += await _with_receipt(connection, number)
    for one in _ID.findall(plain):
        named += await _of_kind(connection, FilingKind.LICENCE, UUID(one))
    return list(dict.fromkeys(named))


async def _of_kind(connection: Connection, kind: FilingKind, filing_id: UUID | None) -> list[Named]:
    filing = await find_filing(connection, filing_id) if filing_id else None
    return [Named(filing.filing_id, stands=True)] if filing and filing.kind == kind.value else []


async def _matched(
    connection: Connection, delivery: Delivery, filing_id: UUID, elsewhere: bool, allocate: Allocate
) -> Match:
    act, root = delivery.act, filing_id
    if isinstance(act, GiveNotice):
        number = await notice_number(connection, filing_id, act.licensee, act.on)
        act = delivery.act_for(filing_id, declaration_id=filing_id, n=number)
    elif isinstance(act, BookReceipt):
        act = await _booking(connection, delivery, act, filing_id, allocate)
    elif isinstance(act, ReverseReceipt) and delivery.reference.line:
        line = delivery.reference.line
        part = await find_receipt(connection, str(line.part_id(filing_id)))
        act = delivery.act_for(filing_id, receipt_id=line.part_id(filing_id) if part else line.receipt_id)
    elif isinstance(act, Announce):
        act = delivery.act_for(filing_id, printed_patent_number=await _printed(connection, delivery, act, filing_id))
    else:
        act = delivery.act_for(filing_id)
    if delivery.type.kind is FilingKind.LICENCE and not isinstance(act, GiveNotice):
        licence = await find_filing(connection, filing_id)
        root = licence.parent_id if licence and licence.parent_id else filing_id
    return await _told(connection, delivery, act, root, elsewhere)


async def _told(connection: Connection, delivery: Delivery, act: Act, root: UUID, elsewhere: bool) -> Match:
    """A fact that is known by its natural key and said otherwise is recorded beside it, as what contradicts it (R2)."""
    known = await find_act(connection, act.act_id)
    if told_beside_as(act) is None:
        return Match(act, root, known is not None)
    booked = elsewhere and isinstance(act, BookReceipt)
    if not booked and (known is None or known.body_hash == identity_hash(act)):
        return Match(act, root, known is not None)
    contradicts = refusal(known_as(act), "data", act_id=act.act_id, filing_id=act.filing_id)
    act = delivery.under_its_own_name(act)
    return Match(act, root, await find_act(connection, act.act_id) is not None, contradicts)


async def _printed(connection: Connection, delivery: Delivery, act: Announce, declaration_id: UUID) -> str | None:
    """Another patent's number under a declaration number of ours is a contradiction that must become a finding."""
    offer, number = await lock_offer(connection, declaration_id, "none"), delivery.reference.patent_number
    return number if offer and number and number != offer.patent_number else act.printed_patent_number


async def _booking(
    connection: Connection, delivery: Delivery, act: BookReceipt, licence_id: UUID, allocate: Allocate
) -> Act:
    """The bank's line with payer and allocations; one that is booked already keeps those it was booked with.

    A bank knows neither our parties nor our obligations: where it names no payer, the one whose receipt number was
    given is taken to have paid.
    """
    named = delivery.act_for(licence_id)
    known = await recorded_act(connection, named.act_id)
    found: dict[str, Any] = {}
    if known is not None:
        before = BookReceipt.model_validate(known, context=STORED)
        found = {name: getattr(before, name) for name in delivery.derives}
        if before.amount != act.amount:
            found["allocations"] = allocate((), act.amount)
    elif delivery.derives:
        head = await find_head(connection, licence_id)
        assert head is not None  # it was found by its id
        position = LicencePosition.model_validate(head.position, context=STORED)
        given: dict[str, Any] = {"payer": position.licensee, "allocations": allocate(position.obligations, act.amount)}
        found = {name: given[name] for name in delivery.derives}
    return delivery.act_for(licence_id, **found)
