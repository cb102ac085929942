"""The lines of a list with what treasury and bank did about them: by their days, never in the order of recording."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from rules.filing.finding import finding
from rules.filing.order import of_kind
from rules.settlement.calculation import LockedList
from schemas.acts.settlement import TakeOverSettlement
from schemas.standing.fact import SettlementFacts
from schemas.standing.listed import LineKey, listed_lines
from schemas.standing.position import Finding
from schemas.standing.settlement import SettlementLine, SubsidyPayment
from schemas.values.determination import Determination
from schemas.values.money import ZERO, Money, total


@dataclass
class _Account:
    """One line's dealings with the bank."""

    standing: dict[str, SubsidyPayment] = field(default_factory=dict)
    returned_on: date | None = None
    findings: list[Finding] = field(default_factory=list)


def lines_of(
    listed: Determination | None,
    ordered: SettlementFacts,
    claimants: Mapping[str, UUID | None],
    locked: Sequence[LockedList],
) -> tuple[tuple[SettlementLine, ...], tuple[Finding, ...]]:
    """A line for each beneficiary and payer with an amount or a payment; what contradicts is a finding (R2)."""
    settled, carried = _amounts(listed, "settled"), _amounts(listed, "carried")
    accounts = _accounts(ordered)
    lines, findings = [], list[Finding]()
    for key in sorted({*settled, *carried, *accounts}):
        account = accounts.get(key, _Account())
        line = SettlementLine(
            key=str(key),
            credit_code=key.credit_code,
            claimant=claimants.get(key.credit_code),
            payer=key.payer,
            settled=settled.get(key, ZERO),
            carried=carried.get(key, ZERO),
            payments=tuple(account.standing.values()),
        )
        if line.paid_amount < line.due:
            line = line.but(returned_on=account.returned_on)
        findings += [*account.findings, *_contradictions(line, ordered, locked)]
        if line.settled or line.carried or line.payments:
            lines.append(line)
    return tuple(lines), tuple(findings)


def _amounts(listed: Determination | None, listed_as: str) -> dict[LineKey, Money]:
    lines = listed_lines(listed) if listed is not None else ()
    return {line.key: line.amount for line in lines if line.listed_as == listed_as}


def taken_over(act: TakeOverSettlement) -> tuple[SettlementLine, ...]:
    """What was paid before the engine came, by beneficiary and payer."""
    lines: dict[str, SettlementLine] = {}
    for number, paid in enumerate(act.paid_lines, start=1):
        key = str(LineKey(paid.credit_code, paid.payer))
        line = lines.get(key) or SettlementLine(
            key=key, credit_code=paid.credit_code, claimant=paid.claimant, payer=paid.payer
        )
        payment = SubsidyPayment(bank_serial=f"taken_over:{number}", amount=paid.amount, paid_on=paid.paid_on)
        payments = (*line.payments, payment)
        lines[key] = line.but(settled=total(one.amount for one in payments), payments=payments)
    return tuple(lines.values())


def with_payments(before: Sequence[SettlementLine], later: Sequence[SettlementLine]) -> tuple[SettlementLine, ...]:
    """Lines of one key together: what was paid elsewhere, and what is paid since."""
    lines = {one.key: one for one in before}
    for line in later:
        known = lines.get(line.key)
        lines[line.key] = known.but(payments=(*known.payments, *line.payments)) if known else line
    return tuple(lines.values())


def _accounts(ordered: SettlementFacts) -> dict[LineKey, _Account]:
    """Payments of a day before its returns, as they can only have happened."""
    accounts: dict[LineKey, _Account] = {}
    facts = sorted(
        of_kind(ordered, "pay", "returned"),
        key=lambda one: (one.act.on, one.act.kind != "pay", one.act.bank_serial, str(one.act.act_id)),
    )
    for fact in facts:
        act, account = fact.act, accounts.setdefault(LineKey.read(fact.act.line), _Account())
        if act.kind == "returned":
            account.returned_on = act.on
            if account.standing.pop(act.bank_serial, None) is None:
                account.findings.append(finding("returned_without_payment", fact))
        elif any(act.bank_serial in one.standing for one in accounts.values()):
            account.findings.append(finding("bank_line_twice", fact))
        else:
            account.standing[act.bank_serial] = SubsidyPayment(
                bank_serial=act.bank_serial, amount=act.amount, paid_on=act.on
            )
    return accounts


def _contradictions(line: SettlementLine, ordered: SettlementFacts, locked: Sequence[LockedList]) -> list[Finding]:
    """Payments of the line that no list knows, that came too early, or that are not what is due.

    A supplementary list adds to what is due, so payments may go to what was due by each list, one after the other.
    """
    due = {one.on: _due(line, one) for one in locked}
    times = max(len(dict.fromkeys(fen for fen in due.values() if fen)), 1)
    facts = {fact.act.bank_serial: fact for fact in of_kind(ordered, "pay") if LineKey.read(fact.act.line) == line.line}
    found, paid = [], ZERO
    for one in line.payments:
        fact, paid = facts.get(one.bank_serial), paid + one.amount
        if fact is None:
            continue
        if not any(on <= one.paid_on for on in due):
            found.append(finding("paid_before_lock", fact))
        elif not line.settled and not line.carried:
            found.append(finding("paid_line_unknown", fact))
        elif len(line.payments) > times:
            found.append(finding("paid_twice", fact))
        elif paid not in due.values():
            found.append(finding("paid_amount_differs", fact))
        elif paid not in [fen for on, fen in due.items() if on <= one.paid_on]:
            found.append(finding("paid_before_lock", fact))
    return found


def _due(line: SettlementLine, listed: LockedList) -> Money:
    if listed.made is None:
        return line.due
    settled = _amounts(listed.made, "settled").get(line.line, ZERO)
    return line.but(settled=settled).due
