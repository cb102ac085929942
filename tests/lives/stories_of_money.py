"""Stories of payouts and settlements."""

from datetime import date
from typing import Any

from cli.demo.filings.filing import Ask, tell
from rules.payout.amounts import amounts_hash
from rules.settlement.calculation import list_hash
from schemas.acts.settlement_claims import SubmitClaim
from schemas.values.money import Money
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.settlements import SettlementLife
from tests.lives.stories import announced
from tests.lives.telling import APRIL_2027, AUGUST, JULY, MAY_2027, story
from tests.lives.world import World


async def booked(ask: Ask, world: World, *, registered: bool = True) -> PayoutLife:
    """A paid licence whose one receipt is booked, and the payout that it calls for, waiting for the unit's facts."""
    licence = LicenceLife(await announced(ask, DeclarationLife(world)))
    await tell(ask, licence, *(licence.recorded() if registered else licence.recorded()[:2]), licence.book_receipt())
    payout = PayoutLife(licence)
    await ask(payout, payout.determine())
    return payout


async def approved(ask: Ask, payout: PayoutLife, **facts: Any) -> None:
    stated = await ask(payout, payout.state_facts(**facts))
    shown = amounts_hash(stated.determinations[-1])
    await tell(ask, payout, payout.publish(), *payout.approved_by_both(shown))


@story
async def inventors_are_paid(ask: Ask, world: World) -> None:
    payout = await booked(ask, world)
    await approved(ask, payout)
    first, second = payout.line_of("inventor_1"), payout.line_of("inventor_2")
    await tell(
        ask,
        payout,
        payout.instruct(first),
        payout.instruct(second),
        payout.paid(first, Money.of("3000.00")),
        payout.returned(first, JULY),
        payout.instruct(first, JULY),
        payout.paid(first, Money.of("3000.00"), JULY, "2"),
        payout.paid(second, Money.of("2000.00")),
        payout.record_tax(date(2026, 8, 14)),
    )


@story
async def an_objection_changes_the_amounts(ask: Ask, world: World) -> None:
    payout = await booked(ask, world, registered=False)
    await tell(ask, payout, payout.state_facts(), payout.publish())
    objection = payout.object(date(2026, 6, 5))
    await tell(ask, payout, objection, payout.decide(objection.act_id, date(2026, 6, 9)))


@story
async def a_reversal_cancels_a_payout(ask: Ask, world: World) -> None:
    payout = await booked(ask, world)
    licence = payout.parent
    assert isinstance(licence, LicenceLife)
    reversal = licence.reverse_receipt(JULY)
    await tell(ask, licence, reversal)
    await tell(ask, payout, payout.surroundings_changed(JULY, reversal.act_id))


@story
async def a_reversal_after_payment_waits_for_a_decision(ask: Ask, world: World) -> None:
    payout = await booked(ask, world)
    licence = payout.parent
    assert isinstance(licence, LicenceLife)
    await approved(ask, payout)
    first = payout.line_of("inventor_1")
    await tell(ask, payout, payout.instruct(first), payout.paid(first, Money.of("3000.00")))
    reversal = licence.reverse_receipt(JULY, Money.of("4000.00"))
    await tell(ask, licence, reversal)
    await tell(ask, payout, payout.surroundings_changed(JULY, reversal.act_id))
    decision = payout.adjust(first, AUGUST)
    await tell(ask, payout, decision, payout.countersign(decision))


@story
async def the_first_grant_is_rewarded(ask: Ask, world: World) -> None:
    payout = PayoutLife(await announced(ask, DeclarationLife(world)))
    await ask(payout, payout.determine())
    await approved(ask, payout)


async def claimed(ask: Ask, world: World, *amounts: str) -> tuple[SettlementLife, SubmitClaim, LicenceLife]:
    """A registered licence with its receipts, and the settlement of their year with the unit's claim of them."""
    licence = LicenceLife(await announced(ask, DeclarationLife(world)))
    serials = {str(number): Money.of(amount) for number, amount in enumerate(amounts or ("10000.00",), start=1)}
    await tell(
        ask,
        licence,
        *licence.recorded(),
        *(licence.book_receipt(amount, serial=serial) for serial, amount in serials.items()),
    )
    settlement = SettlementLife(world)
    claim = settlement.submit(*(licence.receipt_id(serial) for serial in serials))
    await tell(ask, settlement, *settlement.called(), claim)
    return settlement, claim, licence


async def calculated(ask: Ask, settlement: SettlementLife, on: date | None = None) -> str:
    """The hash of the list that the settlement's calculation shows."""
    answer = await ask(settlement, settlement.calculate(on))
    shown = list_hash(answer.determinations[0])
    assert shown is not None
    return shown


@story
async def a_subsidy_is_claimed_and_paid(ask: Ask, world: World) -> None:
    settlement, claim, _ = await claimed(ask, world)
    await tell(ask, settlement, settlement.accept(claim))
    shown = await calculated(ask, settlement)
    await tell(ask, settlement, *settlement.listed(shown), settlement.pay(Money.of("500.00")))


@story
async def a_receipt_is_reversed_after_the_lock(ask: Ask, world: World) -> None:
    settlement, claim, licence = await claimed(ask, world)
    await tell(ask, settlement, settlement.accept(claim))
    shown = await calculated(ask, settlement)
    await tell(ask, settlement, *settlement.listed(shown), settlement.pay(Money.of("500.00")))
    reversal = licence.reverse_receipt(APRIL_2027, Money.of("4000.00"))
    await tell(ask, licence, reversal)
    await tell(ask, settlement, settlement.surroundings_changed(APRIL_2027, reversal.act_id))
    await tell(
        ask,
        settlement,
        *settlement.demanded_by_all(Money.of("200.00"), MAY_2027),
        settlement.recovered(Money.of("200.00"), MAY_2027),
    )


@story
async def an_objection_to_a_list_is_decided(ask: Ask, world: World) -> None:
    settlement, claim, _ = await claimed(ask, world)
    await tell(ask, settlement, settlement.hold(claim), settlement.accept(claim, date(2027, 2, 20)))
    shown = await calculated(ask, settlement)
    objection = settlement.object()
    decision = settlement.decide(objection.act_id)
    await tell(
        ask,
        settlement,
        settlement.publish(shown),
        objection,
        decision,
        settlement.countersign(decision),
        settlement.withdraw(claim, date(2027, 3, 3)),
        settlement.calculate(date(2027, 3, 4)),
    )
