"""A filing for tests: records acts through the functions that the recording activity uses."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from database.pool import Connection, Pool
from database.record.event_log import Opened, open_filing, post, seal
from database.record.posting import BankLine, FilingRow, Finding, Licence, Line, Message, Offer, Posting, Receipt, Task
from schemas.values.canonical import FIRST_PREVIOUS_HASH

DAY = date(2026, 11, 22)


def offer_of(declaration_id: UUID, patent_number: str, *, live: bool = True) -> Offer:
    return Offer(
        declaration_id=declaration_id,
        patent_number=patent_number,
        live=live,
        in_force_from=DAY,
        ended_on=None,
        terms={"lump_sum": 100},
        terms_version=1,
        licensor=uuid4(),
        patent_last_day=None,
        right_ended_on=None,
        right_end_provisional=False,
        regime="statutory",
        warnings=["E1"],
        origin="direct",
    )


def licence_of(
    declaration_id: UUID, licensee: UUID, n: int = 1, *, running: bool = False, still_open: bool = True
) -> Licence:
    return Licence(uuid4(), declaration_id, licensee, n, running=running, open=still_open)


def posting_after(
    opened: Opened,
    filing_id: UUID,
    act_id: UUID,
    body: dict[str, Any] | None = None,
    *,
    kind: str = "declaration",
    stage: str = "submitted",
    due_by: date | None = None,
    parent_id: UUID | None = None,
    tasks: tuple[Task, ...] = (),
    findings: tuple[Finding, ...] = (),
    lines: tuple[Line, ...] = (),
    messages: tuple[Message, ...] = (),
    offer: Offer | None = None,
    licence: Licence | None = None,
    bank_line: BankLine | None = None,
    receipts: tuple[Receipt, ...] = (),
    position: dict[str, Any] | None = None,
    legal_clock: str = "acts",
) -> Posting:
    """The posting of one more act on what was opened."""
    version = opened.filing.version + 1 if opened.filing else 1
    previous = opened.filing.hash if opened.filing else FIRST_PREVIOUS_HASH
    return Posting(
        FilingRow(
            filing_id,
            kind,
            f"{kind}:{filing_id}",
            parent_id,
            version,
            stage,
            {"stage": stage, **(position or {})},
            due_by,
            legal_clock,
        ),
        seal(filing_id, version, act_id, f"{kind}:{stage}", DAY, opened.recorded_at, body or {}, previous, "tests"),
        body_hash=b"hash of the act",
        answer={"version": version},
        tasks=tasks,
        findings=findings,
        lines=lines,
        messages=messages,
        offer=offer,
        licence=licence,
        bank_line=bank_line,
        receipts=receipts,
    )


async def record(
    pool: Pool, filing_id: UUID, act_id: UUID | None = None, body: dict[str, Any] | None = None, **parts: Any
) -> Opened:
    """One act, as the recording activity does it: one transaction."""
    async with pool.acquire() as connection, connection.transaction():
        return await record_on(connection, filing_id, act_id, body, **parts)


async def record_on(
    connection: Connection,
    filing_id: UUID,
    act_id: UUID | None = None,
    body: dict[str, Any] | None = None,
    **parts: Any,
) -> Opened:
    act = act_id or uuid4()
    opened = await open_filing(connection, filing_id, act)
    await post(connection, posting_after(opened, filing_id, act, body, **parts))
    return opened
