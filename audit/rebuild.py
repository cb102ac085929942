"""Rebuilds the read model from the event log alone, in memory, and compares it with the one people look at.

The facts are folded in the order of recording through the functions that recorded them, each with the snapshot of its
surroundings that it kept. Nothing is written: a difference is for a person to understand.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from audit.chain import verify_chain
from audit.determinations import recompute_determinations
from audit.entitlements import compare_entitlements
from audit.report import Pending, Report
from audit.settlements import SettlementRebuilt, compare_settlement
from database.pool import Connection, Pool
from database.reads.audit_reads import (
    acts_without_event,
    bank_lines_left,
    counts_that_differ,
    find_licence,
    lists_that_differ,
    rows_without_filing,
)
from database.reads.filters import BEFORE_ALL
from database.reads.read_model import FilingSummary, all_filings, find_filing, findings_of, tasks_of
from database.record.derived_rows import bank_line_row, licence_row, offer_row, receipt_rows
from database.record.difference import posted_difference
from database.record.event_log import Head, chain_of, find_head
from database.record.posting import Finding, Task
from database.registers.calendar_tables import tables_in_use
from database.standing.identities import identities_held
from database.standing.ledger import standing_lines, unbalanced_transactions
from database.standing.offers import find_bank_line, lock_offer, receipts_of
from rules.filing.moved import moved_days
from rules.kinds import KINDS, Kind
from rules.law.calendar import Calendar, Calendars
from rules.licence.once.told_once import books_line
from schemas.acts.act import FilingKind
from schemas.acts.royalty import BookReceipt
from schemas.standing.fact import Fact
from schemas.standing.position import DeclarationPosition, LicencePosition
from schemas.standing.surroundings import LicenceSurroundings
from schemas.values.canonical import plain

_BATCH = 500
_RENAMED = {"tax_record": "tax_declaration"}
"""What is met of a tax that is declared: earlier versions called it by the record of a relief that was not taken."""


@dataclass
class Rebuilt:
    """One filing as its facts make it."""

    position: Any = None
    surroundings: Any = None
    facts: list[Fact[Any]] = field(default_factory=list)
    tasks: dict[str, Task] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    ledger: dict[tuple[str, str], int] = field(default_factory=dict)
    settlement: SettlementRebuilt = field(default_factory=SettlementRebuilt)


async def rebuild_and_compare(pool: Pool) -> Report:
    """Every filing, and the sums over all of them; each filing is read in one snapshot, so the engine may go on."""
    report = Report()
    async with pool.acquire() as connection:
        calendars = await calendars_in_use(connection)
        for transaction_id, fen in (await unbalanced_transactions(connection)).items():
            report.compare(None, f"postings.{transaction_id}", 0, fen)
        for table, filing_id in await rows_without_filing(connection):
            report.compare(filing_id, table, None, "belongs to no filing")
        for filing_id, act_id in await acts_without_event(connection):
            report.compare(filing_id, f"acts.{act_id}", None, "is in no event")
        for name, counted, kept in await counts_that_differ(connection):
            report.compare(None, f"counts.{name}", counted, kept)
        report.count("bank_lines_left", await bank_lines_left(connection))
        await compare_entitlements(connection, report)
        after = BEFORE_ALL
        while batch := await all_filings(connection, after, _BATCH):
            for summary in batch:
                report.add(await rebuild_filing(connection, summary.filing_id, calendars))
            after = batch[-1].filing_id
    return report


async def calendars_in_use(connection: Connection) -> Calendars:
    """The bundled tables and those that two people loaded, one after the other."""
    return Calendars(Calendar.bundled(), await tables_in_use(connection))


async def rebuild_filing(connection: Connection, filing_id: UUID, calendars: Calendars) -> Report:
    """One filing; a difference for each field that its facts do not prove."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        head, summary = await find_head(connection, filing_id), await find_filing(connection, filing_id)
        assert head is not None  # filings are never removed
        assert summary is not None
        links = [link async for link in chain_of(connection, filing_id)]
        report = await verify_chain(connection, filing_id, head, links)
        if not report.ok:
            return report  # what the facts would prove is worth nothing once the facts are in doubt
        kind = FilingKind(head.kind)
        report.count(f"{kind.value}s")
        try:
            rebuilt = rebuild(
                [KINDS[kind].fact(one.version, one.recorded_at, one.body) for one in links], kind, calendars
            )
            recompute_determinations(report, filing_id, rebuilt.facts)
        except (ValueError, KeyError) as error:  # sealed by somebody, but by no version of this engine
            report.compare(filing_id, "facts", "can be read and derived from", repr(error))
            return report
        compare_standing(report, summary, head, rebuilt)
        await _compare_rows(report, connection, filing_id, rebuilt)
        if kind is FilingKind.DECLARATION:
            await _compare_offer(report, connection, filing_id, rebuilt)
        if kind is FilingKind.LICENCE:
            await _compare_licence(report, connection, filing_id, rebuilt)
        if kind is FilingKind.SETTLEMENT:
            await compare_settlement(report, connection, filing_id, rebuilt.settlement)
        _note_pending(report, filing_id, KINDS[kind], rebuilt, calendars)
    return report


