"""Bulks: one act asked for of many filings, and what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from database.bulletin.pages import Direction, Page, Place, page_of
from database.console.whose import Whose, among_theirs
from database.pool import Connection
from database.reads.filters import Filters
from schemas.values.canonical import plain
from schemas.values.refusal import Refusal

Stage = Literal["chosen", "trying", "tried", "doing", "done", "signing", "signed", "stopped"]
Step = Literal["trial", "outcome", "signed"]
"""What is found out of an item next: whether it would be done, what came of it, what came of the second signature."""
UNDER_WAY: dict[Stage, tuple[Step, Stage]] = {
    "trying": ("trial", "tried"),
    "doing": ("outcome", "done"),
    "signing": ("signed", "signed"),
}
"""Stages in which the console is at work -> what it finds out, and the stage after it."""


@dataclass(frozen=True)
class Bulk:
    """One bulk. ``body``: what is stated, the same for all, with its day."""

    bulk_id: UUID
    organisation_id: UUID
    membership_id: UUID
    role: str
    asked_by: UUID
    created_at: datetime
    has_more: bool
    act_kind: str | None
    body: dict[str, Any] | None
    reason: str | None
    stage: Stage
    signed_by: UUID | None
    signed_as: UUID | None
    platform: str | None
    """To which sub-platform the membership is bounded."""


@dataclass(frozen=True)
class BulkItem:
    """One filing of a bulk. ``act_id``: the act that was granted; ``refusals``: why not, of the last asking."""

    number: int
    filing_id: UUID
    kind: str
    act_id: UUID | None
    trial: Literal["possible", "refused"] | None
    outcome: Literal["granted", "refused", "fault"] | None
    signed: Literal["granted", "refused", "fault"] | None
    refusals: tuple[Refusal, ...]


_BULK = """bulk_id, organisation_id, membership_id, role, asked_by, created_at, has_more, act_kind, body, reason, stage,
    signed_by, signed_as,
    (SELECT platform FROM memberships m WHERE m.membership_id = bulks.membership_id) AS platform"""
_ITEM = "number, filing_id, kind, act_id, trial, outcome, signed, refusals"
_WAITS: dict[Step, str] = {
    "trial": "trial IS NULL",
    "outcome": "trial = 'possible' AND outcome IS NULL",
    "signed": "outcome = 'granted' AND signed IS NULL",
}


async def begin_bulk(
    connection: Connection,
    bulk_id: UUID,
    membership_id: UUID,
    organisation_id: UUID,
    role: str,
    asked_by: UUID,
    whose: Sequence[Whose],
    filing_ids: Sequence[UUID],
    *,
    has_more: bool,
) -> int:
    """A bulk of those of the filings that are theirs, in that order; how many they are. None: no bulk is begun."""
    given = Filters()
    chosen = given.put(list(filing_ids))
    given.always(f"filing_id = ANY({chosen}::uuid[])")
    if (theirs := among_theirs(whose, given)) is not None:
        given.always(theirs)
    rows = await connection.fetch(
        f"""SELECT filing_id, kind FROM filings {given.where} ORDER BY array_position({chosen}::uuid[], filing_id)""",
        *given.values,
    )
    if not rows:
        return 0
    await connection.execute(
        """INSERT INTO bulks (bulk_id, membership_id, organisation_id, role, asked_by, has_more)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        bulk_id,
        membership_id,
        organisation_id,
        role,
        asked_by,
        has_more,
    )
    await connection.execute(
        """INSERT INTO bulk_items (bulk_id, number, filing_id, kind)
           SELECT $1, number, filing_id, kind
           FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY one (filing_id, kind, number)""",
        bulk_id,
        [row["filing_id"] for row in rows],
        [row["kind"] for row in rows],
    )
    return len(rows)


async def find_bulk(connection: Connection, bulk_id: UUID) -> Bulk | None:
    """One of them by its id."""
    row = await connection.fetchrow(f"SELECT {_BULK} FROM bulks WHERE bulk_id = $1", bulk_id)
    return Bulk(**row) if row else None


async def bulks_of(
    connection: Connection,
    organisation_id: UUID,
    role: str,
    *,
    place: Place | None = None,
    direction: Direction = "older",
    size: int = 20,
) -> Page[Bulk]:
    """Those of the people of that role in the organisation, the newest first."""
    given = Filters()
    given.given("organisation_id = {0}", organisation_id)
    given.given("role = {0}", role)
    sign, order = ("<", "DESC") if direction == "older" else (">", "ASC")
    given.beyond("created_at, bulk_id", sign, place)
    rows = await connection.fetch(
        f"""SELECT {_BULK} FROM bulks {given.where}
            ORDER BY created_at {order}, bulk_id {order} LIMIT {given.put(size + 1)}""",
        *given.values,
    )
    return page_of(
        [Bulk(**row) for row in rows], size, place, direction, lambda one: Place(one.created_at, one.bulk_id)
    )


