"""The ledger as auditors take it home: movements of money, postings one by one, balances by month."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from database.pool import Connection

_BATCH = 1_000
_MONEY_MOVED = "(account = 'bank' OR account LIKE 'bank:%' OR account LIKE 'treasury:%')"


class Movement(NamedTuple):
    """Money that came to, or left, an account of a bank or treasury for one line; negative: it left."""

    filing_id: UUID
    kind: str
    line_key: str
    account: str
    fen: int
    on: date


class PostingRow(NamedTuple):
    """One side of one posting."""

    posting_id: int
    transaction_id: UUID
    filing_id: UUID
    line_key: str
    account: str
    fen: int
    legal_on: date
    recorded_at: datetime
    who: UUID | None
    event: str | None


class MonthOfAccount(NamedTuple):
    """What was posted to an account in a month, by legal day."""

    account: str
    month: date
    debit_fen: int
    credit_fen: int


@dataclass(frozen=True)
class ArrivedReceipt:
    """A receipt with its bank line and who paid."""

    receipt_id: str
    licence_id: UUID
    licensee: UUID
    bank_key: str | None
    fen: int
    reversed_fen: int
    received_on: date
    confirmed: bool


async def movements(connection: Connection) -> AsyncIterator[Movement]:
    """Every movement that stands, by filing and line."""
    after = ("", "", "")
    while True:
        rows = await connection.fetch(
            f"""SELECT p.filing_id, f.kind, p.line_key, p.account, sum(p.fen)::bigint AS fen, min(p.legal_on) AS on
                FROM postings p JOIN filings f USING (filing_id)
                WHERE {_MONEY_MOVED} AND (p.filing_id::text, p.line_key, p.account) > ($1, $2, $3)
                GROUP BY p.filing_id, f.kind, p.line_key, p.account HAVING sum(p.fen) <> 0
                ORDER BY p.filing_id::text, p.line_key, p.account LIMIT $4""",
            *after,
            _BATCH,
        )
        for row in rows:
            yield Movement(*row)
        if len(rows) < _BATCH:
            return
        after = (str(rows[-1]["filing_id"]), rows[-1]["line_key"], rows[-1]["account"])


async def moved_by_ledger(connection: Connection) -> dict[str, int]:
    """``in`` and ``out`` as the ledger sums them; what was posted back is nothing."""
    row = await connection.fetchrow(
        f"""SELECT coalesce(sum(fen) FILTER (WHERE fen > 0), 0)::bigint AS "in",
                   coalesce(sum(fen) FILTER (WHERE fen < 0), 0)::bigint AS out
            FROM (SELECT sum(fen) AS fen FROM postings WHERE {_MONEY_MOVED}
                  GROUP BY filing_id, line_key, account) lines"""
    )
    assert row is not None  # a sum is one row
    return dict(row)


async def posting_rows(connection: Connection) -> AsyncIterator[PostingRow]:
    """Every posting in the order of recording, with the event that made it and who acted."""
    after = 0
    while True:
        rows = await connection.fetch(
            """SELECT p.posting_id, p.transaction_id, p.filing_id, p.line_key, p.account, p.fen, p.legal_on,
                      p.recorded_at, (e.body #>> '{act,by,party_id}')::uuid AS who, e.kind AS event
               FROM postings p LEFT JOIN events e ON e.filing_id = p.filing_id AND e.act_id = p.transaction_id
               WHERE p.posting_id > $1 ORDER BY p.posting_id LIMIT $2""",
            after,
            _BATCH,
        )
        for row in rows:
            yield PostingRow(*row)
        if len(rows) < _BATCH:
            return
        after = rows[-1]["posting_id"]


async def months_of_accounts(connection: Connection) -> list[MonthOfAccount]:
    """By account and month; as many rows as accounts have months with postings."""
    rows = await connection.fetch(
        """SELECT account, date_trunc('month', legal_on)::date AS month,
                  coalesce(sum(fen) FILTER (WHERE fen > 0), 0)::bigint AS debit_fen,
                  coalesce(-sum(fen) FILTER (WHERE fen < 0), 0)::bigint AS credit_fen
           FROM postings GROUP BY 1, 2 ORDER BY 1, 2"""
    )
    return [MonthOfAccount(*row) for row in rows]


async def arrived_receipts(connection: Connection) -> AsyncIterator[ArrivedReceipt]:
    """Every receipt by id."""
    after = ""
    while True:
        rows = await connection.fetch(
            """SELECT r.receipt_id, r.licence_id, l.licensee, r.bank_key, r.fen, r.reversed_fen, r.received_on,
                      r.confirmed
               FROM receipts r JOIN licences l USING (licence_id)
               WHERE r.receipt_id > $1 ORDER BY r.receipt_id LIMIT $2""",
            after,
            _BATCH,
        )
        for row in rows:
            yield ArrivedReceipt(**row)
        if len(rows) < _BATCH:
            return
        after = rows[-1]["receipt_id"]


async def organisations(connection: Connection) -> AsyncIterator[tuple[UUID, str, str | None]]:
    """(id, public name, credit code) of every organisation, by id."""
    after = UUID(int=0)
    while True:
        rows = await connection.fetch(
            """SELECT party_id, public_name, credit_code FROM parties
               WHERE kind = 'organisation' AND party_id > $1 ORDER BY party_id LIMIT $2""",
            after,
            _BATCH,
        )
        for row in rows:
            yield row["party_id"], row["public_name"], row["credit_code"]
        if len(rows) < _BATCH:
            return
        after = rows[-1]["party_id"]


async def persons_and_roles(connection: Connection) -> list[tuple[UUID, str, str, datetime]]:
    """(party, kind, role, first act) of everybody who ever acted; names of persons are nobody's to give."""
    rows = await connection.fetch(
        """SELECT who, coalesce(p.kind, 'engine') AS kind, role, first_at
           FROM (SELECT (body #>> '{act,by,party_id}')::uuid AS who, body #>> '{act,by,role}' AS role,
                        min(recorded_at) AS first_at FROM events GROUP BY 1, 2) acted
           LEFT JOIN parties p ON p.party_id = who ORDER BY who, role"""
    )
    return [(row["who"], row["kind"], row["role"], row["first_at"]) for row in rows]


async def known_until(connection: Connection) -> tuple[int, datetime | None]:
    """The last sequence number, and the instant of the last event, of what an answer rests on."""
    row = await connection.fetchrow(
        "SELECT (SELECT max(sequence_number) FROM sequence_numbers) AS number, max(recorded_at) AS at FROM events"
    )
    assert row is not None  # a maximum is one row
    return row["number"] or 0, row["at"]


async def filings_with_open_findings(connection: Connection) -> set[UUID]:
    """Filings in which a contradiction is open."""
    rows = await connection.fetch("SELECT DISTINCT filing_id FROM findings WHERE closed_on IS NULL")
    return {row["filing_id"] for row in rows}
