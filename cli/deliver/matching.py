"""Which filing an event is about, and the act it is there."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cli.deliver.cloud_event import Reference
from cli.deliver.delivery import Delivery
from database.pool import Connection
from database.reads.matching import (
    OfficeNumber,
    declarations_of_patent,
    filings_numbered,
    licence_with_receipt_number,
    licences_of_licensee,
    notice_number_of_day,
    recorded_act,
)
from database.reads.read_model import find_filing
from database.record.event_log import find_act, find_head
from database.standing.offers import find_receipt, find_unfinished_licence, lock_offer, next_licence_number
from rules.licence.receipts import CREDIT, allocations_when_unnamed
from schemas.acts.act import Act, FilingKind
from schemas.acts.declaration import Announce
from schemas.acts.licence import GiveNotice
from schemas.acts.royalty import Allocation, BookReceipt, ReverseReceipt
from schemas.standing.position import LicencePosition
from schemas.values.money import STORED

_RECEIPT_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9A-F]{16}-\d{6,}(?!\d)")
_ID = re.compile(r"(?i)(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])")


@dataclass(frozen=True)
class Match:
    """The act on the filing that was found; ``root``: the declaration whose acts must not overtake each other."""

    act: Act
    root: UUID
    known: bool
    """It was granted before."""

    @property
    def filing_id(self) -> UUID:
        return self.act.filing_id


async def match(connection: Connection, delivery: Delivery) -> Match | None:
    """The filing and the act; None when nothing of ours has the names that the event gives.

    A patent can have several declarations, one after the other: where one of them has this very act, that one is meant,
    else the one that lives.
    """
    first: Match | None = None
    for filing_id in await _candidates(connection, delivery):
        found = await _matched(connection, delivery, filing_id)
        if found.known:
            return found
        first = first or found
    return first


async def _candidates(connection: Connection, delivery: Delivery) -> list[UUID]:
    reference = delivery.reference
    if isinstance(delivery.act, GiveNotice):
        return await _declarations(connection, reference)
    match delivery.type.kind:
        case FilingKind.DECLARATION:
            return await _declarations(connection, reference)
        case FilingKind.LICENCE:
            return await _licences(connection, reference)
    return await _of_kind(connection, FilingKind.PAYOUT, reference.payout_id)


async def _declarations(connection: Connection, reference: Reference) -> list[UUID]:
    found = await _of_kind(connection, FilingKind.DECLARATION, reference.declaration_id)
    if not found and reference.declaration_number:
        found = await filings_numbered(connection, "declaration_number", reference.declaration_number)
    if not found and reference.patent_number:
        found = await declarations_of_patent(connection, reference.patent_number)
    return found


async def _licences(connection: Connection, reference: Reference) -> list[UUID]:
    found = await _of_kind(connection, FilingKind.LICENCE, reference.licence_id)
    if not found and reference.line:
        receipt = await find_receipt(connection, str(reference.line.receipt_id))
        found = [receipt.licence_id] if receipt else []
    if not found and reference.receipt_number:
        found = await _with_receipt(connection, reference.receipt_number)
    if not found and reference.payment_reference:
        found = await _paid_for(connection, reference.payment_reference)
    numbers: tuple[tuple[OfficeNumber, str | None], ...] = (
        ("recordal_number", reference.recordal_number),
        ("registration_number", reference.registration_number),
    )
    for name, number in numbers:
        if not found and number:
            found = await filings_numbered(connection, name, number)
    if not found and reference.licensee:
        for declaration_id in await _declarations(connection, reference):
            found += await licences_of_licensee(connection, declaration_id, reference.licensee)
    return found


async def _with_receipt(connection: Connection, receipt_number: str) -> list[UUID]:
    licence_id = await licence_with_receipt_number(connection, receipt_number.upper())
    return [licence_id] if licence_id else []


async def _paid_for(connection: Connection, text: str) -> list[UUID]:
    """The licence that the payer named; two different ones are a question for a person, and no match."""
    named: list[UUID] = []
    for number in _RECEIPT_NUMBER.findall(text.upper()):
        named += await _with_receipt(connection, number)
    for one in _ID.findall(text):
        named += await _of_kind(connection, FilingKind.LICENCE, UUID(one))
    distinct = list(dict.fromkeys(named))
    return distinct if len(distinct) == 1 else []


async def _of_kind(connection: Connection, kind: FilingKind, filing_id: UUID | None) -> list[UUID]:
    filing = await find_filing(connection, filing_id) if filing_id else None
    return [filing.filing_id] if filing and filing.kind == kind.value else []


async def _matched(connection: Connection, delivery: Delivery, filing_id: UUID) -> Match:
    act, root = delivery.act, filing_id
    if isinstance(act, GiveNotice):
        act = delivery.act_for(filing_id, declaration_id=filing_id, n=await _notice_number(connection, act, filing_id))
    elif isinstance(act, BookReceipt):
        act = await _booking(connection, delivery, act, filing_id)
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
    return Match(act, root, await find_act(connection, act.act_id) is not None)


async def _notice_number(connection: Connection, notice: GiveNotice, declaration_id: UUID) -> int:
    """n of that day's notice or of the licence that is not over, so that a repeat gets its receipt; else the next."""
    number = await notice_number_of_day(connection, declaration_id, notice.licensee, notice.on)
    if number is not None:
        return number
    unfinished = await find_unfinished_licence(connection, declaration_id, notice.licensee)
    return unfinished.n if unfinished else await next_licence_number(connection, declaration_id, notice.licensee)


async def _printed(connection: Connection, delivery: Delivery, act: Announce, declaration_id: UUID) -> str | None:
    """Another patent's number under a declaration number of ours is a contradiction that must become a finding."""
    offer, number = await lock_offer(connection, declaration_id, "none"), delivery.reference.patent_number
    return number if offer and number and number != offer.patent_number else act.printed_patent_number


async def _booking(connection: Connection, delivery: Delivery, act: BookReceipt, licence_id: UUID) -> Act:
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
            found["allocations"] = (Allocation(obligation=CREDIT, amount=act.amount),)
    elif delivery.derives:
        head = await find_head(connection, licence_id)
        assert head is not None  # it was found by its id
        position = LicencePosition.model_validate(head.position, context=STORED)
        given: dict[str, Any] = {
            "payer": position.licensee,
            "allocations": allocations_when_unnamed(position.obligations, act.amount),
        }
        found = {name: given[name] for name in delivery.derives}
    return delivery.act_for(licence_id, **found)
