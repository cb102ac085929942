"""What may go once its period is over, and what only people may decide about; a legal hold wins over both.

Nothing that is sealed in the log, and nothing that a filing is derived from, is removed by a program (decision 0203).
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from database.evidence.retention import Outlived, outlived_filings, removable_replays, remove_replays
from database.pool import Pool
from schemas.values.model import SHANGHAI

LOGS_KEPT_MONTHS = 6
"""At least; what says who did what is kept longer, with the evidence."""
EVIDENCE_KEPT_YEARS = 30
_MONTHS = 12


@dataclass(frozen=True)
class Retained:
    """``removed``: results of replays that went, or with a dry run would go; ``held``: that a legal hold keeps.

    ``outlived``: ended filings that are older than evidence has to be kept. They stay until people decide.
    """

    logs_before: date
    evidence_before: date
    removed: int
    held: int
    outlived: tuple[Outlived, ...]


async def retain(pool: Pool, on: date, *, is_dry: bool) -> Retained:
    """As of that day. As the role that records; with ``is_dry`` nothing goes, and the auditor may ask."""
    logs, evidence = day_before(on, LOGS_KEPT_MONTHS), day_before(on, EVIDENCE_KEPT_YEARS * _MONTHS)
    async with pool.acquire() as connection, connection.transaction():
        found = await removable_replays(connection, _began(logs))
        removed = found.may_go if is_dry else await remove_replays(connection, _began(logs))
        outlived = await outlived_filings(connection, _began(evidence))
    return Retained(logs, evidence, removed, found.held, tuple(outlived))


def day_before(on: date, months: int) -> date:
    """The first day that is still kept: so many months before, or the last day of that month where it is shorter."""
    year, month = divmod(on.year * _MONTHS + on.month - 1 - months, _MONTHS)
    for day in range(on.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def _began(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
