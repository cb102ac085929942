"""What somebody typed and has not asked for yet: saved field by field, and shared within the organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from database.bulletin.pages import Direction, Page, Place, page_of
from database.pool import Connection
from database.reads.filters import Filters
from schemas.values.identifiers import derived_id
from schemas.values.refusal import refuse


@dataclass(frozen=True)
class Draft:
    """What was typed, by field. ``version`` counts the changes; whoever saves says which one was seen."""

    draft_id: UUID
    account_id: UUID
    organisation_id: UUID | None
    act_kind: str
    filing_id: UUID | None
    fields: dict[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime
    updated_by: UUID


_COLUMNS = """draft_id, account_id, organisation_id, act_kind, filing_id, fields, version, created_at, updated_at,
    updated_by"""
_MINE = "(CASE WHEN organisation_id IS NULL THEN account_id = $1 ELSE organisation_id = $2 END) AND ended_at IS NULL"
"""The one predicate for lists and single drafts: $1 the account, $2 the organisation for which it acts."""


async def begin_draft(
    connection: Connection,
    draft_id: UUID,
    account_id: UUID,
    organisation_id: UUID | None,
    act_kind: str,
    filing_id: UUID | None = None,
) -> Draft:
    """A new draft; the same id again finds the first one. Raises Refused ``draft_unknown`` if it is another's."""
    await connection.execute(
        """INSERT INTO drafts (draft_id, account_id, organisation_id, act_kind, filing_id, updated_by)
           VALUES ($1, $2, $3, $4, $5, $2) ON CONFLICT (draft_id) DO NOTHING""",
        draft_id,
        account_id,
        organisation_id,
        act_kind,
        filing_id,
    )
    draft = await find_draft(connection, draft_id, account_id, organisation_id)
    if draft is None:
        raise refuse("draft_unknown", "draft_id", draft_id=draft_id)
    return draft


async def find_draft(
    connection: Connection, draft_id: UUID, account_id: UUID, organisation_id: UUID | None
) -> Draft | None:
    """A draft, if it is theirs and not ended."""
    row = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM drafts WHERE draft_id = $3 AND {_MINE}", account_id, organisation_id, draft_id
    )
    return Draft(**row) if row else None


async def list_drafts(
    connection: Connection,
    account_id: UUID,
    organisation_id: UUID | None,
    act_kind: str,
    *,
    place: Place | None = None,
    direction: Direction = "older",
    size: int = 50,
) -> Page[Draft]:
    """Theirs of one act, what was changed last first."""
    # An account's own and an organisation's have an index each; one condition for both would have none.
    given = Filters("ended_at IS NULL")
    if organisation_id is None:
        given.always("organisation_id IS NULL")
        given.given("account_id = {0}", account_id)
    else:
        given.given("organisation_id = {0}", organisation_id)
    given.given("act_kind = {0}", act_kind)
    order, sign = ("DESC", "<") if direction == "older" else ("ASC", ">")
    given.beyond("updated_at, draft_id", sign, place)
    most = given.put(size + 1)
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM drafts {given.where} ORDER BY updated_at {order}, draft_id {order} LIMIT {most}",
        *given.values,
    )
    return page_of(
        [Draft(**row) for row in rows], size, place, direction, lambda one: Place(one.updated_at, one.draft_id)
    )


async def save_fields(
    connection: Connection,
    draft_id: UUID,
    account_id: UUID,
    organisation_id: UUID | None,
    fields: Mapping[str, Any],
    version: int | None = None,
    page: UUID | None = None,
    *,
    is_sent: bool = False,
) -> Draft:
    """Puts these fields over those of the draft; others stay, and a field of None goes.

    ``version``: only if the draft is still the one that was seen, or what changed since came from the same ``page``.
    ``is_sent``: the page is sent whole, and what it kept field by field and comes late is not put over that.
    Raises Refused ``draft_changed``, or ``draft_unknown`` where it is not theirs or ended.
    """
    sent = derived_id("sent", page) if page is not None else None
    row = await connection.fetchrow(
        f"""UPDATE drafts SET fields = jsonb_strip_nulls(fields || $4), version = version + 1, updated_by = $1,
                updated_at = clock_timestamp(), saved_by_page = $6
            WHERE draft_id = $3 AND {_MINE} AND ($5::int IS NULL OR version = $5 OR saved_by_page = ANY($7::uuid[]))
            RETURNING {_COLUMNS}""",
        account_id,
        organisation_id,
        draft_id,
        dict(fields),
        version,
        sent if is_sent else page,
        [page, sent] if is_sent else [page],
    )
    if row is not None:
        return Draft(**row)
    now = await find_draft(connection, draft_id, account_id, organisation_id)
    if now is None:
        raise refuse("draft_unknown", "draft_id", draft_id=draft_id)
    raise refuse("draft_changed", "version", draft_id=draft_id, seen=version, version=now.version)


async def end_draft(
    connection: Connection,
    draft_id: UUID,
    account_id: UUID,
    organisation_id: UUID | None,
    ended_as: Literal["asked", "discarded"],
) -> bool:
    """It was asked for, or discarded: what was typed goes. False where it is not theirs or ended before."""
    status = await connection.execute(
        f"""UPDATE drafts SET ended_at = clock_timestamp(), ended_as = $4, fields = '{{}}', updated_by = $1
            WHERE draft_id = $3 AND {_MINE}""",
        account_id,
        organisation_id,
        draft_id,
        ended_as,
    )
    return status == "UPDATE 1"
