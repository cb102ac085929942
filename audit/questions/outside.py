"""Lists of others beside our record: what each side has alone, and what differs of what both have.

What they have is taken over the days and accounts that their list covers: what we have of other days is not missed.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from audit.questions.moment import one_moment
from database.pool import Connection, Pool
from database.questions.outside import (
    KnownOutside,
    announcements,
    bank_lines_of,
    payments_out,
    registered_contracts,
    treasury_payments,
)
from schemas.statements.outside import BankEntry, GazetteEntry, OutsideEntry, RegistrationEntry, TreasuryEntry
from schemas.values.model import Model
from schemas.values.money import Money
from schemas.values.outside import normal

Field = Literal["amount", "day", "party", "patent_number"]


class Alone(Model):
    """What one side has alone. ``line``: of their list; ``filing_id``: of ours."""

    key: str
    on: date | None
    amount: Money | None
    party: str | None
    line: int | None = None
    filing_id: UUID | None = None


class Differing(Model):
    """One field of which both sides say something, and not the same."""

    key: str
    field: Field
    theirs: str
    ours: str
    line: int
    filing_id: UUID


class Outside(Model):
    """The outcome; ``twice``: lines of their list whose number stood in it before."""

    first_on: date | None
    last_on: date | None
    counts: dict[str, int]
    only_theirs: tuple[Alone, ...]
    only_ours: tuple[Alone, ...]
    differing: tuple[Differing, ...]
    twice: tuple[Alone, ...]

    @property
    def ok(self) -> bool:
        """Whether both sides have the same."""
        return not (self.only_theirs or self.only_ours or self.differing or self.twice)


Known = Callable[[Connection, date, date], AsyncIterator[KnownOutside]]


async def compare_bank(pool: Pool, entries: Iterable[BankEntry]) -> Outside:
    """A bank's statement: arrivals by bank, account and serial, what went out by its serial."""
    theirs = list(entries)
    accounts = sorted({one.account_key for one in theirs})

    async def known(connection: Connection, first: date, last: date) -> AsyncIterator[KnownOutside]:
        async for one in bank_lines_of(connection, accounts, first, last):
            yield one
        async for one in payments_out(connection, first, last):
            yield one

    return await _compare(pool, theirs, known)


async def compare_treasury(pool: Pool, entries: Iterable[TreasuryEntry]) -> Outside:
    """A treasury's list of payments, by its serial."""
    return await _compare(pool, list(entries), treasury_payments)


async def compare_gazette(pool: Pool, entries: Iterable[GazetteEntry]) -> Outside:
    """The Gazette's open licences, by declaration number and what was announced."""
    return await _compare(pool, list(entries), announcements)


async def compare_registrations(pool: Pool, entries: Iterable[RegistrationEntry]) -> Outside:
    """The registry's technology contracts, by registration number."""
    return await _compare(pool, list(entries), registered_contracts)


async def _compare(pool: Pool, entries: Sequence[OutsideEntry], known: Known) -> Outside:
    if not entries:
        nothing = {"theirs": 0, "ours": 0, "both": 0}
        return Outside(
            first_on=None, last_on=None, counts=nothing, only_theirs=(), only_ours=(), differing=(), twice=()
        )
    first, last = min(one.on for one in entries), max(one.on for one in entries)
    async with one_moment(pool) as connection:
        ours = {one.key: one async for one in known(connection, first, last)}
    theirs: dict[str, OutsideEntry] = {}
    twice = [_theirs(entry) for entry in entries if theirs.setdefault(entry.key, entry) is not entry]
    both = [(entry, ours[key]) for key, entry in theirs.items() if key in ours]
    return Outside(
        first_on=first,
        last_on=last,
        counts={"theirs": len(theirs), "ours": len(ours), "both": len(both)},
        only_theirs=tuple(_theirs(one) for key, one in theirs.items() if key not in ours),
        only_ours=tuple(_ours(one) for key, one in ours.items() if key not in theirs),
        differing=tuple(one for entry, mine in both for one in _differing(entry, mine)),
        twice=tuple(twice),
    )


def _theirs(entry: OutsideEntry) -> Alone:
    return Alone(key=entry.key, on=entry.on, amount=entry.amount, party=entry.party, line=entry.line)


def _ours(mine: KnownOutside) -> Alone:
    amount = None if mine.fen is None else Money(mine.fen)
    return Alone(key=mine.key, on=mine.on, amount=amount, party=mine.party, filing_id=mine.filing_id)


def _differing(entry: OutsideEntry, mine: KnownOutside) -> list[Differing]:
    """Only what both sides say: a statement without names contradicts no name."""
    compared: dict[Field, tuple[str | None, str | None]] = {
        "amount": (
            None if entry.amount is None else str(entry.amount),
            None if mine.fen is None else str(Money(mine.fen)),
        ),
        "day": (entry.on.isoformat(), None if mine.on is None else mine.on.isoformat()),
        "party": (entry.party, mine.party),
        "patent_number": (entry.patent_number, mine.patent_number),
    }
    return [
        Differing(key=entry.key, field=field, theirs=theirs, ours=ours, line=entry.line, filing_id=mine.filing_id)
        for field, (theirs, ours) in compared.items()
        if theirs is not None and ours is not None and _same(field, theirs) != _same(field, ours)
    ]


def _same(field: Field, text: str) -> str:
    """In the form in which registers compare it: names in full or half width are one."""
    return normal("title", text) if field == "party" else text
