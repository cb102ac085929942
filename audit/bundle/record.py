"""What a bundle is made of, read in one snapshot: the filing, its events, and everything that they name."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.bundle.proofs import SealedLog, sealed_log
from audit.evidence.reading import Stored, histories_of
from audit.sealing.folder import LogFolder
from audit.transparency.notes import Verifier
from database.evidence.filing_record import (
    FilingRow,
    NamedParty,
    PostingRow,
    RelatedFiling,
    documents_named,
    filing_row,
    parties_named,
    postings_of,
    related_filings,
)
from database.evidence.system_state import SystemState, system_state
from database.pool import Connection
from database.reads.audit_reads import AnsweredAct, answers_of
from database.record.event_log import ChainLink, chain_of
from database.registers.documents import DocumentCard, read_document
from schemas.values.refusal import refuse

_HASH = re.compile(rb'"([0-9a-f]{64})"')
_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


Published = tuple[LogFolder, Verifier]


@dataclass(frozen=True)
class Document:
    """A document that an event names; ``body`` is None where the bytes are left out."""

    card: DocumentCard
    body: bytes | None


@dataclass(frozen=True)
class Extraction:
    """Who takes the bundle out of the record, and when; ``by`` is None where nobody was named."""

    at: datetime
    by: UUID | None
    code_version: str


@dataclass(frozen=True)
class FilingRecord:
    """One filing with all that proves it."""

    filing: FilingRow
    links: tuple[ChainLink, ...]
    answers: dict[UUID, AnsweredAct]
    documents: tuple[Document, ...]
    parties: tuple[NamedParty, ...]
    postings: tuple[PostingRow, ...]
    related: tuple[RelatedFiling, ...]
    system: SystemState
    log: SealedLog | None
    """None where no log is published."""
    histories: tuple[Stored, ...]
    """Of every run that was copied, in the order in which they began."""
    extraction: Extraction

    @property
    def determinations(self) -> list[dict[str, Any]]:
        """Every determination as its event has it, with its place."""
        return [
            {"version": link.version, "ordinal": ordinal, "determination": made}
            for link in self.links
            for ordinal, made in enumerate(json.loads(link.canonical)["body"]["made"].get("determinations", []))
        ]


async def read_record(
    connection: Connection,
    filing_id: UUID,
    extraction: Extraction,
    published: Published | None = None,
    *,
    with_documents: bool = True,
) -> FilingRecord:
    """The record of a filing; Refused ``filing_unknown``. The connection is in one snapshot that only reads.

    ``published``: where the log lies, and its key; Refused where what lies there is not that log.
    """
    filing = await filing_row(connection, filing_id)
    if filing is None:
        raise refuse("filing_unknown", "filing", filing_id=filing_id)
    links = tuple([link async for link in chain_of(connection, filing_id)])
    text = b"".join(link.canonical for link in links)
    cards = await documents_named(connection, sorted({one.decode() for one in _HASH.findall(text)}))
    documents = [
        Document(card, await read_document(connection, card.content_hash) if with_documents else None) for card in cards
    ]
    histories = await histories_of(connection, filing_id)
    ids = {UUID(one.decode()) for one in _ID.findall(text)}
    return FilingRecord(
        filing,
        links,
        await answers_of(connection, [link.act_id for link in links]),
        tuple(documents),
        tuple(await parties_named(connection, sorted(ids | ({extraction.by} if extraction.by else set())))),
        tuple(await postings_of(connection, filing_id)),
        tuple(await related_filings(connection, filing_id)),
        await system_state(connection, filing_id),
        await sealed_log(connection, *published, filing, links, [one.content_hash for one in cards], histories)
        if published is not None
        else None,
        tuple(histories),
        extraction,
    )
