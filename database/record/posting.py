"""What one granted act leaves behind, part by part; ``event_log.post`` writes all of it in one statement.

The rows are those of the tables with the same names. ``position`` and ``answer`` are plain already
(``schemas.values.money.stored``); values in ``terms`` and the like may hold ``Money``, days, instants and ids, and
are stored as ``schemas.values.canonical.plain`` writes them (money in fen).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

Json = Mapping[str, Any]


@dataclass(frozen=True)
class FilingRow:
    """Where the filing stands after the act. ``version`` is the new head, 1 for the first act."""

    filing_id: UUID
    kind: str
    workflow_id: str
    parent_id: UUID | None
    version: int
    stage: str
    position: Json
    due_by: date | None
    legal_clock: str


@dataclass(frozen=True)
class EventRow:
    """One fact, sealed: ``hash = sha256(previous_hash || canonical)``. Made by ``event_log.seal``."""

    act_id: UUID
    kind: str
    legal_on: date
    recorded_at: datetime
    canonical: bytes
    previous_hash: bytes
    hash: bytes
    code_version: str


@dataclass(frozen=True)
class Task:
    """Something somebody has to do. ``basis``: ``legal`` or ``service``; a task is closed with both closing fields."""

    key: str
    what: str
    role: str
    basis: str
    article: str
    opened_on: date
    by_on: date | None = None
    provisional: bool = False
    closed_on: date | None = None
    closed_how: str | None = None


@dataclass(frozen=True)
class Finding:
    """A contradiction between what an authority says and what we have."""

    key: str
    code: str
    about: Json
    opened_on: date
    closed_on: date | None = None


@dataclass(frozen=True)
class Line:
    """One ledger posting; all lines of one act sum to zero."""

    line_key: str
    account: str
    fen: int
    legal_on: date


@dataclass(frozen=True)
class Message:
    """Something to tell the world; ``key`` is unique within ``topic`` and lets the receiver drop a repeat."""

    topic: str
    key: str
    payload: Json


@dataclass(frozen=True)
class Offer:
    """The open offer of one declaration, as now known: in force on ``[in_force_from, ended_on)``."""

    declaration_id: UUID
    patent_number: str
    live: bool
    in_force_from: date | None
    ended_on: date | None
    terms: Json
    terms_version: int
    licensor: UUID
    patent_last_day: date | None
    right_ended_on: date | None
    right_end_provisional: bool
    regime: str
    warnings: Sequence[Any]
    origin: str


@dataclass(frozen=True)
class Licence:
    """The n-th notice of a licensee under a declaration. ``open``: not yet decided; ``running``: effective now."""

    licence_id: UUID
    declaration_id: UUID
    licensee: UUID
    n: int
    running: bool
    open: bool


@dataclass(frozen=True)
class BankLine:
    """A filing's part of a line of a bank's statement; ``bank_key`` is bank, account and serial, with blanks between.

    ``fen`` is the whole line, which is booked once; ``part_fen`` this filing's share, less than it only for a line that
    belongs to several filings.
    """

    bank_key: str
    fen: int
    received_on: date
    part_fen: int


@dataclass(frozen=True)
class Receipt:
    """Money received under a licence; ``reversed_fen`` of it went back."""

    receipt_id: str
    licence_id: UUID
    fen: int
    reversed_fen: int
    received_on: date
    confirmed: bool
    bank_key: str | None
    """Of its bank line; None where it was booked before receipts named theirs, and two lines would fit."""


@dataclass(frozen=True)
class Posting:
    """The whole difference one act makes. Tasks, findings, offer, licence, receipts replace the row of the same key."""

    filing: FilingRow
    event: EventRow
    body_hash: bytes
    answer: Json
    tasks: Sequence[Task] = ()
    findings: Sequence[Finding] = ()
    lines: Sequence[Line] = ()
    messages: Sequence[Message] = ()
    offer: Offer | None = None
    licence: Licence | None = None
    bank_line: BankLine | None = None
    receipts: Sequence[Receipt] = ()
