"""What the bank did with each line: orders, payments and returns by their days, never in the order of recording."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from rules.filing.finding import finding
from rules.filing.order import of_kind
from rules.law.calendar import Calendar
from rules.payout.amounts import GRANT, Amounts
from rules.payout.relief import Order, relieved
from schemas.acts.payout import Paid, PayoutAct, ReturnedByBank, TakeOverPayout
from schemas.standing.fact import Fact, PayoutFacts
from schemas.standing.position import Finding, LinePayment, PayoutLine
from schemas.standing.surroundings import PayoutSurroundings
from schemas.values.money import ZERO, Money, total

_REWARDED = ("team_member", "person")


class Paying(NamedTuple):
    """The lines with what the bank did; a line that is no longer due stays while money is or may be under way."""

    lines: tuple[PayoutLine, ...]
    findings: tuple[Finding, ...]

    @property
    def has_begun(self) -> bool:
        """Money was paid and not returned, or is ordered."""
        return any(line.payments or line.instructed for line in self.lines)


def pay_lines(
    amounts: Amounts, ordered: PayoutFacts, subject: str, surroundings: PayoutSurroundings, calendar: Calendar
) -> Paying:
    """Each line with its standing payments; ``bank_serial`` of a return names the payment that came back, if it can.

    While the amounts are unknown nothing is due or taken back: a paid line then shows what was paid, and never zero.
    """
    accounts = _accounts(amounts, ordered, subject)
    due = {line.key: line for line in amounts.lines}
    lines, findings = [], []
    for key in dict.fromkeys([*due, *sorted(accounts)]):
        account = accounts.get(key, _Account())
        line = due.get(key) or _stray(key)
        standing = tuple(
            _payment(line, paid, account, amounts, subject, ordered, surroundings, calendar)
            for paid in account.standing
        )
        paid_amount = total(one.amount for one in standing)
        if key not in due and amounts.as_paid:
            line = line.but(amount=paid_amount)
        if key not in due and not standing and not account.open:
            continue
        latest = max(standing, key=lambda one: one.paid_on, default=None)
        lines.append(
            line.but(
                instructed=account.open > 0,
                payments=standing,
                paid_amount=paid_amount,
                paid_on=latest.paid_on if latest else None,
                tax_record_by=latest.tax_record_by if latest else None,
                returned_on=account.returned_on if not account.open and line.amount > paid_amount else None,
            )
        )
        codes = {"paid_not_instructed": "paid_line_unknown"} if key not in due and not account.was_instructed else {}
        findings += [finding(codes.get(code, code), fact) for code, fact in account.findings]
    return Paying(tuple(lines), tuple(findings))


def is_rewarded(line: PayoutLine) -> bool:
    """The line is a cash reward to a person, so income tax and its record concern it (Caishui 2018 no. 58)."""
    return line.name in _REWARDED


class _Payment(NamedTuple):
    serial: str
    amount: Money
    on: date


@dataclass
class _Account:
    """One line's dealings with the bank."""

    open: int = 0
    was_instructed: bool = False
    standing: list[_Payment] = field(default_factory=list)
    returned_on: date | None = None
    orders: list[Order] = field(default_factory=list)
    findings: list[tuple[str, Fact[Any]]] = field(default_factory=list)


def _accounts(amounts: Amounts, ordered: PayoutFacts, subject: str) -> dict[str, _Account]:
    accounts: dict[str, _Account] = {}
    for fact in of_kind(ordered, "take_over"):
        if isinstance(fact.act, TakeOverPayout):
            for number, paid in enumerate(fact.act.paid_lines, start=1):
                account = accounts.setdefault(_key_of(paid.party, amounts, subject), _Account())
                account.standing.append(_Payment(f"taken_over:{number}", paid.amount, paid.paid_on))
    by_line: dict[str, list[Fact[PayoutAct]]] = {}
    for fact in of_kind(ordered, "instruct_payment", "paid", "returned_by_bank"):
        by_line.setdefault(fact.act.line, []).append(fact)
    for key, facts in by_line.items():
        account = accounts.setdefault(key, _Account())
        for day in sorted(dict.fromkeys(fact.act.on for fact in facts)):
            _pass_day(account, [fact for fact in facts if fact.act.on == day])
    return accounts