def rebuild(facts: list[Fact[Any]], kind: FilingKind, calendars: Calendars) -> Rebuilt:
    """The facts folded in the order of recording, each under its own calendar, as the recording activity did it."""
    done = Rebuilt()
    for fact in facts:
        done.facts.append(fact)
        done.surroundings = fact.made.surroundings or done.surroundings
        calendar = calendars.at(fact.made.calendar)
        before, done.position = done.position, KINDS[kind].derive(done.facts, done.surroundings, calendar)
        difference = posted_difference(before, done.position, fact.act.on)
        done.tasks.update({one.key: one for one in difference.tasks})
        done.findings.update({one.key: one for one in difference.findings})
        for line in difference.lines:
            place = (line.line_key, line.account)
            done.ledger[place] = done.ledger.get(place, 0) + line.fen
        if kind is FilingKind.SETTLEMENT:
            done.settlement.fold(fact, before, done.position, done.surroundings)
    return done


def _note_pending(
    report: Report, filing_id: UUID, kind: Kind[Any, Any, Any], rebuilt: Rebuilt, calendars: Calendars
) -> None:
    """A holiday table that the filing has not been told of yet makes no difference, but it will."""
    was = rebuilt.facts[-1].made.calendar
    for one in moved_days(
        lambda calendar: kind.derive(rebuilt.facts, rebuilt.surroundings, calendar), calendars, was, calendars.latest
    ):
        report.pending.append(Pending(filing_id, one.key, one.was, one.now))


def compare_standing(report: Report, summary: FilingSummary, head: Head, rebuilt: Rebuilt) -> None:
    """Stage, tracks, duties, obligations, deadlines and money as the facts give them, beside the stored position."""
    proved, found = _comparable(plain(rebuilt.position.model_dump())), _comparable(head.position)
    report.compare_each(summary.filing_id, "position", _as_written(report, proved, found), found)
    report.compare(summary.filing_id, "filings.stage", rebuilt.position.stage, summary.stage)
    due_by: date | None = rebuilt.position.due_by
    report.compare(summary.filing_id, "filings.due_by", due_by, summary.due_by)


def _as_written(report: Report, proved: Any, found: Any) -> Any:
    """What is proved, without the fields that stored rows have not at all: an earlier version wrote them.

    They are counted; the filing's next act writes them. What a field says is compared, whoever wrote it.
    """
    if isinstance(proved, dict) and isinstance(found, dict):
        missing = proved.keys() - found.keys()
        report.count("fields_not_written_yet", len(missing))
        return {name: _as_written(report, value, found[name]) for name, value in proved.items() if name in found}
    if isinstance(proved, list) and isinstance(found, list) and len(proved) == len(found):
        return [_as_written(report, one, other) for one, other in zip(proved, found, strict=True)]
    return proved


