"""What somebody typed and has not asked for yet, shared with the others of the organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from database.bulletin.pages import Direction, Page, Place
from database.console import drafts
from database.console.drafts import Draft
from database.pool import Connection, Pool
from web.visit import NotFound, Visit


@dataclass(frozen=True)
class Drafts:
    """Those that this visit may see and change."""

    pool: Pool
    account_id: UUID
    organisation_id: UUID | None

    @classmethod
    def of(cls, visit: Visit) -> "Drafts":
        """Of whoever is signed in, as the organisation that is acted for; raises SignInNeeded."""
        mine = visit.membership
        assert visit.session is not None
        return cls(visit.console.pool, visit.session.account_id, mine.organisation_id)

    async def read(
        self,
        connection: Connection,
        act_kind: str,
        place: Place | None = None,
        direction: Direction = "older",
        size: int = 20,
    ) -> Page[Draft]:
        """A page of them, what was changed last first."""
        mine = (self.account_id, self.organisation_id)
        return await drafts.list_drafts(connection, *mine, act_kind, place=place, direction=direction, size=size)

    async def begin(self, draft_id: UUID, act_kind: str, fields: Mapping[str, str]) -> Draft:
        """A new one with what is known already; its id becomes that of the act."""
        async with self.pool.acquire() as connection, connection.transaction():
            made = await drafts.begin_draft(connection, draft_id, self.account_id, self.organisation_id, act_kind)
            return await drafts.save_fields(
                connection, made.draft_id, self.account_id, self.organisation_id, fields, made.version
            )

    async def find(self, draft_id: UUID, act_kind: str) -> Draft:
        """One of them; raises NotFound."""
        async with self.pool.acquire() as connection:
            found = await drafts.find_draft(connection, draft_id, self.account_id, self.organisation_id)
        if found is None or found.act_kind != act_kind:
            raise NotFound
        return found

    async def save(
        self,
        draft: Draft,
        fields: Mapping[str, str | None],
        version: int | None,
        page: UUID | None,
        *,
        is_sent: bool = False,
    ) -> Draft:
        """The draft with these fields, without those that are None; raises Refused ``draft_changed``.

        ``page``: the open page that saves, whose own saves before are no change by somebody else. ``is_sent``: by its
        button.
        """
        async with self.pool.acquire() as connection:
            return await drafts.save_fields(
                connection,
                draft.draft_id,
                self.account_id,
                self.organisation_id,
                fields,
                version,
                page,
                is_sent=is_sent,
            )

    async def end(self, draft: Draft) -> None:
        """It was asked for: what was typed is in the act now."""
        async with self.pool.acquire() as connection:
            await drafts.end_draft(connection, draft.draft_id, self.account_id, self.organisation_id, "asked")
