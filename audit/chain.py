"""The hash chain of one filing, and the columns of its events against the bytes that are hashed."""

import json
from hashlib import sha256
from typing import Any
from uuid import UUID

from audit.report import Report
from database.pool import Connection
from database.reads.audit_reads import answers_of
from database.record.event_log import ChainLink, Head
from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.canonical import FIRST_PREVIOUS_HASH, canonical, chain_hash, plain


async def verify_chain(connection: Connection, filing_id: UUID, head: Head, links: list[ChainLink]) -> Report:
    """Every link, the head they lead to, and the answer each act was given."""
    report = Report()
    report.count("events", len(links))
    previous = FIRST_PREVIOUS_HASH
    for version, link in enumerate(links, start=1):
        where = f"events.{version}"
        report.compare(filing_id, f"{where}.version", version, link.version)
        report.compare(filing_id, f"{where}.previous_hash", previous.hex(), link.previous_hash.hex())
        report.compare(filing_id, f"{where}.hash", chain_hash(previous, link.canonical).hex(), link.hash.hex())
        _verify_columns(report, filing_id, where, FilingKind(head.kind), link)
        previous = link.hash
    report.compare(filing_id, "filings.head", len(links), head.version)
    report.compare(filing_id, "filings.head_hash", previous.hex(), head.hash.hex())
    answers = await answers_of(connection, [link.act_id for link in links])
    for link in links:
        answered = answers.get(link.act_id)
        where = f"acts.{link.act_id}"
        report.compare(filing_id, f"{where}.filing_id", filing_id, answered and answered.filing_id)
        answer = answered.answer if answered else {}
        report.compare(
            filing_id, f"{where}.content_hash", sha256(link.canonical).hexdigest(), answer.get("content_hash")
        )
        report.compare(filing_id, f"{where}.version", link.version, answer.get("head", {}).get("version"))
    return report


def _verify_columns(report: Report, filing_id: UUID, where: str, kind: FilingKind, link: ChainLink) -> None:
    proved: dict[str, Any] = json.loads(link.canonical)
    report.compare(filing_id, f"{where}.canonical", canonical(proved).hex(), link.canonical.hex())
    act = proved["body"]["act"]
    report.compare_each(
        filing_id,
        where,
        proved,
        plain(
            {
                "filing_id": filing_id,
                "version": link.version,
                "act_id": link.act_id,
                "kind": link.kind,
                "recorded_at": link.recorded_at,
                "body": link.body,
            }
        ),
    )
    report.compare_each(
        filing_id,
        f"{where}.act",
        {"act_id": act["act_id"], "filing_id": act["filing_id"], "on": act["on"], "event": _event(kind, act["kind"])},
        {"act_id": link.act_id, "filing_id": filing_id, "on": link.legal_on, "event": link.kind},
    )


def _event(kind: FilingKind, act: str) -> str | None:
    lifecycle = LIFECYCLES[kind]
    return lifecycle.event(act) if lifecycle.rows_of(act) else None
