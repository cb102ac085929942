"""Settlements: who else claimed a receipt, and what one settlement has to adjust in another."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from database.pool import Connection
from database.record.guards import refusing
from database.record.settlement_rows import Adjustment, SettlementRows
from schemas.values.canonical import plain


class OtherClaim(NamedTuple):
    """A live claim of the same part of a receipt in another settlement."""

    receipt_id: UUID
    owner: UUID
    settlement_id: UUID
    scheme: str
    claimed_on: date
    claimed_at: datetime


async def put_settlement(connection: Connection, rows: SettlementRows) -> None:
    """Writes what an act changes of a settlement's rows, in the act's own transaction.

    Raises Refused ``settlement_exists``, ``claimed_elsewhere``, ``receipt_claimed``, ``subsidy_line_known`` or
    ``adjustment_taken`` where a key of the database is the last guard.
    """
    body = {field.name: [plain(vars(one)) for one in getattr(rows, field.name)] for field in fields(rows)}
    if any(body.values()):
        with refusing():
            await connection.execute("SELECT put_settlement($1)", body)


_TABLES = tuple(field.name for field in fields(SettlementRows))


async def lock_scheme(connection: Connection, authority: UUID, scheme: str) -> None:
    """Runs of one scheme take turns where they hand adjustments to each other; until the transaction ends."""
    await connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('scheme:' || $1::text || ':' || $2, 0))", str(authority), scheme
    )


async def lock_receipts(connection: Connection, receipts: Sequence[UUID]) -> None:
    """Claims of one receipt take turns over all schemes, so that one of them is the first (D-43)."""
    await connection.execute(
        """SELECT pg_advisory_xact_lock(hashtextextended('claimed:' || id, 0))
           FROM (SELECT unnest($1::text[]) AS id ORDER BY 1) ids""",
        [str(one) for one in receipts],
    )


async def licences_of_receipts(connection: Connection, receipts: Sequence[UUID]) -> list[UUID]:
    """The licences whose receipts these are, each once, by id; a receipt that nobody booked has none."""
    rows = await connection.fetch(
        "SELECT DISTINCT licence_id FROM receipts WHERE receipt_id = ANY($1) ORDER BY licence_id",
        [str(one) for one in receipts],
    )
    return [row["licence_id"] for row in rows]


async def receipts_between(connection: Connection, first: date, last: date) -> list[UUID]:
    """Every receipt that arrived on these days, by id; for schemes that need no claim."""
    rows = await connection.fetch(
        "SELECT receipt_id FROM receipts WHERE received_on BETWEEN $1 AND $2 ORDER BY receipt_id", first, last
    )
    return [UUID(row["receipt_id"]) for row in rows]


async def credit_codes(connection: Connection, parties: Sequence[UUID]) -> dict[UUID, str]:
    """The credit codes of those that have one."""
    rows = await connection.fetch(
        "SELECT party_id, credit_code FROM parties WHERE party_id = ANY($1) AND credit_code IS NOT NULL", list(parties)
    )
    return {row["party_id"]: row["credit_code"] for row in rows}


async def settlements_of(connection: Connection, schemes: Sequence[str]) -> list[UUID]:
    """The settlements of these schemes, by id."""
    rows = await connection.fetch(
        "SELECT settlement_id FROM settlements WHERE scheme = ANY($1) ORDER BY settlement_id", list(schemes)
    )
    return [row["settlement_id"] for row in rows]


async def other_claims(connection: Connection, receipts: Sequence[UUID], side: str, but: UUID) -> list[OtherClaim]:
    """Live claims of these receipts by the same side in other settlements."""
    rows = await connection.fetch(
        """SELECT receipt_id, owner, settlement_id, scheme, claimed_on, claimed_at FROM claimed_receipts
           WHERE receipt_id = ANY($1) AND side = $2 AND settlement_id <> $3 AND live
           ORDER BY receipt_id, owner, settlement_id""",
        [str(one) for one in receipts],
        side,
        but,
    )
    return [OtherClaim(**{**row, "receipt_id": UUID(row["receipt_id"])}) for row in rows]


async def settlements_claiming(connection: Connection, receipts: Sequence[str]) -> list[UUID]:
    """The settlements in which one of these receipts was ever claimed, by id."""
    rows = await connection.fetch(
        "SELECT DISTINCT settlement_id FROM claimed_receipts WHERE receipt_id = ANY($1) ORDER BY settlement_id",
        list(receipts),
    )
    return [row["settlement_id"] for row in rows]


async def adjustments_for(connection: Connection, authority: UUID, scheme: str, run: UUID) -> list[Adjustment]:
    """What other settlements of the scheme have to adjust: what this run has taken, and what nobody has."""
    rows = await connection.fetch(
        """SELECT a.* FROM adjustments a
           LEFT JOIN adjustments_taken t USING (settlement_id, version, credit_code, payer)
           WHERE a.authority = $1 AND a.scheme = $2 AND a.settlement_id <> $3
             AND (t.taken_by IS NULL OR t.taken_by = $3)
           ORDER BY settlement_id, version, credit_code, payer""",
        authority,
        scheme,
        run,
    )
    return [Adjustment(**row) for row in rows]


async def taken_of(connection: Connection, settlement_id: UUID) -> dict[tuple[str, str], int]:
    """(credit code, payer) -> fen that other runs have taken of this settlement's adjustments."""
    rows = await connection.fetch(
        """SELECT credit_code, payer, sum(fen)::bigint AS fen
           FROM adjustments JOIN adjustments_taken USING (settlement_id, version, credit_code, payer)
           WHERE settlement_id = $1 GROUP BY credit_code, payer ORDER BY credit_code, payer""",
        settlement_id,
    )
    return {(row["credit_code"], row["payer"]): row["fen"] for row in rows}


async def rows_of(connection: Connection, settlement_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Table -> the rows of one settlement; ``adjustments_taken`` are those that it has taken from others."""
    found = {}
    for table in _TABLES:
        column = "taken_by" if table == "adjustments_taken" else "settlement_id"
        rows = await connection.fetch(f"SELECT * FROM {table} WHERE {column} = $1", settlement_id)
        found[table] = [dict(row) for row in rows]
    return found
