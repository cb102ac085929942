"""The unit pays its inventors: facts, publicity, two approvals, the bank, the tax record."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from cli.demo.examples.cases import Example
from cli.demo.examples.unit_facts import costs_of, facts_of, line_keys
from cli.demo.filings.days import after
from cli.demo.filings.filing import tell
from cli.demo.filings.payout import Payout
from cli.demo.lives.desk import Desk
from rules.payout.amounts import amounts_hash
from schemas.values.actor import Actor, Role
from schemas.values.determination import Determination
from schemas.values.money import Money

_STATED_AFTER, _ASKED_AGAIN_AFTER, _PUBLISHED_AFTER = 60, 3, 1
_OBJECTED_AFTER, _DECIDED_AFTER = 5, 9
_APPROVED_AFTER, _INSTRUCTED_AFTER, _PAID_AFTER, _RETURNED_AFTER, _RECORDED_AFTER = 17, 21, 23, 25, 37
"""All after the publication: fifteen days of publicity, and the record by the middle of the next month."""


class Published(NamedTuple):
    """A payout whose amounts were shown, and the day of that."""

    payout: Payout
    on: date
    shown: Determination


async def state_and_publish(
    desk: Desk, example: Example, payout: Payout, called_on: date, receipt: Money, *, is_first: bool
) -> Published:
    """The unit states what only it knows, and publishes persons and amounts."""
    on = after(called_on, _STATED_AFTER)
    facts, costs = facts_of(example, payout.unit), costs_of(receipt, is_first=is_first)
    if example.story == "costs_stated_later":
        await desk.ask(payout, payout.state_facts(on, {**costs, "direct": None}, facts))
        await desk.is_settled(payout.filing_id)
        on = after(on, _ASKED_AGAIN_AFTER)
    await desk.ask(payout, payout.state_facts(on, costs, facts))
    await desk.is_settled(payout.filing_id)
    on = after(on, _PUBLISHED_AFTER)
    shown = await desk.ask(payout, payout.publish(on))
    return Published(payout, on, shown.determinations[-1])


async def approve_and_pay(desk: Desk, example: Example, published: Published) -> None:
    """Two approvals of what was shown, then order and payment line by line, then the tax record."""
    payout, published_on, shown = published
    if example.story == "objection":
        await _object(desk, example, payout, published_on)
    on = after(published_on, _APPROVED_AFTER)
    await tell(desk.ask, payout, *payout.approved_by_both(amounts_hash(shown), on))
    keys = line_keys(example, payout.unit)
    due = [(keys[line.name], line.amount) for line in shown.result if line.name in keys and line.amount.fen > 0]
    for n, (key, amount) in enumerate(due):
        await _pay(desk, payout, key, amount, published_on, comes_back=n == 0 and example.story == "payment_returned")
    await desk.ask(payout, payout.record_tax(after(published_on, _RECORDED_AFTER)))


async def _object(desk: Desk, example: Example, payout: Payout, published_on: date) -> None:
    objector = next(UUID(party) for party, key in line_keys(example, payout.unit).items() if not key.startswith("dep"))
    by = Actor(role=Role.INVENTOR, party_id=objector)
    objection = payout.object(after(published_on, _OBJECTED_AFTER), by=by)
    decision = payout.decide(objection.act_id, after(published_on, _DECIDED_AFTER))
    await tell(desk.ask, payout, objection, decision)


async def _pay(desk: Desk, payout: Payout, key: str, amount: Money, published_on: date, *, comes_back: bool) -> None:
    ordered = payout.instruct(key, after(published_on, _INSTRUCTED_AFTER))
    await tell(desk.ask, payout, ordered, payout.paid(key, amount, after(published_on, _PAID_AFTER)))
    if comes_back:
        on = after(published_on, _RETURNED_AFTER)
        again = payout.paid(key, amount, after(on, 2), serial="2")
        await tell(desk.ask, payout, payout.returned(key, on), payout.instruct(key, on), again)
