"""All sums of a filing as one list: what is owed, what arrived, whom it reached, and the lines of determinations."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from database.console.whose import may_see
from database.pool import Connection
from database.reads.clauses import DeterminedClause, clauses_of
from database.reads.trace import (
    BookedPart,
    PayoutOfReceipt,
    SubsidyOfReceipt,
    bank_keys_about,
    parts_booked,
    payouts_of,
    subsidies_of,
)
from database.registers.parties import public_names
from schemas.acts.act import FilingKind
from schemas.values.money import Money
from texts.lines import Language
from texts.traces.told import key_in
from web.lists.listed import Columns, Listed
from web.pages.filing.documents import OfFiling
from web.pages.filing.read import ShownFiling, at_one_instant, read
from web.parties import party_ids
from web.rights.parts import part_of
from web.rights.whose import whose
from web.visit import Visit
from web.words import value_name, word

_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Line:
    """A line of a determination; ``due`` and ``paid`` are None where a later one has it."""

    version: int
    ordinal: int
    rule: str
    as_of: date
    line: str
    determined: Money
    due: Money | None
    paid: Money | None
    stands: bool
    clauses: tuple[DeterminedClause, ...]


@dataclass(frozen=True)
class Reached:
    """A receipt of a licence, and whom its money reached, as far as the reader may see them."""

    part: BookedPart
    payouts: tuple[PayoutOfReceipt, ...]
    subsidies: tuple[SubsidyOfReceipt, ...]


@dataclass(frozen=True)
class ShownMoney:
    """All money of a filing that is the reader's to see."""

    lines: list[Line]
    receipts: list[Reached]
    position: dict[str, Any]
    """What the filing says of money itself: obligations of a licence, lines of a payout or of a settlement."""
    names: dict[UUID, str]


async def read_money(visit: Visit, connection: Connection, found: ShownFiling) -> ShownMoney:
    """Nothing is calculated: every figure is one that was recorded."""
    filing_id, own = found.listed.filing_id, found.own
    lines = [one for one in _lines(await clauses_of(connection, filing_id)) if own is None or str(own) in one.line]
    receipts = await _receipts(visit, connection, filing_id) if found.kind is FilingKind.LICENCE else []
    position = part_of(found.position.model_dump(mode="json"), own)
    ids = party_ids(
        position, [one.line.split(":") for one in lines], [vars(two) for one in receipts for two in one.payouts]
    )
    return ShownMoney(lines, receipts, position, await public_names(connection, ids))


def _lines(found: Iterable[DeterminedClause]) -> list[Line]:
    made = list[Line]()
    for _, rows in groupby(found, lambda one: (one.version, one.ordinal, one.line)):
        clauses = tuple(rows)
        one = clauses[0]
        due, paid = (None if fen is None else Money(fen) for fen in (one.due_fen, one.paid_fen))
        made.append(
            Line(
                one.version, one.ordinal, one.rule, one.as_of, one.line, Money(one.fen), due, paid, one.stands, clauses
            )
        )
    return made


async def _receipts(visit: Visit, connection: Connection, licence_id: UUID) -> list[Reached]:
    keys = await bank_keys_about(connection, licence_id)
    parts = [one for one in await parts_booked(connection, keys) if one.licence_id == licence_id]
    ids = [one.receipt_id for one in parts if one.receipt_id is not None]
    payouts, subsidies = await payouts_of(connection, [licence_id], ids), await subsidies_of(connection, ids)
    theirs, seen = whose(visit), dict[UUID, bool]()
    for filing_id in dict.fromkeys([*(one.payout_id for one in payouts), *(one.settlement_id for one in subsidies)]):
        seen[filing_id] = await may_see(connection, filing_id, theirs)
    return [
        Reached(
            part,
            tuple(one for one in payouts if one.receipt_id == part.receipt_id and seen[one.payout_id]),
            tuple(one for one in subsidies if one.receipt_id == part.receipt_id and seen[one.settlement_id]),
        )
        for part in parts
    ]


def told_in(language: Language, known: dict[UUID, str], key: str) -> str:
    """What a key says, with organisations by their names."""
    return named_in(key_in(key, language), known)


def named_in(text: str, known: dict[UUID, str]) -> str:
    """The text with organisations by their names; other ids are cut to what tells them apart."""
    return _ID.sub(lambda found: known.get(UUID(found[0]), f"{found[0][:8]}…"), text)


@dataclass(frozen=True)
class Sum:
    """One row: of which table of the page, what for, on or by which day, and how much; amounts in yuan."""

    table: str
    line: str
    rule: str = ""
    on: date | str | None = None
    by: date | str | None = None
    determined: Decimal | str | None = None
    due: Decimal | str | None = None
    paid: Decimal | str | None = None
    state: str = ""


async def _all(visit: Visit, asked: OfFiling) -> AsyncIterator[Sequence[Sum]]:
    async with at_one_instant(visit) as connection:
        found = await read(visit, connection, asked.filing_id, shown=0)
        money = await read_money(visit, connection, found)
    yield list(_sums(visit, found.kind, money))


def _sums(visit: Visit, kind: FilingKind, money: ShownMoney) -> Iterator[Sum]:
    for one in money.position.get("obligations", ()):
        yield Sum(
            "obligations",
            told_in(visit.language, money.names, one["key"]),
            by=one["due_by"],
            due=one["amount"],
            paid=one["allocated"],
            state=value_name("state", one["state"], visit.language),
        )
    for reached in money.receipts:
        part = reached.part
        fen = part.fen if part.fen is not None else part.part_fen
        yield Sum("receipts_and_whom", part.bank_key, on=part.received_on, paid=Money(fen).yuan)
    for line in money.position.get("lines", ()):
        yield _own_line(visit, kind, money, line)
    for row in money.lines:
        yield Sum(
            "lines_by_clause",
            told_in(visit.language, money.names, row.line),
            rule=told_in(visit.language, money.names, row.rule),
            on=row.as_of,
            determined=row.determined.yuan,
            due=None if row.due is None else row.due.yuan,
            paid=None if row.paid is None else row.paid.yuan,
            state="" if row.due is not None else word("replaced", visit.language),
        )


def _own_line(visit: Visit, kind: FilingKind, money: ShownMoney, line: dict[str, Any]) -> Sum:
    if kind is FilingKind.PAYOUT:
        who = f"{told_in(visit.language, money.names, line['name'])} {named_in(str(line['party'] or ''), money.names)}"
        return Sum("lines_of_payout", who.strip(), due=line["amount"], paid=line["paid_amount"])
    who = told_in(visit.language, money.names, str(line["claimant"] or line["credit_code"]))
    return Sum("lines_of_settlement", who, due=line["settled"])


_COLUMNS: Columns[Sum] = (
    ("what", lambda one, language: word(one.table, language)),
    ("line", lambda one, _: one.line),
    ("rule", lambda one, _: one.rule),
    ("legal_day", lambda one, _: one.on),
    ("due_by", lambda one, _: one.by),
    ("determined_money", lambda one, _: one.determined),
    ("due_money", lambda one, _: one.due),
    ("paid_money", lambda one, _: one.paid),
    ("state", lambda one, _: one.state),
)
LIST = Listed("/filings/{filing_id}/money", _COLUMNS, _all, OfFiling)
