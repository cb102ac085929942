"""The lines of a list with what treasury and bank did about them: by their days, never in the order of recording."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from rules.filing.finding import finding
from rules.filing.order import of_kind
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
    listed: Determination | None, ordered: SettlementFacts, claimants: Mapping[str, UUID | None], locked_on: date | None
) -> tuple[tuple[SettlementLine, ...], tuple[Finding, ...]]:
    """A line for each beneficiary and payer with an amount or a payment; what contradicts is a finding (R2)."""
    settled, carried = dict[LineKey, Money](), dict[LineKey, Money]()
    for listed_line in listed_lines(listed) if listed is not None else ():
        if listed_line.listed_as == "settled":
            settled[listed_line.key] = listed_line.amount
        elif listed_line.listed_as == "carried":
            carried[listed_line.key] = listed_line.amount
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
        findings += [*account.findings, *_contradictions(line, ordered, locked_on)]
        if line.settled or line.carried or line.payments:
            lines.append(line)
    return tuple(lines), tuple(findings)


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


def _contradictions(line: SettlementLine, ordered: SettlementFacts, locked_on: date | None) -> list[Finding]:
    """Payments of the line that the list does not know, that came too early, or that are not what is due."""
    found, serials = [], [one.bank_serial for one in line.payments]
    for fact in of_kind(ordered, "pay"):
        if LineKey.read(fact.act.line) != line.line or fact.act.bank_serial not in serials:
            continue
        if locked_on is None or fact.act.on < locked_on:
            found.append(finding("paid_before_lock", fact))
        elif not line.settled and not line.carried:
            found.append(finding("paid_line_unknown", fact))
        elif len(serials) > 1:
            found.append(finding("paid_twice", fact))
        elif fact.act.amount != line.due:
            found.append(finding("paid_amount_differs", fact))
    return found
