"""The royalties of a licence: what falls due, what is reported, what arrives, and the payouts that it calls for."""

from contextlib import suppress
from datetime import date

from cli.demo.examples.terms import royalty_of
from cli.demo.lives.desk import NotYet, after
from cli.demo.lives.life import CALENDAR, Life
from cli.demo.lives.payouts import approve_and_pay, state_and_publish
from cli.demo.lives.world import party, units
from rules.licence.royalty import Period, periods, running_part, schedule
from schemas.acts.licence import SupplementAmounts
from schemas.acts.royalty import BankLine, BookReceipt, CorrectReport, ReportSales, ReverseReceipt
from schemas.standing.answer import Start
from schemas.values.actor import Role
from schemas.values.determination import Determination
from schemas.values.money import Money, total

Parts = tuple[tuple[str, Money], ...]
_REPORTED_AFTER, _CORRECTED_AFTER, _REPORT_PAID_AFTER, _PAID_BEFORE_DUE, _SUPPLEMENTED_AFTER = 12, 3, 16, 6, 25
_ARRIVES_AFTER, _REVERSED_AFTER, _PAID_AGAIN_AFTER = 2, 3, 84


async def collect(life: Life) -> None:
    """Every amount that falls due, its bank line, and the payout of it, one after the other."""
    royalty, received = royalty_of(life.example), Money(0)
    running = running_part(royalty)
    due = schedule(royalty, life.noticed_on, life.effective_on, life.last_day, CALENDAR)
    for n, one in enumerate(due, start=1):
        is_first = n == 1 and life.is_paid_at_first
        paid_on = life.paid_on if is_first else after(one.falls_on, -_PAID_BEFORE_DUE)
        await _receive(life, n, ((one.key, one.amount),), paid_on)
        received += one.amount
    for n, period in enumerate(periods(running, life.effective_on, life.last_day) if running else (), len(due) + 1):
        if period.n > 1 and life.example.story == "report_missing":
            return
        parts = await _report(life, period)
        await _receive(life, n, parts, after(period.last_on, _REPORT_PAID_AFTER))
        received += total(amount for _, amount in parts)
        await life.filing.do(
            SupplementAmounts,
            Role.LICENSOR,
            after(period.last_on, _SUPPLEMENTED_AFTER),
            contract_amount=received,
            technology_transaction_amount=received,
        )


async def _report(life: Life, period: Period) -> Parts:
    """What the licensee reports for a period, as obligations with their amounts; in one case it is corrected."""
    filing, on = life.filing, after(period.last_on, _REPORTED_AFTER)
    net_sales = Money((40 + 3 * ((7 * life.index + 5 * period.n + len(life.example.title)) % 11)) * 1_000_000)
    answer = await filing.do(ReportSales, Role.LICENSEE, on, period.n, period=period.n, sales=_sales(net_sales))
    reported = _royalty(answer.determinations)
    if life.example.story != "report_corrected" or period.n > 1:
        return ((f"report:{period.n}", reported),)
    answer = await filing.do(
        CorrectReport,
        Role.LICENSEE,
        after(on, _CORRECTED_AFTER),
        period=1,
        correction=1,
        sales=_sales(Money(net_sales.fen * 5 // 4)),
    )
    return (("report:1", reported), ("correction:1.1", _royalty(answer.determinations) - reported))


def _sales(net_sales: Money) -> dict[str, object]:
    """All three bases; the announced terms say which one counts."""
    return {"net_sales": net_sales, "profit": Money(net_sales.fen // 5), "units": net_sales.fen // 4_000}


def _royalty(determinations: tuple[Determination, ...]) -> Money:
    return total(line.amount for line in determinations[-1].result)


async def _receive(life: Life, n: int, parts: Parts, paid_on: date) -> None:
    """One bank line for these obligations, and the payouts of it; in one case the bank takes the first line back."""
    serial = f"{life.example.case}-{life.index + 1}-{n}"
    if life.example.story == "receipt_reversed":
        line, starts = await _book(life, parts, paid_on, f"{serial}-R")
        for start, unit in starts:
            published = await state_and_publish(life.filing.desk, life.example, start, unit, _sum(parts), is_first=True)
            await life.filing.do(
                ReverseReceipt,
                Role.BANK,
                after(published.on, _REVERSED_AFTER),
                receipt_id=line.receipt_id,
                amount=_sum(parts),
                reason="付款账户有误，银行冲正（假定）",
            )
        await life.filing.desk.is_settled(life.filing.filing_id)
        paid_on = after(paid_on, _PAID_AGAIN_AFTER)
    _, starts = await _book(life, parts, paid_on, serial)
    for start, unit in starts:
        with suppress(NotYet):
            published = await state_and_publish(
                life.filing.desk, life.example, start, unit, _sum(parts), is_first=n == 1
            )
            await approve_and_pay(published, life.example)


async def _book(life: Life, parts: Parts, paid_on: date, serial: str) -> tuple[BankLine, list[tuple[Start, str]]]:
    """Books a bank line; with the payouts it calls for and their units, once all who are told of it know."""
    line = BankLine(bank="示例银行", account=f"账户 {life.filing.unit}"[:200], serial=serial)
    answer = await life.filing.do(
        BookReceipt,
        Role.BANK,
        after(paid_on, _ARRIVES_AFTER),
        line=line,
        amount=_sum(parts),
        paid_on=paid_on,
        payer=party(life.filing.licensee),
        allocations=tuple({"obligation": key, "amount": amount} for key, amount in parts if amount.fen > 0),
    )
    await life.filing.desk.is_settled(life.filing.filing_id)
    named = {party(unit): unit for unit in units(life.example)}
    return line, [(start, named[start.unit]) for start in answer.starts]


def _sum(parts: Parts) -> Money:
    return total(amount for _, amount in parts)
