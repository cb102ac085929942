"""What a sample is drawn from: every movement of money that stands, with why it may be wrong and how likely that is."""

from datetime import date
from hashlib import sha256
from typing import Literal
from uuid import UUID

from audit.questions.duties import duties
from audit.questions.exceptions import exceptions
from audit.questions.moment import Step, one_moment
from database.pool import Connection, Pool
from database.questions.movements import Movement, filings_with_open_findings, known_until, moved_by_ledger, movements
from database.questions.stream import standing_filings
from schemas.values.canonical import canonical
from schemas.values.model import Model
from schemas.values.money import Money

Factor = Literal[
    "large",
    "year_end",
    "corrected",
    "overridden",
    "held",
    "late",
    "finding_open",
    "provisional",
    "duties",
    "money_back",
]
POINTS: dict[Factor, int] = {
    "duties": 4,
    "corrected": 3,
    "overridden": 3,
    "finding_open": 2,
    "held": 2,
    "large": 2,
    "money_back": 2,
    "late": 1,
    "provisional": 1,
    "year_end": 1,
}
"""What each factor adds; an item without any has none, and is drawn by its amount alone."""
_OF_EXCEPTION: dict[str, Factor] = {
    "correction": "corrected",
    "dismissal": "overridden",
    "override": "overridden",
    "hold": "held",
    "late": "late",
}
_LARGE_PART = 20
"""An amount of the largest twentieth is large."""


class Item(Model):
    """One movement. ``money`` is negative where it left; ``size``: by what it is drawn, fen times one plus points."""

    number: int
    filing_id: UUID
    filing_kind: str
    line: str
    account: str
    money: Money
    on: date
    factors: tuple[Factor, ...]
    points: int
    size: int

    @property
    def key(self) -> str:
        """Its name over all filings."""
        return f"{self.filing_id} {self.line} {self.account}"


class Population(Model):
    """All items in the order of their keys. ``ledger_in``, ``ledger_out``: what the ledger says, summed on its own."""

    items: tuple[Item, ...]
    hash: str
    until_number: int
    until_at: str
    total_in: Money
    total_out: Money
    ledger_in: Money
    ledger_out: Money

    @property
    def ties(self) -> bool:
        """Whether the items sum to the ledger, to the fen."""
        return (self.total_in, self.total_out) == (self.ledger_in, self.ledger_out)


async def population(pool: Pool, on: date, step: Step, *, by_risk: bool) -> Population:
    """As known now; ``on``: the day by which an open task is late. Without ``by_risk`` only the amount counts."""
    flagged = await _flagged(pool, on) if by_risk else {}
    async with one_moment(pool) as connection:
        if by_risk:
            await _of_filings(connection, flagged, step)
        found = [one async for one in movements(connection)]
        ledger = await moved_by_ledger(connection)
        number, at = await known_until(connection)
    large = _large_from(found) if by_risk else None
    items = tuple(_item(place, one, flagged, large, by_risk) for place, one in enumerate(found, start=1))
    return Population(
        items=items,
        hash=sha256(b"".join(canonical([one.key, one.money, one.on, one.size]) for one in items)).hexdigest(),
        until_number=number,
        until_at=at.isoformat() if at else "",
        total_in=Money(sum(one.money.fen for one in items if one.money.fen > 0)),
        total_out=Money(sum(one.money.fen for one in items if one.money.fen < 0)),
        ledger_in=Money(ledger["in"]),
        ledger_out=Money(ledger["out"]),
    )


async def _flagged(pool: Pool, on: date) -> dict[UUID, set[Factor]]:
    """Filing -> what its history says against it."""
    flagged: dict[UUID, set[Factor]] = {}
    for row in (await exceptions(pool, on)).rows:
        if row.filing_id is not None and row.what in _OF_EXCEPTION:
            flagged.setdefault(row.filing_id, set()).add(_OF_EXCEPTION[row.what])
    for duty in (await duties(pool)).rows:
        if duty.filing_id is not None:
            flagged.setdefault(duty.filing_id, set()).add("duties")
    return flagged


async def _of_filings(connection: Connection, flagged: dict[UUID, set[Factor]], step: Step) -> None:
    for filing_id in await filings_with_open_findings(connection):
        flagged.setdefault(filing_id, set()).add("finding_open")
    async for filing in standing_filings(connection):
        step()
        if filing.position.get("provisional"):
            flagged.setdefault(filing.filing_id, set()).add("provisional")


def _large_from(found: list[Movement]) -> int:
    amounts = sorted((abs(one.fen) for one in found), reverse=True)
    return amounts[len(amounts) // _LARGE_PART] if amounts else 0


def _item(place: int, one: Movement, flagged: dict[UUID, set[Factor]], large: int | None, by_risk: bool) -> Item:
    factors = set(flagged.get(one.filing_id, ())) if by_risk else set()
    if large is not None:
        if abs(one.fen) >= large:
            factors.add("large")
        if (one.on.month, one.on.day) >= (12, 17) or (one.on.month, one.on.day) <= (1, 15):
            factors.add("year_end")
        if one.line_key.split(":")[0] in ("recovered", "demanded") or (one.account == "bank" and one.fen < 0):
            factors.add("money_back")
    points = sum(POINTS[factor] for factor in factors)
    return Item(
        number=place,
        filing_id=one.filing_id,
        filing_kind=one.kind,
        line=one.line_key,
        account=one.account,
        money=Money(one.fen),
        on=one.on,
        factors=tuple(sorted(factors)),
        points=points,
        size=abs(one.fen) * (1 + points),
    )
