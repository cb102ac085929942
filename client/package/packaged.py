"""A declaration as the files that the office asks for: its form, the same for programs, and every attachment.

The engine never files by itself; a person takes these to the office's business system.
"""

import json
import re
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from client.package.office_form import PartyNames, form_text, people_of
from database.pool import Connection
from database.record.event_log import chain_of
from database.registers.audit_log import write_audit
from database.registers.documents import find_document, read_document
from database.registers.parties import public_names, read_party, require_parties
from schemas.acts.declaration import DECLARATION_ACT
from schemas.standing.fact import Fact, Made
from schemas.statements.bars import BarAnswer
from schemas.statements.offer import Offer
from schemas.values.money import STORED
from schemas.values.refusal import refuse

_WITH_OFFER = ("save_draft", "submit", "resubmit", "take_over")
_PLAIN_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")
InOrder = Callable[[Sequence[Fact[Any]], TypeAdapter[Any]], Sequence[Fact[Any]]]
"""Facts by legal day with corrections applied: a rule, so it is handed in."""


@dataclass(frozen=True)
class Attachment:
    """One document of the package: what it is in the form, and the name of its file."""

    what: str
    content_hash: str
    file: str
    body: bytes


@dataclass(frozen=True)
class Reader:
    """Who opens the names and contacts of persons, as the audit log then says."""

    party_id: UUID
    role: str
    master_key: bytes


@dataclass(frozen=True)
class Package:
    """The files by their names."""

    filing_id: UUID
    offer: Offer
    files: Mapping[str, bytes]

    def zipped(self) -> bytes:
        """All of them in one file."""
        body = BytesIO()
        with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.files.items():
                archive.writestr(name, content)
        return body.getvalue()


async def packaged(connection: Connection, filing_id: UUID, in_order: InOrder, reader: Reader | None) -> Package:
    """The package of a declaration; without a reader persons stand in it with their ids only.

    Raises Refused ``filing_unknown`` or ``document_unknown``.
    """
    offer, bars = await _offer(connection, filing_id, in_order)
    names = await _names(connection, people_of(offer), reader, filing_id)
    attachments = [one async for one in _attachments(connection, offer, bars)]
    whole = {
        "filing_id": str(filing_id),
        "offer": offer.model_dump(mode="json"),
        "bars": [one.model_dump(mode="json") for one in bars],
        "parties": {str(party_id): name.as_json() for party_id, name in names.items()},
        "attachments": [{"what": one.what, "file": one.file, "content_hash": one.content_hash} for one in attachments],
    }
    text = form_text(offer, names, [(one.what, one.file) for one in attachments])
    files = {
        "declaration.txt": text.encode(),
        "declaration.json": json.dumps(whole, ensure_ascii=False, indent=2).encode(),
        **{one.file: one.body for one in attachments},
    }
    return Package(filing_id, offer, files)


async def _offer(connection: Connection, filing_id: UUID, in_order: InOrder) -> tuple[Offer, tuple[BarAnswer, ...]]:
    """The latest offer by legal day, corrections applied, and the answers about the bars that came with it."""
    async with connection.transaction(readonly=True):
        facts: list[Fact[Any]] = [
            Fact(
                link.version,
                DECLARATION_ACT.validate_python(link.body["act"], context=STORED),
                link.recorded_at,
                Made(),
            )
            async for link in chain_of(connection, filing_id)
            if link.kind.startswith("declaration:")
        ]
    if not facts:
        raise refuse("filing_unknown", "FILING", filing_id=filing_id)
    # What two people have not both signed yet does not count, but it is all there is of a filing taken over.
    counting = [fact.act for fact in in_order(facts, DECLARATION_ACT) if fact.act.kind in _WITH_OFFER]
    latest = counting[-1] if counting else facts[0].act
    return latest.offer, getattr(latest, "bars", ())


async def _names(
    connection: Connection, people: tuple[UUID, ...], reader: Reader | None, filing_id: UUID
) -> dict[UUID, PartyNames]:
    if reader is None:
        public = await public_names(connection, people)
        return {one: PartyNames(public.get(one, str(one)), {}) for one in people}
    await require_parties(connection, reader.party_id)
    await write_audit(connection, reader.party_id, reader.role, "package", "read", filing_id=filing_id)
    found: dict[UUID, PartyNames] = {}
    for one in people:
        party = await read_party(connection, reader.master_key, one)
        private = dict(party.private) if party else {}
        name = (party.public_name if party else None) or private.pop("name", None) or str(one)
        code = {"credit_code": party.credit_code} if party and party.credit_code else {}
        found[one] = PartyNames(name, {**code, **private})
    return found


def _named_documents(offer: Offer, bars: tuple[BarAnswer, ...]) -> Iterator[tuple[str, str]]:
    if offer.evaluation_report:
        yield "专利权评价报告 evaluation report", offer.evaluation_report.document
    for owner in offer.patentees:
        if owner.consent:
            yield "专利权人同意书 consent", owner.consent
    if offer.co_owner_agreement:
        yield "共有人协议 co-owners' agreement", offer.co_owner_agreement
    if offer.agency:
        yield "委托书 power of attorney", offer.agency.power_of_attorney
    for content_hash in offer.attachments:
        yield "附件 attachment", content_hash
    for answer in bars:
        if answer.evidence:
            yield f"核查证据 evidence on {answer.bar.value}", answer.evidence


async def _attachments(connection: Connection, offer: Offer, bars: tuple[BarAnswer, ...]) -> AsyncIterator[Attachment]:
    for what, content_hash in _named_documents(offer, bars):
        card, body = await find_document(connection, content_hash), await read_document(connection, content_hash)
        if card is None or body is None:
            raise refuse("document_unknown", what, content_hash=content_hash)
        # The sender's name of a document is text from outside, so only its suffix reaches the file system.
        suffix = _PLAIN_SUFFIX.search(card.name)
        yield Attachment(what, content_hash, f"attachments/{content_hash}{suffix.group() if suffix else ''}", body)
