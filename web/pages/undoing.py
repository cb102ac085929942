"""What an act would change, shown before it is asked for: every filing it touches, with the money, in yuan."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from client.today import today
from database.console.whose import may_see
from database.pool import Connection
from database.reads.lists import list_filings
from schemas.acts.act import Act, FilingKind
from schemas.acts.declaration import AnnounceWithdrawal, FileWithdrawal
from schemas.acts.royalty import CorrectReport, ReportSales
from schemas.standing.answer import Moved, Preview, Touched
from schemas.statements.offer import Gazette
from schemas.values.actor import Actor, Role
from schemas.values.identifiers import derived_id
from schemas.values.money import total
from web.rights.parts import names, own_party
from web.rights.whose import whose
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
    """What the act would change, and what is to come of it, as far as it is the visit's to see; nothing is written.

    Raises Refused as the act would.
    """
    following = FOLLOWED_BY.get(type(act))
    acts = (act,) if following is None else (act, following(act))
    preview = await visit.console.preview(kind, acts)
    async with visit.console.pool.acquire() as connection:
        seen = [await _seen(visit, connection, act.filing_id, one) for one in preview.touched]
        named = [Effect(one, await _name(connection, one.filing_id)) for one in seen if one is not None]
    return Effects(preview.but(touched=tuple(one.touched for one in named)), tuple(named))


async def _seen(visit: Visit, connection: Connection, asked: UUID, one: Touched) -> Touched | None:
    """Of a filing that lists many people, one's own part; nothing of a filing of others.

    What authorities pay is published: of it everybody is told how much would change, and not whose.
    """
    if one.filing_id == asked or await may_see(connection, one.filing_id, whose(visit)):
        own = own_party(visit, one.kind)
        mine = one.moved if own is None else tuple(m for m in one.moved if names((m.line, m.account), own))
        return one.but(moved=mine)
    if one.kind is not FilingKind.SETTLEMENT:
        return None
    accounts = dict.fromkeys(_whatever(line.account) for line in one.moved)
    return one.but(moved=tuple(_in_all(account, one.moved) for account in accounts))


def _whatever(account: str) -> str:
    """What kind of account it is, without whose."""
    return account.partition(":")[0]


def _in_all(account: str, moved: tuple[Moved, ...]) -> Moved:
    return Moved(line="-", account=account, by=total(line.by for line in moved if _whatever(line.account) == account))


async def _name(connection: Connection, filing_id: UUID) -> str:
    found = await list_filings(connection, filing_id=filing_id)
    if not found:
        return str(filing_id)
    return found[0].party_name or found[0].title or str(filing_id)
