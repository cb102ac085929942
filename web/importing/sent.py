"""Whose tables are whose, and what may be done with one: the same for the pages and for programs."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from client.today import today
from database.bulletin.pages import Place
from database.console.imports import (
    RowOutcome,
    SentRow,
    SentTable,
    confirm_import,
    counts_of_import,
    find_import,
    keep_import,
    list_imports,
    rows_of_import,
)
from schemas.values.actor import Role
from schemas.values.identifiers import derived_id
from schemas.values.refusal import refuse
from web.importing.running import go_on, sender_of
from web.importing.tables import FILE, rows_in, table_kind
from web.receiving.judging import scanned
from web.visit import NotFound, Visit

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Told:
    """One table, and how far it is."""

    table: SentTable
    counts: dict[RowOutcome, int]

    @property
    def checked(self) -> int:
        """Rows that were looked at."""
        return sum(self.counts.values())

    @property
    def good(self) -> int:
        """Rows that can be taken, and were not yet."""
        return self.counts.get("good", 0)

    @property
    def refused(self) -> int:
        """Rows that were not taken."""
        return self.counts.get("refused", 0)


async def send(visit: Visit, request_id: UUID, name: str, body: bytes) -> UUID:
    """Keeps a table, and begins to check it; the same request again is the same table.

    Raises Refused for a file that is none or that the scanner knows, or ``act_id_reused`` where the request came with
    another content before; a Fault where the scanner is away.
    """
    actor = visit.actor()
    owner, name = _owner(visit), "".join(filter(str.isprintable, name)).strip()[:_LONGEST_NAME] or "table"
    kind = table_kind(body, name)
    sender = sender_of(actor.role, owner, actor.party_id, today())
    await scanned(visit.console, body, name, FILE)
    rows = rows_in(body, kind, name, sender)
    import_id, content_hash = derived_id("sent table", owner, request_id), sha256(body).hexdigest()
    async with visit.console.pool.acquire() as connection:
        is_new = await keep_import(
            connection, import_id, owner, actor.role.value, actor.party_id, name, kind, body, content_hash, rows
        )
        kept = await find_import(connection, import_id, owner)
    assert kept is not None
    if not is_new and kept.content_hash != content_hash:
        raise refuse("act_id_reused", act_id=request_id)
    if kept.state == "checking":
        go_on(visit.console, import_id)
    return import_id


async def tell(visit: Visit, import_id: UUID) -> Told:
    """The table and how far it is; raises NotFound where it is not theirs."""
    async with visit.console.pool.acquire() as connection:
        table = await find_import(connection, import_id, sees(visit))
        counts = await counts_of_import(connection, import_id)
    if table is None:
        raise NotFound
    return Told(table, counts)


async def tell_rows(visit: Visit, import_id: UUID, outcome: str | None, after: int, size: int) -> list[SentRow]:
    """Some rows behind that line; raises NotFound where the table is not theirs."""
    await tell(visit, import_id)
    async with visit.console.pool.acquire() as connection:
        return await rows_of_import(connection, import_id, outcome, after, size)


async def sent_before(visit: Visit, before: Place | None, size: int) -> list[SentTable]:
    """Theirs, newest first."""
    async with visit.console.pool.acquire() as connection:
        return await list_imports(connection, sees(visit), before, size)


async def take(visit: Visit, import_id: UUID) -> None:
    """Asks for the good rows, in the name of whoever asks; once, however often it is sent. Goes on where it stopped.

    Raises Refused ``table_file_gone`` where nobody confirmed it in time.
    """
    told = await tell(visit, import_id)
    if told.table.owner_id != _owner(visit):
        raise NotFound  # a licensor's own rows are its own acts: nobody else confirms them
    async with visit.console.pool.acquire() as connection:
        if told.table.state == "checked":
            if not told.table.has_file:
                raise refuse("table_file_gone")
            await confirm_import(connection, import_id, visit.actor().party_id)
    go_on(visit.console, import_id)


def _owner(visit: Visit) -> UUID:
    actor = visit.actor()
    return actor.organisation_id or actor.party_id


def sees(visit: Visit) -> UUID | None:
    return None if visit.membership.role is Role.OPERATOR else _owner(visit)
