"""The unit pays its inventors: facts, publicity, two approvals, the bank, the tax record."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from cli.demo.examples.cases import Example
from cli.demo.examples.unit_facts import costs_of, facts_of, line_keys
from cli.demo.lives.desk import Desk, Filing, after
from cli.demo.lives.world import paper
from rules.payout.amounts import amounts_hash
from schemas.acts.act import FilingKind
from schemas.acts.payout import (
    Approve,
    DecideObjection,
    InstructPayment,
    Object,
    Paid,
    Publish,
    RecordTax,
    ReturnedByBank,
    StateFacts,
)
from schemas.standing.answer import Start
from schemas.values.actor import Actor, Role
from schemas.values.determination import Determination
from schemas.values.money import Money

_STATED_AFTER, _ASKED_AGAIN_AFTER, _PUBLISHED_AFTER = 60, 3, 1
_OBJECTED_AFTER, _DECIDED_AFTER = 5, 9
_APPROVED_AFTER, _INSTRUCTED_AFTER, _PAID_AFTER, _RETURNED_AFTER, _RECORDED_AFTER = 17, 21, 23, 25, 37
"""All after the publication: fifteen days of publicity, and the record by the middle of the next month."""


class Published(NamedTuple):
    """A payout whose amounts were shown, and the day of that."""

    filing: Filing
    on: date
    shown: Determination


async def state_and_publish(
    desk: Desk, example: Example, start: Start, unit: str, receipt: Money, *, is_first: bool
) -> Published:
    """The unit states what only it knows, and publishes persons and amounts."""
    filing = Filing(desk, FilingKind.PAYOUT, start.payout_id, unit)
    on = after(start.on, _STATED_AFTER)
    facts, costs = facts_of(example, unit), costs_of(receipt, is_first=is_first)
    if example.story == "costs_stated_later":
        await filing.do(StateFacts, Role.FINANCE, on, facts=facts, costs={**costs, "direct": None})
        await desk.is_settled(filing.filing_id)
        on = after(on, _ASKED_AGAIN_AFTER)
    await filing.do(StateFacts, Role.FINANCE, on, facts=facts, costs=costs)
    await desk.is_settled(filing.filing_id)
    on = after(on, _PUBLISHED_AFTER)
    shown = await filing.do(Publish, Role.FINANCE, on, notice=paper("publicity"))
    return Published(filing, on, shown.determinations[-1])


async def approve_and_pay(published: Published, example: Example) -> None:
    """Two approvals of what was shown, then order and payment line by line, then the tax record."""
    filing, published_on, shown = published
    if example.story == "objection":
        await _object(filing, example, published_on)
    on = after(published_on, _APPROVED_AFTER)
    for role in (Role.FIRST_APPROVER, Role.SECOND_APPROVER):
        await filing.do(Approve, role, on, amounts_hash=amounts_hash(shown))
    keys = line_keys(example, filing.unit)
    due = [(keys[line.name], line.amount) for line in shown.result if line.name in keys and line.amount.fen > 0]
    for n, (key, amount) in enumerate(due):
        await _pay(filing, key, amount, published_on, comes_back=n == 0 and example.story == "payment_returned")
    await filing.do(RecordTax, Role.FINANCE, after(published_on, _RECORDED_AFTER), record=paper("record"))


async def _object(filing: Filing, example: Example, published_on: date) -> None:
    objector = next(UUID(party) for party, key in line_keys(example, filing.unit).items() if not key.startswith("dep"))
    objected = await filing.do(
        Object,
        Role.INVENTOR,
        after(published_on, _OBJECTED_AFTER),
        by=Actor(role=Role.INVENTOR, party_id=objector),
        objection=paper("objection"),
    )
    await filing.do(
        DecideObjection,
        Role.COMMITTEE,
        after(published_on, _DECIDED_AFTER),
        objection=objected.act_id,
        decision=paper("decision"),
    )


async def _pay(filing: Filing, key: str, amount: Money, published_on: date, *, comes_back: bool) -> None:
    on, paid_on = after(published_on, _INSTRUCTED_AFTER), after(published_on, _PAID_AFTER)
    serial = f"P-{filing.filing_id.hex[:12]}-{key.partition(':')[2][:8]}"
    await filing.do(InstructPayment, Role.FINANCE, on, key, line=key)
    await filing.do(Paid, Role.BANK, paid_on, key, line=key, amount=amount, bank_serial=serial)
    if comes_back:
        again_on = after(published_on, _RETURNED_AFTER)
        await filing.do(ReturnedByBank, Role.BANK, again_on, key, line=key, bank_serial=serial)
        await filing.do(InstructPayment, Role.FINANCE, again_on, key, line=key)
        await filing.do(Paid, Role.BANK, after(again_on, 2), key, line=key, amount=amount, bank_serial=f"{serial}-2")