async def state_act(connection: Connection, bulk_id: UUID, act_kind: str, body: dict[str, Any], reason: str) -> bool:
    """What is asked for; every item is tried anew. False once it is being done."""
    status = await connection.execute(
        """UPDATE bulks SET act_kind = $2, body = $3, reason = $4, stage = 'trying'
           WHERE bulk_id = $1 AND stage IN ('chosen', 'tried')""",
        bulk_id,
        act_kind,
        body,
        reason,
    )
    if status != "UPDATE 1":
        return False
    await connection.execute("UPDATE bulk_items SET trial = NULL, refusals = '[]' WHERE bulk_id = $1", bulk_id)
    return True


async def do_bulk(connection: Connection, bulk_id: UUID) -> bool:
    """It is to be done, or what was not answered is to be asked again; False where it is neither."""
    await connection.execute(
        """UPDATE bulk_items i SET outcome = NULL FROM bulks b
           WHERE i.bulk_id = $1 AND b.bulk_id = $1 AND b.stage = 'done' AND i.outcome = 'fault'""",
        bulk_id,
    )
    status = await connection.execute(
        "UPDATE bulks SET stage = 'doing' WHERE bulk_id = $1 AND stage IN ('tried', 'done')", bulk_id
    )
    return status == "UPDATE 1"


async def sign_bulk(connection: Connection, bulk_id: UUID, signed_by: UUID, signed_as: UUID) -> bool:
    """The second person signs all that was granted; False where it is not done, or the person asked for it."""
    status = await connection.execute(
        """UPDATE bulks SET stage = 'signing', signed_by = $2, signed_as = $3
           WHERE bulk_id = $1 AND stage = 'done' AND asked_by <> $2""",
        bulk_id,
        signed_by,
        signed_as,
    )
    return status == "UPDATE 1"


async def bulks_under_way(connection: Connection, most: int = 50) -> list[UUID]:
    """What the console has to go on with, also after it was killed; the oldest first."""
    rows = await connection.fetch(
        """SELECT bulk_id FROM bulks WHERE stage IN ('trying', 'doing', 'signing')
           ORDER BY created_at, bulk_id LIMIT $1""",
        most,
    )
    return [row["bulk_id"] for row in rows]


async def waiting_items(connection: Connection, bulk_id: UUID, step: Step, most: int) -> list[BulkItem]:
    """The next ones of which that is not found out yet."""
    rows = await connection.fetch(
        f"SELECT {_ITEM} FROM bulk_items WHERE bulk_id = $1 AND {_WAITS[step]} ORDER BY number LIMIT $2", bulk_id, most
    )
    return [_item(row) for row in rows]


async def items_of(connection: Connection, bulk_id: UUID, after: int = 0, size: int = 50) -> list[BulkItem]:
    """Items after that number."""
    rows = await connection.fetch(
        f"SELECT {_ITEM} FROM bulk_items WHERE bulk_id = $1 AND number > $2 ORDER BY number LIMIT $3",
        bulk_id,
        after,
        size,
    )
    return [_item(row) for row in rows]


async def answer_item(
    connection: Connection,
    bulk_id: UUID,
    number: int,
    step: Step,
    answer: str,
    refusals: Sequence[Refusal] = (),
    act_id: UUID | None = None,
) -> None:
    """What was found out of one item."""
    await connection.execute(
        f"""UPDATE bulk_items SET {step} = $3, refusals = $4, act_id = coalesce($5, act_id)
            WHERE bulk_id = $1 AND number = $2""",
        bulk_id,
        number,
        answer,
        [plain(dict(one)) for one in refusals],
        act_id,
    )


async def pass_stage(connection: Connection, bulk_id: UUID, seen: Stage, stage: Stage) -> None:
    """From the stage that was seen to the next."""
    await connection.execute("UPDATE bulks SET stage = $3 WHERE bulk_id = $1 AND stage = $2", bulk_id, seen, stage)


async def counted(connection: Connection, bulk_id: UUID) -> dict[str, int]:
    """How many items there are of each answer: ``trial.possible``, ``outcome.granted`` and so on; ``all`` of them."""
    rows = await connection.fetch(
        "SELECT trial, outcome, signed, count(*) AS number FROM bulk_items WHERE bulk_id = $1 GROUP BY 1, 2, 3", bulk_id
    )
    found: dict[str, int] = {"all": sum(row["number"] for row in rows)}
    for row in rows:
        for step in ("trial", "outcome", "signed"):
            name = f"{step}.{row[step]}"
            found[name] = found.get(name, 0) + row["number"]
    return found


async def kinds_in(connection: Connection, bulk_id: UUID) -> list[str]:
    """Which kinds of filings were chosen, the most frequent first."""
    rows = await connection.fetch(
        "SELECT kind FROM bulk_items WHERE bulk_id = $1 GROUP BY kind ORDER BY count(*) DESC, kind", bulk_id
    )
    return [row["kind"] for row in rows]


async def is_in_force(connection: Connection, membership_id: UUID) -> bool:
    """Whether somebody may still act in that membership."""
    found: bool = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM memberships_in_force WHERE membership_id = $1)", membership_id
    )
    return found


def _item(row: Any) -> BulkItem:
    return BulkItem(**{**row, "refusals": tuple(Refusal(**one) for one in row["refusals"])})
