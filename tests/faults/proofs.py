"""What must hold whatever went wrong: one event per act, a ledger that sums to zero, a true read model."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from audit.rebuild import rebuild_and_compare
from database.pool import Pool
from schemas.standing.answer import Answer
from tests.database.ledger import balances
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Life
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.world import World


async def prove(pool: Pool) -> None:
    """The whole database is what its events make it, and every transaction of the ledger sums to zero."""
    report = await rebuild_and_compare(pool)
    assert report.as_json()["differences"] == []


async def prove_once_each(pool: Pool, granted: Iterable[Answer]) -> None:
    """Every act that was answered stands in the log exactly once."""
    events = Counter(row["act_id"] for row in await pool.fetch("SELECT act_id FROM events"))
    lost = [one.act_id for one in granted if events[one.act_id] != 1]
    assert lost == []


async def kinds_of(pool: Pool, life: Life) -> list[str]:
    """The acts that a filing's events record, in the order of recording."""
    rows = await pool.fetch(
        "SELECT body->'act'->>'kind' AS kind FROM events WHERE filing_id = $1 ORDER BY version", life.filing_id
    )
    return [row["kind"] for row in rows]


async def stage_of(pool: Pool, life: Life) -> str | None:
    """Where the read model says that a filing stands; None when there is no such filing."""
    stage: str | None = await pool.fetchval("SELECT stage FROM filings WHERE filing_id = $1", life.filing_id)
    return stage


async def standing_balances(pool: Pool, filing_id: UUID) -> dict[str, int]:
    """Account -> fen of one filing, without the accounts that are at zero."""
    async with pool.acquire() as connection:
        return {account: fen for account, fen in (await balances(connection, filing_id)).items() if fen}


def main_road(world: World) -> tuple[DeclarationLife, LicenceLife, PayoutLife]:
    """The three filings of the story in which inventors are paid."""
    licence = LicenceLife(DeclarationLife(world))
    return licence.declaration, licence, PayoutLife(licence)


async def outcome_of(pool: Pool, world: World) -> object:
    """What the main road has come to, in terms that are the same for every world: stages, acts, money by account."""
    lives = main_road(world)
    filings = [one.filing_id for one in lives]
    money = await pool.fetch(
        """SELECT kind, split_part(account, ':', 1) AS account, line, sum(fen)::bigint AS fen
           FROM (SELECT *, split_part(line_key, ':', 1) AS line FROM postings) posted JOIN filings USING (filing_id)
           WHERE filing_id = ANY($1) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
        filings,
    )
    stages = await pool.fetch("SELECT kind, stage, head FROM filings WHERE filing_id = ANY($1) ORDER BY kind", filings)
    return [tuple(row) for row in (*stages, *money)], [await kinds_of(pool, one) for one in lives]
