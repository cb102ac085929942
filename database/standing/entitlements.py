"""Provisional entitlements: the profiles of beneficiaries, the years' sums, the receipts in them and the lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.registers.parties import require_parties
from schemas.schemes.clauses import Region
from schemas.schemes.inputs import CallWindow, SchemeItem
from schemas.schemes.kinds import SortWord
from schemas.values.model import Day, Model
from schemas.values.money import STORED


class Profile(Model):
    """What a party is for schemes, from a day on: its kind (university, enterprise ...) and where its seat lies."""

    party_id: UUID
    from_on: Day
    kind: SortWord
    region: Region


@dataclass(frozen=True)
class StatedProfile:
    """A profile as it was stated once, by whom and when."""

    profile: Profile
    stated_by: UUID
    stated_on: date


@dataclass(frozen=True)
class Known:
    """A profile with the key under which one legal person has one cap."""

    profile: Profile
    beneficiary: str


@dataclass(frozen=True)
class YearKey:
    """One beneficiary's year under one scheme."""

    scheme: str
    beneficiary: str
    year: int


@dataclass(frozen=True)
class EntitlementItem:
    """A receipt in a year; ``base_fen`` is zero where it no longer counts."""

    key: YearKey
    item_id: str
    base_fen: int
    item: dict[str, Any]

    @property
    def receipt(self) -> SchemeItem:
        """The receipt as the scheme counts it."""
        return SchemeItem.model_validate(self.item, context=STORED)


@dataclass(frozen=True)
class EntitlementLine:
    """What one act changed in a year because of the receipts that it changed, nearly always one."""

    key: YearKey
    item_ids: Sequence[str]
    licence_id: UUID
    act_id: UUID
    fen: int
    assumed: Sequence[str]
    trace: dict[str, Any]


async def add_profile(connection: Connection, profile: Profile, stated_by: UUID) -> bool:
    """Stores a profile; True when it is new. Other data of the same first day correct it, and what was stated stays.

    Raises Refused ``party_unknown``.
    """
    await require_parties(connection, profile.party_id, stated_by)
    is_new = await connection.fetchval(
        """INSERT INTO beneficiary_profiles (party_id, from_on, kind, region, stated_by)
           SELECT $1, $2, $3::text, $4::text, $5
           WHERE NOT EXISTS (
               SELECT FROM (
                   SELECT kind, region FROM beneficiary_profiles
                   WHERE party_id = $1 AND from_on = $2 ORDER BY id DESC LIMIT 1
               ) newest WHERE newest.kind = $3::text AND newest.region = $4::text
           ) RETURNING true""",
        profile.party_id,
        profile.from_on,
        profile.kind,
        profile.region,
        stated_by,
    )
    return bool(is_new)


async def profiles_stated(connection: Connection, party_id: UUID) -> list[StatedProfile]:
    """Everything that was stated of a party, the last first day first, and of one first day what holds first."""
    rows = await connection.fetch(
        """SELECT party_id, from_on, kind, region, stated_by,
                  (recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS stated_on
           FROM beneficiary_profiles WHERE party_id = $1 ORDER BY from_on DESC, id DESC""",
        party_id,
    )
    return [
        StatedProfile(
            Profile(party_id=row["party_id"], from_on=row["from_on"], kind=row["kind"], region=row["region"]),
            row["stated_by"],
            row["stated_on"],
        )
        for row in rows
    ]


async def profiles_of(connection: Connection, parties: Sequence[UUID]) -> dict[UUID, list[Known]]:
    """The profiles of parties, in order of their first days, and of one first day as they were stated."""
    rows = await connection.fetch(
        """SELECT p.party_id, from_on, p.kind, region, coalesce(q.credit_code, p.party_id::text) AS beneficiary
           FROM beneficiary_profiles p JOIN parties q USING (party_id)
           WHERE party_id = ANY($1) ORDER BY party_id, from_on, id""",
        list(parties),
    )
    found: dict[UUID, list[Known]] = {}
    for row in rows:
        profile = Profile(party_id=row["party_id"], from_on=row["from_on"], kind=row["kind"], region=row["region"])
        found.setdefault(profile.party_id, []).append(Known(profile, row["beneficiary"]))
    return found


def profile_on(known: Sequence[Known], day: date) -> Known | None:
    """The profile that holds on a day."""
    return next((one for one in reversed(known) if one.profile.from_on <= day), None)


async def lock_calls(connection: Connection, *, alone: bool) -> None:
    """Calls that say a window and receipts that are booked take turns, so that the second sees the first.

    ``alone``: of the call; receipts do not wait for each other.
    """
    how = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    await connection.execute(f"SELECT {how}(hashtextextended('windows of calls', 0))")


async def called_windows(connection: Connection, schemes: Sequence[str]) -> dict[str, dict[int, CallWindow]]:
    """The windows of the calls of these schemes by year, from the first day to the last of all its authorities."""
    rows = await connection.fetch(
        """SELECT scheme, year, min(position->'window'->>'first_on')::date AS first_on,
                  max(position->'window'->>'last_on')::date AS last_on
           FROM settlements s JOIN filings f ON f.filing_id = s.settlement_id
           WHERE scheme = ANY($1) AND jsonb_typeof(position->'window') = 'object' GROUP BY scheme, year""",
        list(schemes),
    )
    found: dict[str, dict[int, CallWindow]] = {}
    for row in rows:
        window = CallWindow(first_on=row["first_on"], last_on=row["last_on"])
        found.setdefault(row["scheme"], {})[row["year"]] = window
    return found


