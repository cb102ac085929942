"""``package``: a declaration in the order of the office's form, with its attachments, for whoever files at the office.

The engine never files by itself; a person takes this folder to the office's business system.
"""

import asyncio
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from cli.files.given import unwritable
from cli.files.office_form import PartyNames, form_text, people_of
from cli.ids import given_id
from cli.output import json_option, put_json, put_pairs
from cli.reading import reading
from cli.typed.commands import worded_command
from cli.typed.kinds import Choice
from cli.typed.mistakes import only_with
from client.meant import filing_meant
from database.pool import Connection
from database.record.event_log import chain_of
from database.registers.audit_log import write_audit
from database.registers.documents import find_document, read_document
from database.registers.parties import public_names, read_party, require_parties
from rules.filing.order import legal_order
from runtime.settings import Settings
from schemas.acts.declaration import DECLARATION_ACT
from schemas.standing.fact import Fact, Made
from schemas.statements.bars import BarAnswer
from schemas.statements.offer import Offer
from schemas.values.actor import Role
from schemas.values.money import STORED
from schemas.values.refusal import refuse

_WITH_OFFER = ("save_draft", "submit", "resubmit", "take_over")
_PLAIN_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True)
class Attachment:
    """One document of the package: what it is in the form, and the name of its file."""

    what: str
    content_hash: str
    file: str
    body: bytes


@worded_command()
@click.argument("filing", metavar="FILING")
@click.option("--out", metavar="DIR")
@click.option("--by", metavar="PARTY")
@click.option("--role", type=Choice([role.value for role in Role]), default=Role.LICENSOR.value)
@json_option
def package(filing: str, out: str | None, by: str | None, role: str, as_json: bool) -> None:
    """Writes the data of the declaration FILING as the office's form asks for it.

    Without --by persons stand in it with their ids only.
    """
    only_with(("--by",), "--role")
    reader = given_id(by, "--by") if by else None
    filing_id, offer, files = asyncio.run(_files(filing, reader, role))
    target = Path(out or f"package-{offer.patent_number}")
    _write(target, files)
    found = {
        "filing_id": str(filing_id),
        "patent_number": offer.patent_number,
        "path": str(target),
        "files": sorted(files),
    }
    if as_json:
        put_json(found)
    else:
        put_pairs("package", {**found, "files": "\n".join(sorted(files))})


async def _files(text: str, reader: UUID | None, role: str) -> tuple[UUID, Offer, dict[str, bytes]]:
    settings = Settings.read()
    async with reading(settings) as pool, pool.acquire() as connection:
        filing_id, _ = await filing_meant(connection, text, "declaration")
        offer, bars = await _offer(connection, filing_id)
        names = await _names(connection, settings, people_of(offer), reader, role, filing_id)
        attachments = [one async for one in _attachments(connection, offer, bars)]
    listed = [{"what": one.what, "file": one.file, "content_hash": one.content_hash} for one in attachments]
    whole = {
        "filing_id": str(filing_id),
        "offer": offer.model_dump(mode="json"),
        "bars": [one.model_dump(mode="json") for one in bars],
        "parties": {str(party_id): name.as_json() for party_id, name in names.items()},
        "attachments": listed,
    }
    text = form_text(offer, names, [(one.what, one.file) for one in attachments])
    return (
        filing_id,
        offer,
        {
            "declaration.txt": text.encode(),
            "declaration.json": json.dumps(whole, ensure_ascii=False, indent=2).encode(),
            **{one.file: one.body for one in attachments},
        },
    )


async def _offer(connection: Connection, filing_id: UUID) -> tuple[Offer, tuple[BarAnswer, ...]]:
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
    counting = [fact.act for fact in legal_order(facts, DECLARATION_ACT) if fact.act.kind in _WITH_OFFER]
    latest = counting[-1] if counting else facts[0].act
    return latest.offer, getattr(latest, "bars", ())


async def _names(
    connection: Connection,
    settings: Settings,
    people: tuple[UUID, ...],
    reader: UUID | None,
    role: str,
    filing_id: UUID,
) -> dict[UUID, PartyNames]:
    if reader is None:
        public = await public_names(connection, people)
        return {one: PartyNames(public.get(one, str(one)), {}) for one in people}
    await require_parties(connection, reader)
    await write_audit(connection, reader, role, "package", "read", filing_id=filing_id)
    found: dict[UUID, PartyNames] = {}
    for one in people:
        party = await read_party(connection, settings.master_key(), one)
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


async def _attachments(connection: Connection, offer: Offer, bars: tuple[BarAnswer, ...]) -> Any:
    for what, content_hash in _named_documents(offer, bars):
        card, body = await find_document(connection, content_hash), await read_document(connection, content_hash)
        if card is None or body is None:
            raise refuse("document_unknown", what, content_hash=content_hash)
        # The sender's name of a document is text from outside, so only its suffix reaches the file system.
        suffix = _PLAIN_SUFFIX.search(card.name)
        yield Attachment(what, content_hash, f"attachments/{content_hash}{suffix.group() if suffix else ''}", body)


def _write(target: Path, files: dict[str, bytes]) -> None:
    try:
        if target.suffix.lower() == ".zip":
            with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
                for name, body in files.items():
                    archive.writestr(name, body)
            return
        target.mkdir(parents=True)
        (target / "attachments").mkdir()
        for name, body in files.items():
            (target / name).write_bytes(body)
    except OSError as error:
        raise unwritable(target, error) from error
