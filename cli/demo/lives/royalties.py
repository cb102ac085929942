"""The royalties of a licence: what falls due, what is reported, what arrives, and the payouts that it calls for."""

from contextlib import suppress
from datetime import date

from cli.demo.examples.terms import royalty_of
from cli.demo.filings.days import after
from cli.demo.filings.payout import Payout
from cli.demo.lives.desk import Desk, NotYet
from cli.demo.lives.life import CALENDAR, Life
from cli.demo.lives.payouts import approve_and_pay, state_and_publish
from cli.demo.lives.world import party, units
from rules.licence.royalty import Period, periods, running_part, schedule
from schemas.values.determination import Determination
from schemas.values.money import Money, total

Parts = tuple[tuple[str, Money], ...]
_REPORTED_AFTER, _CORRECTED_AFTER, _REPORT_PAID_AFTER, _PAID_BEFORE_DUE, _SUPPLEMENTED_AFTER = 12, 3, 16, 6, 25
_ARRIVES_AFTER, _REVERSED_AFTER, _PAID_AGAIN_AFTER = 2, 3, 84


async def collect(desk: Desk, life: Life) -> None:
    """Every amount that falls due, its bank line, and the payout of it, one after the other."""
    royalty, received = royalty_of(life.example), Money(0)
    running = running_part(royalty)
    due = schedule(royalty, life.noticed_on, life.effective_on, life.last_day, CALENDAR)
    for n, one in enumerate(due, start=1):
        is_first = n == 1 and life.is_paid_at_first
        paid_on = life.paid_on if is_first else after(one.falls_on, -_PAID_BEFORE_DUE)
        await _receive(desk, life, n, ((one.key, one.amount),), paid_on)
        received += one.amount
    for n, period in enumerate(periods(running, life.effective_on, life.last_day) if running else (), len(due) + 1):
        if period.n > 1 and life.example.story == "report_missing":
            return
        parts = await _report(desk, life, period)
        await _receive(desk, life, n, parts, after(period.last_on, _REPORT_PAID_AFTER))
        received += _sum(parts)
        await desk.ask(life, life.supplement_amounts(after(period.last_on, _SUPPLEMENTED_AFTER), received))


async def _report(desk: Desk, life: Life, period: Period) -> Parts:
    """What the licensee reports for a period, as obligations with their amounts; in one case it is corrected."""
    on = after(period.last_on, _REPORTED_AFTER)
    net_sales = Money((40 + 3 * ((7 * life.index + 5 * period.n + len(life.example.title)) % 11)) * 1_000_000)
    answer = await desk.ask(life, life.report_sales(on, period.n, net_sales))
    reported = _royalty(answer.determinations)
    if life.example.story != "report_corrected" or period.n > 1:
        return ((f"report:{period.n}", reported),)
    corrected = Money(net_sales.fen * 5 // 4)
    answer = await desk.ask(life, life.correct_report(after(on, _CORRECTED_AFTER), 1, corrected))
    return (("report:1", reported), ("correction:1.1", _royalty(answer.determinations) - reported))


def _royalty(determinations: tuple[Determination, ...]) -> Money:
    return total(line.amount for line in determinations[-1].result)


async def _receive(desk: Desk, life: Life, n: int, parts: Parts, paid_on: date) -> None:
    """One bank line for these obligations, and the payouts of it; in one case the bank takes the first line back."""
    if life.example.story == "receipt_reversed":
        serial = f"{n}-R"
        for payout, called_on in await _book(desk, life, parts, paid_on, serial):
            published = await state_and_publish(desk, life.example, payout, called_on, _sum(parts), is_first=True)
            reversed_on = after(published.on, _REVERSED_AFTER)
            await desk.ask(life, life.reverse_receipt(reversed_on, _sum(parts), serial))
        await desk.is_settled(life.filing_id)
        paid_on = after(paid_on, _PAID_AGAIN_AFTER)
    for payout, called_on in await _book(desk, life, parts, paid_on, str(n)):
        with suppress(NotYet):
            published = await state_and_publish(desk, life.example, payout, called_on, _sum(parts), is_first=n == 1)
            await approve_and_pay(desk, life.example, published)


async def _book(desk: Desk, life: Life, parts: Parts, paid_on: date, serial: str) -> list[tuple[Payout, date]]:
    """Books a bank line; the payouts it calls for and the days of that, once all who are told of it know."""
    allocations = tuple({"obligation": key, "amount": amount} for key, amount in parts if amount.fen > 0)
    on = after(paid_on, _ARRIVES_AFTER)
    booked = life.book_receipt(_sum(parts), on, serial, paid_on=paid_on, allocations=allocations)
    answer = await desk.ask(life, booked)
    await desk.is_settled(life.filing_id)
    named = {party(unit): unit for unit in units(life.example)}
    return [(Payout(life, serial, named[start.unit]), start.on) for start in answer.starts]


def _sum(parts: Parts) -> Money:
    return total(amount for _, amount in parts)