async def licences_with_receipts(connection: Connection, scheme: str, first: date, last: date) -> list[UUID]:
    """The licences with a receipt of these days, and those of which one counts under the scheme now."""
    rows = await connection.fetch(
        """SELECT licence_id FROM receipts WHERE received_on BETWEEN $2 AND $3
           UNION SELECT licence_id FROM entitlement_items WHERE scheme = $1 AND base_fen > 0 ORDER BY 1""",
        scheme,
        first,
        last,
    )
    return [row["licence_id"] for row in rows]


async def items_of_licence(connection: Connection, licence_id: UUID) -> list[EntitlementItem]:
    """Where the receipts of a licence count now."""
    rows = await connection.fetch(
        "SELECT scheme, beneficiary, year, item_id, base_fen, item FROM entitlement_items WHERE licence_id = $1",
        licence_id,
    )
    return [EntitlementItem(YearKey(*row[:3]), *row[3:]) for row in rows]


async def lock_year(connection: Connection, key: YearKey) -> tuple[int, int]:
    """Base and payable of a year in fen, locked until the transaction ends; lock years in the order of their keys."""
    row = await connection.fetchrow(
        """INSERT INTO entitlement_years AS y (scheme, beneficiary, year, base_fen, payable_fen)
           VALUES ($1, $2, $3, 0, 0)
           ON CONFLICT (scheme, beneficiary, year) DO UPDATE SET base_fen = y.base_fen
           RETURNING base_fen, payable_fen""",
        key.scheme,
        key.beneficiary,
        key.year,
    )
    assert row is not None  # inserted or updated
    return row["base_fen"], row["payable_fen"]


async def items_of_year(connection: Connection, key: YearKey) -> list[EntitlementItem]:
    """The receipts that count in a year, by id; read it under the year's lock."""
    rows = await connection.fetch(
        """SELECT item_id, base_fen, item FROM entitlement_items
           WHERE scheme = $1 AND beneficiary = $2 AND year = $3 AND base_fen > 0 ORDER BY item_id""",
        key.scheme,
        key.beneficiary,
        key.year,
    )
    return [EntitlementItem(key, *row) for row in rows]


async def list_years(
    connection: Connection, scheme: str | None = None, beneficiary: str | None = None, year: int | None = None
) -> list[tuple[YearKey, int, int]]:
    """Years with their base and what they are provisionally entitled to, in fen."""
    rows = await connection.fetch(
        """SELECT scheme, beneficiary, year, base_fen, payable_fen FROM entitlement_years
           WHERE ($1::text IS NULL OR scheme = $1) AND ($2::text IS NULL OR beneficiary = $2)
             AND ($3::int IS NULL OR year = $3) ORDER BY scheme, beneficiary, year""",
        scheme,
        beneficiary,
        year,
    )
    return [(YearKey(*row[:3]), *row[3:]) for row in rows]


async def lines_of_year(connection: Connection, key: YearKey) -> list[EntitlementLine]:
    """The lines of a year in the order in which they were added; they sum to its payable."""
    rows = await connection.fetch(
        """SELECT item_ids, licence_id, act_id, fen, assumed, trace FROM entitlement_lines
           WHERE scheme = $1 AND beneficiary = $2 AND year = $3 ORDER BY line_id""",
        key.scheme,
        key.beneficiary,
        key.year,
    )
    return [EntitlementLine(key, *row) for row in rows]


async def put_item(connection: Connection, licence_id: UUID, item: EntitlementItem) -> None:
    """Replaces the receipt as the scheme counts it."""
    key = item.key
    await connection.execute(
        """INSERT INTO entitlement_items (scheme, beneficiary, year, item_id, licence_id, base_fen, item)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (scheme, beneficiary, year, item_id) DO UPDATE SET
               base_fen = EXCLUDED.base_fen, item = EXCLUDED.item""",
        key.scheme,
        key.beneficiary,
        key.year,
        item.item_id,
        licence_id,
        item.base_fen,
        item.item,
    )


async def put_line(connection: Connection, line: EntitlementLine, base_fen: int, payable_fen: int) -> None:
    """Adds the line and sets what the year adds up to now."""
    key = line.key
    await connection.execute(
        """WITH year AS (
               UPDATE entitlement_years SET base_fen = $10, payable_fen = $11
               WHERE scheme = $1 AND beneficiary = $2 AND year = $3
           )
           INSERT INTO entitlement_lines (scheme, beneficiary, year, item_ids, licence_id, act_id, fen, assumed, trace)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        key.scheme,
        key.beneficiary,
        key.year,
        list(line.item_ids),
        line.licence_id,
        line.act_id,
        line.fen,
        list(line.assumed),
        line.trace,
        base_fen,
        payable_fen,
    )
