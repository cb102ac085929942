"""The certificate of a licence on paper, and the papers for its recordal in one file."""

import asyncio
from dataclasses import dataclass
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import PurePath
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fastapi import APIRouter
from starlette.responses import Response

from database.pool import Connection
from database.record.event_log import chain_of, find_act
from database.registers.documents import find_document, read_document
from rules.licence.right import terms_on
from schemas.statements.offer import TermsVersion
from schemas.values.model import SHANGHAI
from texts.citations import article_in
from texts.lines import Language
from texts.words import name_of
from web.forms.saying import form_sayings
from web.pages import receipts
from web.pages.licensee.licences import ShownLicence, read
from web.pages.offers import offer
from web.papers.paper import Paper, printed
from web.render import environment, sayings
from web.visit import NotFound, Somebody, Visit
from web.words import word

router = APIRouter(prefix="/licences")
_PAPERS_OF = {"give_notice": "notice_document", "pay": "voucher"}
"""Acts by which a licence is reached, and the field in which each names its paper (rule 87)."""
_TERMS = '{% from "terms.html" import royalty, term with context %}{{ royalty(terms.royalty) }}\n{{ term(terms.term) }}'


@dataclass(frozen=True)
class Certified:
    """A licence with everything that its certificate says."""

    licence: ShownLicence
    offer: offer.ShownOffer
    terms: TermsVersion
    reached_by: list[tuple[UUID, str, str | None]]
    """Id and kind of each act, and the hash of its paper."""
    content_hash: str
    last_on: date
    """The day of the last record: it says as of when the paper is, and the same record makes the same paper."""


async def certified(visit: Visit, connection: Connection, licence_id: UUID) -> Certified:
    """Raises NotFound where there is no such licence, it is not yours, or it has no certificate."""
    found = await read(visit, connection, licence_id)
    if not found.dues.has_certificate or found.listed.parent_id is None:
        raise NotFound
    links = [link async for link in chain_of(connection, licence_id)]
    first = await find_act(connection, links[0].act_id)
    shown = await offer.read(connection, found.listed.parent_id)
    terms = terms_on(shown.offer, found.dues.position.received_on)
    assert first is not None
    assert terms is not None  # it took effect by them
    acts = [(link.act_id, link.body["act"]) for link in links]
    return Certified(
        found,
        shown,
        terms,
        [(act_id, act["kind"], act.get(_PAPERS_OF[act["kind"]])) for act_id, act in acts if act["kind"] in _PAPERS_OF],
        first.answer["content_hash"],
        links[-1].recorded_at.astimezone(SHANGHAI).date(),
    )


@router.get("/{licence_id}/certificate.pdf")
async def certificate(visit: Somebody, licence_id: UUID) -> Response:
    """What was granted, with a code by which anybody sees whether it is still in force."""
    async with visit.console.pool.acquire() as connection:
        found = await certified(visit, connection, licence_id)
    made = await asyncio.to_thread(printed, _paper(visit, found), visit.language)
    return _sent(made, "application/pdf", f"certificate-{licence_id}.pdf")


@router.get("/{licence_id}/recordal.zip")
async def recordal_papers(visit: Somebody, licence_id: UUID) -> Response:
    """The certificate, the receipts of notice and payments, and their papers: proof that it was reached (rule 87)."""
    language = visit.language
    async with visit.console.pool.acquire() as connection:
        found = await certified(visit, connection, licence_id)
        documents = [
            (await find_document(connection, one), await read_document(connection, one))
            for one in dict.fromkeys(paper for _, _, paper in found.reached_by if paper)
        ]
    papers = {"certificate.pdf": _paper(visit, found)}
    for number, (act_id, kind, _) in enumerate(found.reached_by, start=1):
        papers[f"{number}-{kind}.pdf"] = receipts.paper_of(visit, await receipts.read(visit, act_id))
    files = {name: await asyncio.to_thread(printed, one, language) for name, one in papers.items()}
    for card, body in documents:
        if card is not None and body is not None:
            files[f"{card.content_hash[:12]}{PurePath(card.name).suffix[:8]}"] = body
    return _sent(await asyncio.to_thread(_packed, files), "application/zip", f"recordal-{licence_id}.zip")


def _paper(visit: Visit, found: Certified) -> Paper:
    language, position, shown = visit.language, found.licence.dues.position, found.offer
    royalty, term = _terms_said(found.terms, language)
    names = {**shown.names, **found.licence.names}
    licensee = names.get(position.licensee_on(found.last_on)) or word("natural_person", language)
    licensors = [names.get(one.party_id) or word("natural_person", language) for one in shown.offer.owners]
    pairs = [
        (word("licensee", language), licensee),
        (word("patentees", language), "、".join(licensors)),
        (word("patent_number", language), shown.offer.patent_number),
        (word("title", language), shown.listed.title or ""),
        (word("declaration_number", language), shown.position.declaration_number or ""),
        (word("receipt_number", language), position.receipt_number or ""),
        (word("effective_on", language), str(position.effective_on)),
        (word("term_ends_on", language), str(position.term_ends_on or "")),
        (word("royalty", language), royalty),
        (word("licence_term", language), term),
        (word("recordal_number", language), position.recordal_number or ""),
        (word("stage", language), name_of("stages", f"licence.{position.stage}", language)),
        (word("basis", language), article_in("PL-51-1", language)),
        (word("filing_id", language), str(found.licence.listed.filing_id)),
    ]
    return Paper(
        title=word("certificate", language),
        about=word("certificate_what", language),
        pairs=pairs,
        address=visit.address(f"/verify/{found.reached_by[0][0]}/{found.content_hash}"),
        made_on=found.last_on,
        note=word("certificate_note", language, on=found.last_on),
    )


def _terms_said(terms: TermsVersion, language: Language) -> list[str]:
    said = environment().from_string(_TERMS).render({**sayings(language), **form_sayings(language), "terms": terms})
    return [" ".join(unescape(line).split()) for line in said.splitlines() if line.strip()]


def _packed(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(ZipInfo(name), body, ZIP_DEFLATED)
    return packed.getvalue()


def _sent(body: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(body, media_type=media_type, headers=headers)