def _key_of(party: UUID, amounts: Amounts, subject: str) -> str:
    """The line that a payment before the engine's time belongs to; found by party, since lines had no keys then."""
    own = (line.key for line in amounts.lines if line.party == party and line.payable)
    return next(own, f"{'bonus' if subject == GRANT else 'person'}:{party}")


def _pass_day(account: _Account, today: PayoutFacts) -> None:
    """Orders, then payments, then returns of one day, as they can only have happened."""
    earlier = account.open
    for fact in of_kind(today, "instruct_payment"):
        account.open += 1
        account.was_instructed = True
        account.orders.append(Order(fact.act.on, fact.act.before_registration_note is not None))
    for fact in sorted(of_kind(today, "paid"), key=lambda one: (one.act.bank_serial, one.act.amount.fen)):
        _pay(account, fact)
    earlier = min(earlier, account.open)
    # A return that names its payment is settled first, so that one that names none cannot take the payment from it.
    returns = sorted(of_kind(today, "returned_by_bank"), key=lambda one: _named(account, one.act) is None)
    for fact in returns:
        named = _named(account, fact.act)
        account.returned_on = fact.act.on
        if named is not None:
            account.standing.remove(named)
        elif earlier:
            earlier -= 1
            account.open -= 1
        elif account.standing:
            account.standing.pop()
        elif account.open:
            account.open -= 1
        else:
            account.findings.append(("returned_without_payment", fact))


def _pay(account: _Account, fact: Fact[Paid]) -> None:
    act = fact.act
    if any(one.serial == act.bank_serial for one in account.standing):
        account.findings.append(("bank_line_twice", fact))
        return
    if account.open:
        account.open -= 1
    else:
        account.findings.append(("paid_not_instructed", fact))
    account.standing.append(_Payment(act.bank_serial, act.amount, act.on))


def _named(account: _Account, act: ReturnedByBank) -> _Payment | None:
    return next((one for one in account.standing if one.serial == act.bank_serial), None)


def _stray(key: str) -> PayoutLine:
    prefix, _, party = key.partition(":")
    try:
        who = UUID(party)
    except ValueError:
        return PayoutLine(key=key, party=None, name="unknown", amount=ZERO, payable=False)
    names = {"member": "team_member", "person": "person", "bonus": "bonus"}
    return PayoutLine(key=key, party=who, name=names.get(prefix, prefix), amount=ZERO, payable=False)


def _payment(
    line: PayoutLine,
    paid: _Payment,
    account: _Account,
    amounts: Amounts,
    subject: str,
    ordered: PayoutFacts,
    surroundings: PayoutSurroundings,
    calendar: Calendar,
) -> LinePayment:
    payment = LinePayment(bank_serial=paid.serial, amount=paid.amount, paid_on=paid.on)
    if subject == GRANT or not is_rewarded(line):
        return payment
    # Of several orders the last before the payment is its own; of one day's orders one that says so is enough.
    own = max((one for one in account.orders if one.on <= paid.on), default=None)
    return relieved(payment, own, amounts, ordered, surroundings, calendar)


def differing_payments(
    lines: Iterable[PayoutLine], ordered: PayoutFacts, approved_on: date | None
) -> Iterator[Finding]:
    """Payments under the present approvals that are not what was due; others are explained by a change of amounts."""
    if approved_on is None:
        return
    for line in lines:
        settled = line.instructed or line.returned_on is not None or not line.owed
        if settled or not line.payable or line.paid_on is None or line.paid_on < approved_on:
            continue
        serials = [one.bank_serial for one in line.payments if one.paid_on == line.paid_on]
        for fact in of_kind(ordered, "paid"):
            if fact.act.line == line.key and fact.act.bank_serial in serials:
                yield finding("paid_amount_differs", fact)