def _comparable(position: dict[str, Any]) -> dict[str, Any]:
    """A stored position as of any version: the facts of a determination as what they say, deadlines by one name."""
    made, met = position.get("determination"), position.get("met")
    if made is not None:
        # The hash is of all parameters: a value that was added since changes it and no amount. Steps are words, which
        # earlier versions said otherwise; the event of the determination keeps its own.
        facts = {name: _read(text) for name, text in made["inputs"].items()}
        position = {**position, "determination": {**made, "inputs": facts, "parameter_hash": "", "steps": []}}
    return position if met is None else {**position, "met": [_name_of_now(one) for one in met]}


def _read(text: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return text


def _name_of_now(key: str) -> str:
    kind, point, rest = key.partition(":")
    return f"{_RENAMED.get(kind, kind)}{point}{rest}"


async def _compare_rows(report: Report, connection: Connection, filing_id: UUID, rebuilt: Rebuilt) -> None:
    tasks = {one.key: vars(one) for one in await tasks_of(connection, filing_id)}
    findings = {one.key: vars(one) for one in await findings_of(connection, filing_id)}
    ledger = await standing_lines(connection, filing_id)
    report.count("tasks", len(tasks))
    report.count("findings", len(findings))
    report.count("ledger_lines", len(ledger))
    report.compare_each(filing_id, "tasks", {key: vars(one) for key, one in rebuilt.tasks.items()}, tasks)
    for table in await lists_that_differ(connection, filing_id):
        report.compare(filing_id, table, "as the position says", "otherwise")
    identities = {f"{one.what}.{one.value}": one.model_dump() for one in rebuilt.position.identities}
    held = {f"{one.what}.{one.value}": one.model_dump() for one in await identities_held(connection, filing_id)}
    report.compare_each(filing_id, "identities", identities, held)
    report.compare_each(filing_id, "findings", {key: vars(one) for key, one in rebuilt.findings.items()}, findings)
    report.compare_each(
        filing_id,
        "ledger",
        {f"{key}@{account}": fen for (key, account), fen in rebuilt.ledger.items() if fen},
        {f"{key}@{account}": fen for (key, account), fen in ledger.items()},
    )


async def _compare_offer(report: Report, connection: Connection, filing_id: UUID, rebuilt: Rebuilt) -> None:
    position: DeclarationPosition = rebuilt.position
    proved = offer_row(filing_id, position, rebuilt.facts[0].act.origin.value)
    found = await lock_offer(connection, filing_id, "none")
    rows = [plain(vars(one)) if one else {} for one in (proved, found)]
    report.compare_each(filing_id, "offers", _as_written(report, *rows) if all(rows) else rows[0], rows[1])


async def _compare_licence(report: Report, connection: Connection, filing_id: UUID, rebuilt: Rebuilt) -> None:
    position: LicencePosition = rebuilt.position
    surroundings: LicenceSurroundings = rebuilt.surroundings
    found = await find_licence(connection, filing_id)
    proved = licence_row(filing_id, surroundings.offer.declaration_id, position)
    report.compare_each(filing_id, "licences", vars(proved), vars(found) if found else {})
    receipts = {one.receipt_id: vars(one) for one in await receipts_of(connection, filing_id)}
    report.count("receipts", len(receipts))
    proved_receipts = {one.receipt_id: vars(one) for one in receipt_rows(filing_id, position, rebuilt.facts)}
    for receipt_id, row in receipts.items():
        if row["bank_key"] is None and receipt_id in proved_receipts:
            report.count("receipts_without_line")  # booked before receipts named their line
            proved_receipts[receipt_id]["bank_key"] = None
    report.compare_each(filing_id, "receipts", proved_receipts, receipts)
    for fact in rebuilt.facts:
        if isinstance(fact.act, BookReceipt) and books_line(rebuilt.facts, fact.act):
            line = bank_line_row(fact.act)
            booked = await find_bank_line(connection, line.bank_key, filing_id)
            report.compare_each(
                filing_id, f"bank_lines.{fact.act.line.serial}", vars(line), vars(booked) if booked else {}
            )
