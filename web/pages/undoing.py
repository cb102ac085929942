"""What an act would change, shown before it is asked for: every filing it touches, with the money, in yuan."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from client.today import today
from database.pool import Connection
from database.reads.lists import list_filings
from schemas.acts.act import Act, FilingKind
from schemas.acts.declaration import AnnounceWithdrawal, FileWithdrawal
from schemas.acts.royalty import CorrectReport, ReportSales
from schemas.standing.answer import Preview, Touched
from schemas.statements.offer import Gazette
from schemas.values.actor import Actor, Role
from schemas.values.identifiers import derived_id
from web.visit import Visit


def _announced(act: Act) -> Act:
    """The withdrawal that the office would announce today; what it changes is what the licensor wants to know."""
    return AnnounceWithdrawal(
        act_id=derived_id("preview", act.act_id),
        filing_id=act.filing_id,
        by=Actor(role=Role.OFFICE, party_id=act.by.party_id),
        on=today(),
        gazette=Gazette(issue="preview"),
        evidence=act.evidence,
    )


FOLLOWED_BY: dict[type[Act], Callable[[Act], Act]] = {FileWithdrawal: _announced}
"""Acts that change little by themselves -> what is to come of them."""
SHOWN_FIRST: frozenset[type[Act]] = frozenset({*FOLLOWED_BY, ReportSales, CorrectReport})
"""What they change is shown, in yuan, before anybody can ask for them."""


@dataclass(frozen=True)
class Effect:
    """One filing that would change, as people know it."""

    touched: Touched
    name: str


@dataclass(frozen=True)
class Effects:
    """All that would change."""

    preview: Preview
    effects: tuple[Effect, ...]


async def effects_of(visit: Visit, kind: FilingKind, act: Act) -> Effects:
    """What the act would change, and what is to come of it; nothing is written. Raises Refused as the act would."""
    following = FOLLOWED_BY.get(type(act))
    acts = (act,) if following is None else (act, following(act))
    preview = await visit.console.preview(kind, acts)
    async with visit.console.pool.acquire() as connection:
        named = [Effect(one, await _name(connection, one.filing_id)) for one in preview.touched]
    return Effects(preview, tuple(named))


async def _name(connection: Connection, filing_id: UUID) -> str:
    found = await list_filings(connection, filing_id=filing_id)
    if not found:
        return str(filing_id)
    return found[0].party_name or found[0].title or str(filing_id)
