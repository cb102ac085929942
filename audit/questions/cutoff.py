"""Receipts around the 31st of December: which day was paid, which arrived, which was recorded, and which year counts.

What decides the year is a value of each scheme (D-04); the engine books by arrival. So the day of arrival stands first,
and where another of the three days lies in another year, the receipt is flagged.
"""

from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from audit.questions.events import events_of
from audit.questions.moment import Step, no_step, one_moment, recorded_on
from database.pool import Pool
from database.questions.stream import StandingFiling, events_of_filings, standing_filings
from schemas.acts.licence import LICENCE_ACT
from schemas.acts.royalty import BookReceipt
from schemas.values.model import Model
from schemas.values.money import STORED, Money, total

Flag = Literal["paid_in_the_year_before", "recorded_in_the_year_after", "corrected", "reversed", "not_confirmed"]
_BOOKING = events_of("book_receipt")


class AroundYearEnd(Model):
    """One receipt; ``year``: that of its arrival."""

    filing_id: UUID
    receipt_id: UUID
    bank_line: str
    amount: Money
    reversed_amount: Money
    paid_on: date | None
    received_on: date
    recorded_on: date
    year: int
    flags: tuple[Flag, ...]


class Cutoff(Model):
    """The receipts of the days around the year's end, by day of arrival; sums by the year they count in."""

    year: int
    first_on: date
    last_on: date
    receipts: tuple[AroundYearEnd, ...]
    total_before: Money
    total_after: Money


async def cutoff(pool: Pool, year: int, days: int = 15, step: Step = no_step) -> Cutoff:
    """Receipts of which one of the three days lies in the last or first ``days`` days."""
    last = date(year, 12, 31)
    window = last - timedelta(days=days - 1), last + timedelta(days=days)
    found: list[AroundYearEnd] = []
    async with one_moment(pool) as connection:
        async for filing in standing_filings(connection, "licence"):
            if filing.position["receipts"]:
                booked = await events_of_filings(connection, [filing.filing_id], _BOOKING)
                acts = [(LICENCE_ACT.validate_python(one.act, context=STORED), one) for one in booked]
                bookings = {
                    act.receipt_id: (act, recorded_on(one.recorded_at))
                    for act, one in acts
                    if isinstance(act, BookReceipt)
                }
                found += _near(filing, bookings, window)
            step()
    found.sort(key=lambda one: (one.received_on, one.bank_line, str(one.receipt_id)))
    return Cutoff(
        year=year,
        first_on=window[0],
        last_on=window[1],
        receipts=tuple(found),
        total_before=total(one.amount for one in found if one.received_on <= last),
        total_after=total(one.amount for one in found if one.received_on > last),
    )


def _near(
    filing: StandingFiling, bookings: dict[UUID, tuple[BookReceipt, date]], window: tuple[date, date]
) -> list[AroundYearEnd]:
    near = []
    for receipt in filing.position["receipts"]:
        receipt_id = UUID(receipt["receipt_id"])
        if receipt_id not in bookings:  # taken over from elsewhere: nobody booked it here
            continue
        act, typed_on = bookings[receipt_id]
        received_on = date.fromisoformat(receipt["received_on"])
        paid_on = date.fromisoformat(receipt["paid_on"]) if receipt["paid_on"] else None
        if not any(day and window[0] <= day <= window[1] for day in (received_on, paid_on, typed_on)):
            continue
        flags: dict[Flag, bool] = {
            "paid_in_the_year_before": paid_on is not None and paid_on.year < received_on.year,
            "recorded_in_the_year_after": typed_on.year > received_on.year,
            "corrected": (act.on, act.paid_on, act.amount.fen) != (received_on, paid_on, receipt["amount"]),
            "reversed": receipt["reversed_amount"] > 0,
            "not_confirmed": bool(receipt.get("escrow")) and not receipt["confirmed"],
        }
        near.append(
            AroundYearEnd(
                filing_id=filing.filing_id,
                receipt_id=receipt_id,
                bank_line=f"{act.line.bank} {act.line.account} {act.line.serial}",
                amount=Money(receipt["amount"]),
                reversed_amount=Money(receipt["reversed_amount"]),
                paid_on=paid_on,
                received_on=received_on,
                recorded_on=typed_on,
                year=received_on.year,
                flags=tuple(flag for flag, holds in flags.items() if holds),
            )
        )
    return near
