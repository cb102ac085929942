"""A record as files: bytes that are hashed as they are, everything else as JSON that a person can read too."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, get_args
from unicodedata import category, normalize

from audit.bundle.money import sheet_of
from audit.bundle.paper import paper
from audit.bundle.reading import FOR_THE_COURT, reading_of
from audit.bundle.readme import COURT, NAMES, RECORD, STAMP, STAMPED, WORKBOOK, readme_of
from audit.bundle.record import Document, FilingRecord
from audit.bundle.workbook import workbook_of
from audit.transparency.proofs import put_hashes
from rules.law.loader import bundled_parameters, parameters_text
from schemas.values.canonical import plain
from texts.lines import Language

_NOT_IN_NAMES = '%/\\:*?"<>|'
_LONGEST_NAME = 60


def members_of(record: FilingRecord, related: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path below ``data/`` -> bytes; ``related``: bundles of other filings, by path."""
    files = {
        "filing.json": _json(
            {
                **vars(record.filing),
                "head_hash": record.filing.head_hash.hex(),
                "related": [{**vars(one), "head_hash": one.head_hash.hex()} for one in record.related],
            }
        ),
        "parties.json": _json([vars(one) for one in record.parties]),
        "determinations/determinations.json": _json(record.determinations),
        "money/sheet.json": _json(sheet_of(record)),
        "parameters/parameters.json": parameters_text(bundled_parameters().contents).encode("ascii"),
        "parameters/read.json": _json(
            [
                {"version": one["version"], "ordinal": one["ordinal"], "reads": one["determination"]["reads"]}
                for one in record.determinations
            ]
        ),
        "nightly.json": _json([vars(one) for one in record.system.last_results]),
    }
    files |= {
        **related,
        **_events(record),
        **_documents(record),
        **_log(record),
        **_histories(record),
        **_pages(record),
    }
    languages = get_args(Language)
    return {**files, **{NAMES[one]: readme_of(record, one, {*files}).encode() for one in languages}}


def _pages(record: FilingRecord) -> dict[str, bytes]:
    """What people read: the record and the page for courts as PDF in each language, the money as a workbook."""
    files = {WORKBOOK: workbook_of(record)}
    for language in get_args(Language):
        files[RECORD[language]] = paper(reading_of(record, language))
        files[COURT[language]] = paper(reading_of(record, language, FOR_THE_COURT))
    return files


def _events(record: FilingRecord) -> dict[str, bytes]:
    files = {f"events/{link.version:06d}.json": link.canonical for link in record.links}
    chain = [
        {
            "version": link.version,
            "file": f"data/{path}",
            "act_id": link.act_id,
            "kind": link.kind,
            "legal_on": link.legal_on,
            "recorded_at": link.recorded_at,
            "previous_hash": link.previous_hash.hex(),
            "hash": link.hash.hex(),
            "code_version": link.code_version,
        }
        for path, link in zip(files, record.links, strict=True)
    ]
    answers = {str(act_id): one.answer for act_id, one in record.answers.items()}
    return {**files, "events/chain.json": _json(chain), "events/answers.json": _json(answers)}


def _documents(record: FilingRecord) -> dict[str, bytes]:
    there = {one.card.content_hash: f"documents/{_named(one)}" for one in record.documents if one.body is not None}
    cards = [
        {**vars(one.card), "file": f"data/{there[one.card.content_hash]}" if one.body is not None else None}
        for one in record.documents
    ]
    bodies = {there[one.card.content_hash]: one.body for one in record.documents if one.body is not None}
    return {**bodies, "documents/documents.json": _json(cards)}


def _log(record: FilingRecord) -> dict[str, bytes]:
    """The checkpoint, its keys, and a proof for each event, document and history; nothing where no log is published."""
    if (log := record.log) is None:
        return {}
    files = {
        "log/checkpoint": str(log.checkpoint).encode(),
        "log/key.txt": f"{log.verifier}\n".encode(),
        "log/index.json": _json({"unsealed": log.unsealed, "unsealed_copies": log.unsealed_copies}),
        **{f"log/proofs/{name}": proof.encode() for name, proof in log.proofs.items()},
    }
    if log.witnesses:
        files["log/witnesses.txt"] = "".join(f"{one}\n" for one in log.witnesses).encode()
    if log.stamp is not None:
        files[STAMPED] = log.stamp.checkpoint
        files[STAMP] = log.stamp.token
        files[f"{STAMPED}.consistency"] = put_hashes(log.stamp.hashes).encode()
    return files


def _histories(record: FilingRecord) -> dict[str, bytes]:
    """Of each run its events as JSON, and the bytes of Temporal (protobuf) that the evidence store has the hash of."""
    files, index = dict[str, bytes](), []
    for one in record.histories:
        kept, place = one.kept, f"histories/{one.kept.run_id}-{one.kept.copy_number}"
        files[f"{place}.json"] = one.as_history().to_json().encode()
        files[f"{place}.pb"] = one.text
        index.append(
            {
                "workflow_id": kept.workflow_id,
                "workflow_type": kept.workflow_type,
                "run_id": kept.run_id,
                "file": f"data/{place}.json",
                "bytes_file": f"data/{place}.pb",
                "bytes_hash": sha256(one.text).hexdigest(),
                "history_hash": kept.history_hash.hex(),
                "fault": one.fault,
                "last_event": kept.last_event,
                "closed_as": kept.closed_as,
                "continued_from": kept.continued_from,
                "code_versions": kept.code_versions,
                "sdk_version": kept.sdk_version,
                "plugin": kept.plugin,
                "copied_at": kept.copied_at,
                "row": record.log.rows.get(kept.copy_number) if record.log is not None else None,
            }
        )
    return {**files, "histories/index.json": _json(index)}


def _named(document: Document) -> str:
    """The document's own name behind its hash, without what a file system or a manifest takes otherwise."""
    name = normalize("NFC", document.card.name)
    kept = "".join("_" if one in _NOT_IN_NAMES or category(one).startswith("C") else one for one in name)
    stem, dot, ending = kept.rpartition(".")
    short = f"{(stem or ending)[:_LONGEST_NAME]}{dot}{ending[:10]}" if dot else kept[:_LONGEST_NAME]
    return f"{document.card.content_hash[:16]}-{short.strip()}"


def _json(value: Any) -> bytes:
    return f"{json.dumps(plain(value), ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()
